#include "platform/http/openapi.hpp"

#include "platform/core/text.hpp"
#include "platform/http/response.hpp"
#include "platform/http/router.hpp"
#include "platform/json/schema.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <charconv>
#include <map>
#include <set>

namespace platform::http {
namespace {

namespace bj = boost::json;
using json::Kind;
using json::TypeInfo;

/// Every described type that can be reached gets one component name: its C++ name without namespaces, with the
/// innermost namespace in front where two types would meet.
class ComponentNames {
public:
    void add(const TypeInfo& type) {
        if (type.element) return add(type.element());
        const bool is_component = type.kind == Kind::object || type.kind == Kind::enumeration;
        if (!is_component || !types_.emplace(std::string(type.name), &type).second) return;
        for (const auto& member : type.members) add(member.type());
    }

    void assign() {
        std::map<std::string, int> uses;
        for (const auto& [full, type] : types_) ++uses[last_part(full)];
        for (const auto& [full, type] : types_) {
            names_[full] = uses[last_part(full)] == 1 ? last_part(full) : last_two_parts(full);
        }
    }

    std::string reference(const TypeInfo& type) const {
        return "#/components/schemas/" + names_.at(std::string(type.name));
    }

    /// Definitions in the order of their names.
    bj::object definitions(const json::SchemaBuilder& builder) const {
        std::map<std::string, const TypeInfo*> sorted;
        for (const auto& [full, type] : types_) sorted[names_.at(full)] = type;
        bj::object schemas;
        for (const auto& [name, type] : sorted) schemas[name] = builder.definition(*type);
        return schemas;
    }

private:
    static std::string last_part(const std::string& full) {
        const auto scope = full.rfind("::");
        return scope == std::string::npos ? full : full.substr(scope + 2);
    }
    static std::string last_two_parts(const std::string& full) {
        const auto scope = full.rfind("::");
        const std::string parent = last_part(full.substr(0, scope));
        const bool is_named = parent.find('(') == std::string::npos;  // not "(anonymous namespace)"
        return (is_named ? parent + '_' : std::string()) + last_part(full);
    }

    std::map<std::string, const TypeInfo*> types_;
    std::map<std::string, std::string> names_;
};

struct PathParts {
    std::string path;  // {name...} written as {name}
    std::vector<std::string> names;
    std::string words;  // api_v1_courses_slug
};

PathParts split_pattern(std::string_view pattern) {
    PathParts parts;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern.substr(i, 4) == "...}") i += 3;
        if (pattern[i] == '{')
            parts.names.push_back(std::string(pattern.substr(i + 1, pattern.find_first_of(".}", i) - i - 1)));
        parts.path += pattern[i];
        const char c = pattern[i];
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_word) parts.words += c;
        if (!is_word && !parts.words.empty() && parts.words.back() != '_') parts.words += '_';
    }
    while (parts.words.ends_with('_')) parts.words.pop_back();
    return parts;
}

/// "409 course_not_open" or "course_not_open 409" with its status, otherwise what the word implies; 0: not known.
std::pair<unsigned, std::string> split_reason(std::string_view text) {
    const auto space = text.find(' ');
    if (space != std::string_view::npos) {
        auto number = text.substr(0, space);
        auto word = text.substr(space + 1);
        if (number.find_first_not_of("0123456789") != std::string_view::npos) std::swap(number, word);
        unsigned status = 0;
        std::from_chars(number.data(), number.data() + number.size(), status);
        return {status, std::string(word)};
    }
    const std::string reason(text);
    if (reason == "unauthenticated") return {401, reason};
    if (reason == "payment_required") return {402, reason};
    if (reason == "role_required" || reason == "permission_denied") return {403, reason};
    if (reason.ends_with("not_found")) return {404, reason};
    if (reason == "precondition_failed") return {412, reason};
    if (reason == "rate_limited") return {429, reason};
    return {0, reason};
}

class Document {
public:
    Document(const ApiDescription& description, std::vector<const RouteInfo*> routes)
        : description_(description),
          routes_(std::move(routes)),
          builder_([this](const TypeInfo& type) { return names_.reference(type); }) {
        std::ranges::sort(routes_, [](const RouteInfo* a, const RouteInfo* b) {
            return std::tie(a->pattern, a->method) < std::tie(b->pattern, b->method);
        });
        for (const RouteInfo* route : routes_) {
            for (const auto type : {route->request_type, route->response_type}) {
                if (type) names_.add(type());
            }
            if (!route->options.query_type) continue;
            for (const auto& member : route->options.query_type().members) names_.add(member.type());
        }
        names_.assign();
    }

    bj::object build() const {
        bj::object info{{"title", description_.title}, {"version", description_.version}};
        if (!description_.description.empty()) info["description"] = description_.description;
        bj::object document{{"openapi", "3.1.0"}, {"info", std::move(info)}};
        bj::array servers;
        for (const auto& url : description_.servers) servers.push_back(bj::object{{"url", url}});
        if (!servers.empty()) document["servers"] = std::move(servers);
        document["paths"] = paths();
        document["components"] = components();
        return document;
    }

private:
    bj::object paths() const {
        bj::object paths;
        for (const RouteInfo* route : routes_) {
            const PathParts parts = split_pattern(route->pattern);
            bj::value& item = paths[parts.path];
            if (!item.is_object()) item = bj::object();
            item.get_object()[lower_ascii(to_string(route->method))] = operation(*route, parts);
        }
        return paths;
    }

