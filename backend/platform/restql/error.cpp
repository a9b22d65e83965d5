#include "platform/restql/error.hpp"

#include <boost/json.hpp>

#include <string_view>

namespace platform::restql {
namespace {

std::string json_text(const std::optional<std::string>& text) {
    return text ? boost::json::serialize(boost::json::value(*text)) : std::string("null");
}

bool is_status(std::string_view text) {
    return text.size() == 3 && text[0] >= '1' && text[0] <= '5' && text[1] >= '0' && text[1] <= '9' && text[2] >= '0' &&
           text[2] <= '9';
}

/// By SQLSTATE class (data-api.md §1.10); 0 for "see the exact codes".
unsigned status_of_class(std::string_view sqlstate) {
    const auto two = sqlstate.substr(0, 2);
    if (two == "08" || two == "53") return 503;
    if (two == "09" || two == "2D" || two == "38" || two == "39" || two == "3B" || two == "40" || two == "57" ||
        two == "58" || two == "F0" || two == "HV" || two == "XX" || two == "P0" || two == "54" || two == "55" ||
        two == "25") {
        return 500;
    }
    if (two == "0L" || two == "0P" || two == "28") return 403;
    return 400;
}

unsigned status_of(const db::SqlError& error, bool is_anonymous) {
    const std::string_view code = error.sqlstate;
    if (code.starts_with("PT") && is_status(code.substr(2))) {
        return static_cast<unsigned>((code[2] - '0') * 100 + (code[3] - '0') * 10 + (code[4] - '0'));
    }
    if (code == "23503" || code == "23505") return 409;
    if (code == "25006") return 405;
    if (code == "21000") return error.message.ends_with("requires a WHERE clause") ? 400 : 500;
    if (code == "42883" || code == "42P01") return 404;
    if (code == "42P17" || code == "53400") return 500;
    if (code == "57P01") return 503;
    if (code == "P0001") return 400;
    if (code == "42501") return is_anonymous ? 401 : 403;
    return status_of_class(code);
}

std::optional<std::string> non_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

http::Response error_response(const ApiError& error) {
    const std::string details = error.details_json ? *error.details_json : json_text(error.details);
    auto response = http::json_response(error.status, "{\"code\":" + json_text(error.code) + ",\"details\":" + details +
                                                          ",\"hint\":" + json_text(error.hint) +
                                                          ",\"message\":" + json_text(error.message) + "}");
    response.headers.set("Content-Type", "application/json; charset=utf-8");
    response.headers.set("Proxy-Status", "PostgREST; error=" + error.code);
    if (error.status == 401) response.headers.set("WWW-Authenticate", "Bearer");
    if (error.status == 503) response.headers.set("Retry-After", "1");
    return response;
}

ApiError from_sql_error(const db::SqlError& error, bool is_anonymous) {
    return {.status = status_of(error, is_anonymous),
            .code = error.sqlstate,
            .message = error.message,
            .details = non_empty(error.detail),
            .hint = non_empty(error.hint)};
}

}  // namespace platform::restql
