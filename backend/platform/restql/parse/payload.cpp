#include "platform/restql/parse/payload.hpp"

#include "platform/restql/parse/payload_formats.hpp"
#include "platform/restql/parse/query_string.hpp"

#include <utility>

namespace platform::restql {
namespace {

using Kind = MediaType::Kind;

/// Passed on unread. PostgreSQL's text ends at a NUL, so none may be in it; bytes may have any.
ApiResult<Payload> raw(std::string body, bool is_text) {
    if (is_text && body.find('\0') != std::string::npos) return *check_text(std::string_view("\0", 1));
    const auto first = body.find_first_not_of(" \t\r\n");
    const bool is_array = first != std::string::npos && body[first] == '[';
    return Payload{.kind = Payload::Kind::raw, .text = std::move(body), .is_array = is_array};
}

ApiResult<Payload> json_payload(std::string body, const PayloadRules& rules) {
    if (rules.has_columns) return raw(std::move(body), true);
    if (body.empty() && rules.is_call) return Payload{.kind = Payload::Kind::json};
    return parse_json(std::move(body));
}

}  // namespace

ApiError invalid_body(std::string message) {
    return {.status = 400, .code = "PGRST102", .message = std::move(message)};
}

ApiResult<Payload> parse_payload(const MediaType& content_type, std::string body, PayloadRules rules) {
    switch (content_type.kind) {
        case Kind::json:
            return json_payload(std::move(body), rules);
        case Kind::ndjson:
            return json_payload(json_of_lines(std::move(body)), rules);
        case Kind::csv:
            return parse_csv(body, rules.text_bytes);
        case Kind::form:
            return parse_form(body, rules.is_call);
        case Kind::plain_text:
        case Kind::xml:
        case Kind::octet_stream:
            if (rules.is_call) return raw(std::move(body), content_type.kind != Kind::octet_stream);
            break;
        default:
            break;
    }
    return invalid_body("Content-Type not acceptable: " + mime(content_type));
}

}  // namespace platform::restql