    bj::object operation(const RouteInfo& route, const PathParts& parts) const {
        const RouteOptions& options = route.options;
        const std::string fallback_id = lower_ascii(to_string(route.method)) + '_' + parts.words;
        bj::object operation{{"operationId", options.operation_id.empty() ? fallback_id : options.operation_id}};
        if (!options.summary.empty()) operation["summary"] = options.summary;
        if (!options.tag.empty()) operation["tags"] = bj::array{options.tag};
        if (options.is_public) operation["security"] = bj::array();
        if (options.rate_bucket != RouteOptions{}.rate_bucket) operation["x-rate-bucket"] = options.rate_bucket;
        if (bj::array list = parameters(route, parts); !list.empty()) operation["parameters"] = std::move(list);
        if (route.request_type) operation["requestBody"] = request_body(route.request_type());
        if (!route.request_type && options.body_to_file) operation["requestBody"] = file_body();
        operation["responses"] = responses(route);
        return operation;
    }

    bj::array parameters(const RouteInfo& route, const PathParts& parts) const {
        bj::array list;
        for (const auto& name : parts.names) {
            list.push_back(bj::object{
                {"name", name}, {"in", "path"}, {"required", true}, {"schema", bj::object{{"type", "string"}}}});
        }
        if (!route.options.query_type) return list;
        for (const auto& member : route.options.query_type().members) {
            const TypeInfo& type = member.type();
            const TypeInfo& plain = type.kind == Kind::optional ? type.element() : type;
            bj::object parameter{{"name", member.name}, {"in", "query"}};
            if (type.kind != Kind::optional && !member.rule->may_be_absent) parameter["required"] = true;
            if (!member.rule->description.empty()) parameter["description"] = member.rule->description;
            parameter["schema"] = builder_.schema(plain, *member.rule);
            list.push_back(std::move(parameter));
        }
        return list;
    }

    bj::object content(std::string_view media_type, bj::value schema) const {
        return {{media_type, bj::object{{"schema", std::move(schema)}}}};
    }

    bj::object request_body(const TypeInfo& type) const {
        return {{"required", true}, {"content", content("application/json", builder_.schema(type, json::no_rule))}};
    }

    bj::object file_body() const {
        bj::object schema{{"type", "string"}, {"format", "binary"}};
        return {{"required", true}, {"content", content("application/octet-stream", std::move(schema))}};
    }

    bj::object responses(const RouteInfo& route) const {
        bj::object success{{"description", "Success"}};
        if (route.response_type) {
            success["content"] = content("application/json", builder_.schema(route.response_type(), json::no_rule));
        }
        bj::object responses{{"2XX", std::move(success)}};
        for (const auto& [status, reasons] : reasons_by_status(route)) {
            const std::string key = status == 0 ? "default" : std::to_string(status);
            responses[key] = problem_response(status, reasons);
        }
        if (!responses.contains("default")) {
            responses["default"] = bj::object{{"$ref", "#/components/responses/Problem"}};
        }
        return responses;
    }

    static std::map<unsigned, std::set<std::string>> reasons_by_status(const RouteInfo& route) {
        std::map<unsigned, std::set<std::string>> reasons;
        for (const auto& text : route.options.error_reasons) {
            auto [status, reason] = split_reason(text);
            reasons[status].insert(std::move(reason));
        }
        if (!route.options.is_public) reasons[401].insert("unauthenticated");
        if (route.request_type) {
            reasons[400].insert({"malformed_json", "validation_failed"});
            reasons[413].insert("body_too_large");
            reasons[415].insert("unsupported_media_type");
        } else if (route.options.query_type) {
            reasons[400].insert("validation_failed");
        }
        return reasons;
    }

    bj::object problem_response(unsigned status, const std::set<std::string>& reasons) const {
        std::string text = status == 0 ? "Error" : std::string(reason_phrase(status));
        const char* separator = ": ";
        for (const auto& reason : reasons) {
            text += separator + reason;
            separator = ", ";
        }
        bj::object schema{{"$ref", "#/components/schemas/Problem"}};
        return {{"description", text}, {"content", content("application/problem+json", std::move(schema))}};
    }

    bj::object components() const {
        const bj::object text{{"type", "string"}};
        const bj::object field{{"type", "object"}, {"properties", bj::object{{"pointer", text}, {"detail", text}}}};
        bj::object problem{{"type", "object"},
                           {"description", "RFC 9457 problem document; branch on `code`."},
                           {"required", bj::array{"type", "title", "status", "code", "request_id"}},
                           {"properties", bj::object{{"type", text},
                                                     {"title", text},
                                                     {"status", bj::object{{"type", "integer"}}},
                                                     {"detail", text},
                                                     {"code", text},
                                                     {"request_id", text},
                                                     {"errors", bj::object{{"type", "array"}, {"items", field}}}}}};
        bj::object schemas = names_.definitions(builder_);
        schemas["Problem"] = std::move(problem);
        bj::object schemes{
            {"bearer", bj::object{{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}}},
        };
        return {{"schemas", std::move(schemas)},
                {"responses", bj::object{{"Problem", problem_response(0, {})}}},
                {"securitySchemes", std::move(schemes)}};
    }

    const ApiDescription& description_;
    std::vector<const RouteInfo*> routes_;
    ComponentNames names_;
    json::SchemaBuilder builder_;
};

bool is_listed(const RouteInfo& route, std::string_view prefix) {
    return !route.options.is_hidden && std::string_view(route.pattern).starts_with(prefix);
}

}  // namespace

bj::value Router::openapi(const ApiDescription& description) const {
    std::vector<const RouteInfo*> listed;
    for (const RouteInfo* route : routes()) {
        if (is_listed(*route, description.path_prefix)) listed.push_back(route);
    }
    bj::object document = Document(description, std::move(listed)).build();
    document["security"] = bj::array{bj::object{{"bearer", bj::array()}}};
    return document;
}

}  // namespace platform::http
