#include "api-gateway/src/api_page.hpp"

#include "platform/core/text.hpp"
#include "platform/json/member.hpp"

#include <boost/json.hpp>

#include <map>
#include <vector>

namespace tt::gateway {
namespace {

namespace bj = boost::json;
namespace json = platform::json;
using platform::escape_html;

/// "Course", "Course[]", "string (uuid)": how a schema is called in a table cell.
std::string schema_name(const bj::object& schema) {
    if (const auto reference = json::text_member(schema, "$ref"); !reference.empty()) {
        const std::string name = reference.substr(reference.rfind('/') + 1);
        return "<a href=\"#schema-" + escape_html(name) + "\">" + escape_html(name) + "</a>";
    }
    if (const auto* items = json::object_member(schema, "items")) return schema_name(*items) + "[]";
    const auto* type = schema.if_contains("type");
    std::string name = type ? (type->is_string() ? json::text_member(schema, "type") : bj::serialize(*type)) : "any";
    if (const auto format = json::text_member(schema, "format"); !format.empty()) name += " (" + format + ")";
    return escape_html(name);
}

std::string body_schema(const bj::object& holder) {
    const auto* content = json::object_member(holder, "content");
    if (!content || content->empty()) return {};
    const auto* media = content->begin()->value().if_object();
    const auto* schema = media ? json::object_member(*media, "schema") : nullptr;
    return schema ? schema_name(*schema) : std::string();
}

std::string parameters_html(const bj::object& operation) {
    const auto* list = operation.if_contains("parameters");
    if (!list || !list->is_array() || list->as_array().empty()) return {};
    std::string html = "<table><caption>Parameters</caption>";
    for (const auto& item : list->as_array()) {
        const auto& parameter = item.as_object();
        const auto* schema = json::object_member(parameter, "schema");
        html += "<tr><th scope=\"row\"><code>" + escape_html(json::text_member(parameter, "name")) +
                "</code></th><td>" + escape_html(json::text_member(parameter, "in")) + "</td><td>" +
                (schema ? schema_name(*schema) : "") + "</td><td>" +
                escape_html(json::text_member(parameter, "description")) + "</td></tr>";
    }
    return html + "</table>";
}

std::string responses_html(const bj::object& operation) {
    const auto* responses = json::object_member(operation, "responses");
    if (!responses) return {};
    std::string html = "<table><caption>Answers</caption>";
    for (const auto& [status, value] : *responses) {
        const auto* response = value.if_object();
        if (!response) continue;
        html += "<tr><th scope=\"row\">" + escape_html(std::string_view(status)) + "</th><td>" +
                body_schema(*response) + "</td><td>" + escape_html(json::text_member(*response, "description")) +
                "</td></tr>";
    }
    return html + "</table>";
}

std::string operation_html(std::string_view path, std::string_view method, const bj::object& operation) {
    std::string html = "<article id=\"" + escape_html(json::text_member(operation, "operationId")) +
                       "\"><h3><span class=\"method " + escape_html(method) + "\">" + escape_html(method) +
                       "</span> <code>" + escape_html(path) + "</code></h3><p>" +
                       escape_html(json::text_member(operation, "summary")) + "</p>" + parameters_html(operation);
    if (const auto* body = json::object_member(operation, "requestBody"))
        html += "<p>Body: " + body_schema(*body) + "</p>";
    return html + responses_html(operation) + "</article>";
}

std::string schemas_html(const bj::object& document) {
    const auto* components = json::object_member(document, "components");
    const auto* schemas = components ? json::object_member(*components, "schemas") : nullptr;
    if (!schemas) return {};
    std::string html = "<h2 id=\"schemas\">Schemas</h2>";
    for (const auto& [name, value] : *schemas) {
        html += "<details id=\"schema-" + escape_html(std::string_view(name)) + "\"><summary><code>" +
                escape_html(std::string_view(name)) + "</code></summary><table>";
        const auto* properties = value.is_object() ? json::object_member(value.as_object(), "properties") : nullptr;
        for (const auto& [member, schema] : properties ? *properties : bj::object()) {
            if (!schema.is_object()) continue;
            html += "<tr><th scope=\"row\"><code>" + escape_html(std::string_view(member)) + "</code></th><td>" +
                    schema_name(schema.as_object()) + "</td><td>" +
                    escape_html(json::text_member(schema.as_object(), "description")) + "</td></tr>";
        }
        html += "</table></details>";
    }
    return html;
}

std::map<std::string, std::string> operations_by_tag(const bj::object& document) {
    std::map<std::string, std::string> sections;
    const auto* paths = json::object_member(document, "paths");
    for (const auto& [path, methods] : paths ? *paths : bj::object()) {
        if (!methods.is_object()) continue;
        for (const auto& [method, value] : methods.as_object()) {
            const auto* operation = value.if_object();
            if (!operation) continue;
            const auto* tags = operation->if_contains("tags");
            const bool has_tag = tags && tags->is_array() && !tags->as_array().empty();
            const std::string tag = has_tag ? std::string(tags->as_array()[0].as_string()) : "other";
            sections[tag] += operation_html(path, method, *operation);
        }
    }
    return sections;
}

}  // namespace

std::string render_api_page(const boost::json::value& openapi) {
    const auto& document = openapi.as_object();
    const auto* info = json::object_member(document, "info");
    const std::string title = info ? json::text_member(*info, "title") : "API";
    std::string html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\"><title>" +
        escape_html(title) + "</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body><header><h1>" +
        escape_html(title) +
        "</h1><p>The same as <a href=\"/api/openapi.json\">OpenAPI 3.1</a>. Besides it: "
        "<code>/auth/v1</code> and <code>/rest/v1</code> as supabase clients speak them.</p></header><main>";
    for (const auto& [tag, operations] : operations_by_tag(document)) {
        html += "<section><h2>" + escape_html(tag) + "</h2>" + operations + "</section>";
    }
    return html + schemas_html(document) + "</main></body></html>";
}

std::string_view api_page_style() {
    return R"css(:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 20%,transparent)}
body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1,h2{line-height:1.2}h2{margin-top:3rem;text-transform:capitalize}
article{border-top:1px solid var(--line);padding:1rem 0}h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
.method{display:inline-block;min-width:4.5em;text-transform:uppercase;font-size:.8rem;font-weight:700}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9rem}
caption{text-align:left;font-weight:600}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
tr{border-bottom:1px solid var(--line)}code{font-size:.95em}details{padding:.25rem 0}
)css";
}

}  // namespace tt::gateway
