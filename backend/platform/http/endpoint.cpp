#include "platform/http/endpoint.hpp"

#include "platform/json/bind.hpp"
#include "platform/json/json.hpp"

#include <charconv>
#include <cmath>

namespace platform::http {
namespace {

/// application/json and application/*+json, with or without parameters; other charsets than UTF-8 do not exist.
bool is_json_type(std::string_view type) {
    const auto end = type.find_first_of("; ");
    const auto parameters = end == std::string_view::npos ? std::string_view() : type.substr(end);
    const auto essence = type.substr(0, end);
    const bool is_json = iequals(essence, "application/json") ||
                         (essence.size() > 17 && iequals(essence.substr(0, 12), "application/") &&
                          iequals(essence.substr(essence.size() - 5), "+json"));
    const auto charset = parameters.find("charset=");
    if (!is_json || charset == std::string_view::npos) return is_json;
    auto name = parameters.substr(charset + 8);
    name = name.substr(0, name.find(';'));
    return iequals(name, "utf-8") || iequals(name, "\"utf-8\"");
}

const json::TypeInfo& without_optional(const json::TypeInfo& type) {
    return type.kind == json::Kind::optional ? without_optional(type.element()) : type;
}

/// A parameter as the JSON value its declared type expects; text that does not fit stays text and fails there.
boost::json::value parameter_value(const json::TypeInfo& type, std::string_view text) {
    const char* end = text.data() + text.size();
    if (type.kind == json::Kind::integer) {
        std::int64_t number = 0;
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error == std::errc() && stop == end) return number;
    } else if (type.kind == json::Kind::number) {
        double number = 0;
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (error == std::errc() && stop == end && std::isfinite(number)) return number;
    } else if (type.kind == json::Kind::boolean) {
        if (text == "true" || text == "false") return text == "true";
    }
    return boost::json::string(text);
}

/// Lists are given as ?tag=a&tag=b or ?tag=a,b.
void append_items(boost::json::array& items, const json::TypeInfo& element, std::string_view text) {
    while (true) {
        const auto comma = text.find(',');
        items.push_back(parameter_value(element, text.substr(0, comma)));
        if (comma == std::string_view::npos) return;
        text.remove_prefix(comma + 1);
    }
}

const json::MemberInfo* find_member(const json::TypeInfo& type, std::string_view name) {
    for (const auto& member : type.members) {
        if (member.name == name) return &member;
    }
    return nullptr;
}

std::string_view unquote(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') return tag.substr(1, tag.size() - 2);
    return tag;
}

/// Calls `is_match` for each entity tag of a list; tags contain no commas of ours.
template <class F>
bool any_tag(std::string_view list, F is_match) {
    while (true) {
        const auto comma = list.find(',');
        auto tag = list.substr(0, comma);
        while (tag.starts_with(' ')) tag.remove_prefix(1);
        while (tag.ends_with(' ')) tag.remove_suffix(1);
        if (tag == "*" || is_match(tag)) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace

std::string etag_of(std::int64_t row_version) {
    return '"' + std::to_string(row_version) + '"';
}

Result<void> check_if_match(const Request& request, std::string_view etag) {
    const auto wanted = request.headers.find("if-match");
    // Strong comparison (RFC 9110 §13.1.1): a weak tag never matches.
    if (!wanted || any_tag(*wanted, [&](std::string_view tag) { return tag == etag; })) return {};
    return Error{Code::precondition_failed, "precondition_failed", "It was changed in the meantime."};
}

std::optional<std::int64_t> if_match_version(const Request& request) {
    const auto text = unquote(request.header("if-match"));
    std::int64_t version = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, version);
    if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
    return version;
}

bool etag_matches(const Request& request, std::string_view etag) {
    const auto known = request.headers.find("if-none-match");
    return known && any_tag(*known, [&](std::string_view tag) { return unquote(tag) == unquote(etag); });
}

namespace detail {

std::optional<Error> read_json_body(const Request& request, const json::TypeInfo& type, void* out) {
    const auto content_type = request.header("content-type");
    if (!is_json_type(content_type)) {
        return Error{Code::unsupported_media_type, "unsupported_media_type", "Send the body as application/json."};
    }
    return json::detail::parse_into(request.body, type, out);
}

std::optional<Error> read_query(const Request& request, const json::TypeInfo& type, void* out) {
    boost::json::object document;
    json::Binder binder;
    for (const auto& [name, text] : request.query_params()) {
        const auto* member = find_member(type, name);
        const json::TypeInfo& kind = member ? without_optional(member->type()) : json::type_of<std::string>();
        if (kind.kind == json::Kind::array) {
            auto& items = document[name];
            if (!items.is_array()) items = boost::json::array();
            append_items(items.get_array(), kind.element(), text);
        } else if (document.contains(name)) {
            binder.push(name);
            binder.fail("must be given once");
            binder.pop();
        } else {
            document[name] = parameter_value(kind, text);
        }
    }
    binder.bind(type, json::no_rule, document, out);
    if (binder.has_failed()) return std::move(binder).error();
    return std::nullopt;
}

}  // namespace detail
}  // namespace platform::http
