#include "platform/restql/respond/openapi31.hpp"

#include <boost/json.hpp>

#include <array>
#include <cstdio>
#include <utility>

namespace platform::restql {
namespace {

namespace json = boost::json;

/// Keys of components are letters, digits and ._- (OpenAPI 3.1.0 §4.8.7); other bytes are spelled _hh.
std::string component_key(std::string_view name) {
    std::string key;
    for (const char c : name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                              c == '_' || c == '-';
        if (is_plain) {
            key += c;
            continue;
        }
        std::array<char, 4> text{};
        std::snprintf(text.data(), text.size(), "_%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        key += text.data();
    }
    return key;
}

constexpr std::string_view definitions = "#/definitions/";
constexpr std::string_view parameters = "#/parameters/";

std::string_view reference_of(const json::value& value) {
    const auto* object = value.if_object();
    const auto* reference = object ? object->if_contains("$ref") : nullptr;
    return reference && reference->is_string() ? std::string_view(reference->get_string()) : std::string_view();
}

json::object reference_to(std::string_view section, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(section) + "/" + component_key(name)}};
}

/// A schema with its references turned towards components.
json::value schema_of(const json::value& value) {
    if (const auto reference = reference_of(value); reference.starts_with(definitions)) {
        return reference_to("schemas", reference.substr(definitions.size()));
    }
    if (const auto* list = value.if_array()) {
        json::array items;
        for (const auto& item : *list) items.push_back(schema_of(item));
        return items;
    }
    const auto* object = value.if_object();
    if (!object) return value;
    json::object members;
    for (const auto& [name, member] : *object) members[name] = schema_of(member);
    return members;
}

bool is_body(const json::object& parameter) {
    return parameter.at("in") == "body";
}

/// What 2.0 says of a parameter's value stands in its schema now.
json::object parameter_of(const json::object& old) {
    json::object parameter{{"name", old.at("name")}, {"in", old.at("in")}};
    json::object schema;
    for (const auto& [name, member] : old) {
        if (name == "required" || name == "description") {
            parameter[name] = member;
        } else if (name != "name" && name != "in" && name != "collectionFormat") {
            schema[name] = schema_of(member);
        }
    }
    parameter["schema"] = std::move(schema);
    return parameter;
}

json::object content_of(const json::value& schema, const json::array& media_types) {
    json::object content;
    for (const auto& type : media_types) content[type.get_string()] = json::object{{"schema", schema_of(schema)}};
    return content;
}

class DocumentUpgrade {
public:
    explicit DocumentUpgrade(const json::object& old) : old_(old) {
        if (const auto* list = old.if_contains("produces")) produces_ = list->get_array();
        if (const auto* list = old.if_contains("consumes")) consumes_ = list->get_array();
    }

    json::object run() {
        json::object document{{"openapi", "3.1.0"}, {"info", old_.at("info")}, {"servers", servers()}};
        document["paths"] = paths();
        document["components"] = components();
        for (const std::string_view name : {"security", "externalDocs"}) {
            if (const auto* member = old_.if_contains(name)) document[name] = *member;
        }
        return document;
    }

private:
    json::array servers() const {
        const auto* host = old_.if_contains("host");
        const std::string base(old_.contains("basePath") ? std::string(old_.at("basePath").get_string()) : "/");
        json::array list;
        if (!host) return {json::object{{"url", base}}};
        for (const auto& scheme : old_.at("schemes").get_array()) {
            const std::string url = std::string(scheme.get_string()) + "://" + std::string(host->get_string()) + base;
            list.push_back(json::object{{"url", url}});
        }
        return list;
    }

    json::object components() const {
        json::object schemas;
        for (const auto& [name, schema] : old_.at("definitions").get_object()) {
            schemas[component_key(name)] = schema_of(schema);
        }
        schemas["Error"] = error_schema();
        json::object shared;
        json::object bodies;
        for (const auto& [name, parameter] : old_.at("parameters").get_object()) {
            const auto& old = parameter.get_object();
            if (is_body(old)) {
                bodies[component_key(name)] = json::object{{"content", content_of(old.at("schema"), consumes_)}};
            } else {
                shared[component_key(name)] = parameter_of(old);
            }
        }
        json::object all{
            {"schemas", std::move(schemas)}, {"parameters", std::move(shared)}, {"requestBodies", std::move(bodies)}};
        if (const auto* schemes = old_.if_contains("securityDefinitions")) all["securitySchemes"] = *schemes;
        return all;
    }

    static json::object error_schema() {
        const json::object nullable{{"type", json::array{"string", "null"}}};
        const json::object text{{"type", "string"}};
        return {{"type", "object"},
                {"properties",
                 json::object{{"code", text}, {"details", json::object{}}, {"hint", nullable}, {"message", text}}},
                {"required", json::array{"code", "details", "hint", "message"}}};
    }

    json::object paths() const {
        json::object all;
        for (const auto& [path, methods] : old_.at("paths").get_object()) {
            json::object converted;
            for (const auto& [method, operation] : methods.get_object()) {
                converted[method] = operation_of(std::string(path), std::string(method), operation.get_object());
            }
            all[path] = std::move(converted);
        }
        return all;
    }

    json::object operation_of(const std::string& path, const std::string& method, const json::object& old) const {
        json::object operation{{"operationId", method + component_key(path)}};
        for (const std::string_view name : {"tags", "summary", "description"}) {
            if (const auto* member = old.if_contains(name)) operation[name] = *member;
        }
        json::array list;
        if (const auto* own_parameters = old.if_contains("parameters")) {
            for (const auto& parameter : own_parameters->get_array()) add_parameter(operation, list, parameter);
        }
        operation["parameters"] = std::move(list);
        operation["responses"] = responses_of(old);
        return operation;
    }

    void add_parameter(json::object& operation, json::array& list, const json::value& parameter) const {
        if (const auto reference = reference_of(parameter); reference.starts_with(parameters)) {
            const auto name = reference.substr(parameters.size());
            if (is_body(old_.at("parameters").get_object().at(name).get_object())) {
                operation["requestBody"] = reference_to("requestBodies", name);
            } else {
                list.push_back(reference_to("parameters", name));
            }
            return;
        }
        const auto& own = parameter.get_object();
        if (!is_body(own)) {
            list.push_back(parameter_of(own));
            return;
        }
        const auto* required = own.if_contains("required");
        operation["requestBody"] = json::object{{"required", required && *required == true},
                                                {"content", content_of(own.at("schema"), consumes_)}};
    }

    json::object responses_of(const json::object& operation) const {
        const auto* own = operation.if_contains("produces");
        const json::array& types = own ? own->get_array() : produces_;
        json::object responses;
        for (const auto& [status, old] : operation.at("responses").get_object()) {
            json::object response{{"description", old.get_object().at("description")}};
            if (const auto* schema = old.get_object().if_contains("schema"))
                response["content"] = content_of(*schema, types);
            responses[status] = std::move(response);
        }
        responses["default"] = json::object{
            {"description", "What went wrong"},
            {"content",
             json::object{{"application/json", json::object{{"schema", reference_to("schemas", "Error")}}}}}};
        return responses;
    }

    const json::object& old_;
    json::array produces_;
    json::array consumes_;
};

}  // namespace

std::string openapi31(std::string_view openapi2) {
    const auto old = json::parse(openapi2);
    return json::serialize(DocumentUpgrade(old.get_object()).run());
}

}  // namespace platform::restql
