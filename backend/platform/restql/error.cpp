#include "platform/restql/error.hpp"

#include "platform/core/error.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <string_view>

namespace platform::restql {
namespace {

std::string json_text(const std::optional<std::string>& text) {
    return text ? boost::json::serialize(boost::json::value(*text)) : std::string("null");
}

/// By SQLSTATE class (data-api.md §1.10).
unsigned status_of_class(std::string_view sqlstate) {
    constexpr std::string_view server_faults[] = {"09", "25", "2D", "38", "39", "3B", "40", "54",
                                                  "55", "57", "58", "F0", "HV", "P0", "XX"};
    const auto two = sqlstate.substr(0, 2);
    if (two == "08" || two == "53") return 503;
    if (two == "0L" || two == "0P" || two == "28") return 403;
    for (const auto fault : server_faults) {
        if (two == fault) return 500;
    }
    return 400;
}

bool is_unknown_role(const db::SqlError& error) {
    return error.message.starts_with("role") && error.message.ends_with("does not exist");
}

unsigned status_of(const db::SqlError& error, bool is_anonymous) {
    const std::string_view code = error.sqlstate;
    if (code == "23503" || code == "23505") return 409;
    if (code == "25006") return 405;
    if (code == "21000") return error.message.ends_with("requires a WHERE clause") ? 400 : 500;
    if (code == "22023") return is_unknown_role(error) ? 401 : 400;
    if (code == "42883") return error.message.starts_with("function xmlagg(") ? 406 : 404;
    if (code == "42P01") return 404;
    if (code == "42P17" || code == "53400") return 500;
    if (code == "57P01") return 503;
    if (code == "P0001") return 400;
    if (code == "42501") return is_anonymous ? 401 : 403;
    return status_of_class(code);
}

std::optional<std::string> non_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

/// SQLSTATE PTnnn: nnn is the status.
unsigned status_of_pt(std::string_view code) {
    unsigned status = 0;
    const auto digits = code.substr(2);
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), status);
    const bool is_status = end.ec == std::errc{} && end.ptr == digits.data() + digits.size();
    return is_status && status >= 200 && status <= 599 ? status : 500;
}

ApiError unreadable_raise(std::string details, std::string hint) {
    return {.status = 500,
            .code = "PGRST121",
            .message = "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error",
            .details = std::move(details),
            .hint = std::move(hint)};
}

const std::string* text_at(const boost::json::object& object, std::string_view key, std::string& storage) {
    const auto* value = object.if_contains(key);
    if (!value || !value->is_string()) return nullptr;
    storage = std::string(value->get_string());
    return &storage;
}

/// Whether an optional member is absent, null or a text; its text lands in `out`.
bool take_optional(const boost::json::object& object, std::string_view key, std::optional<std::string>& out) {
    const auto* value = object.if_contains(key);
    if (!value || value->is_null()) return true;
    if (!value->is_string()) return false;
    out = std::string(value->get_string());
    return true;
}

bool read_raised_message(const std::string& text, ApiError& error) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) return false;
    const auto& object = value.get_object();
    return text_at(object, "code", error.code) && text_at(object, "message", error.message) &&
           take_optional(object, "details", error.details) && take_optional(object, "hint", error.hint);
}

bool read_raised_detail(const std::string& text, ApiError& error) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) return false;
    const auto& object = value.get_object();
    const auto* status = object.if_contains("status");
    const auto* headers = object.if_contains("headers");
    std::optional<std::string> status_text;
    if (!status || !status->is_int64() || status->get_int64() < 200 || status->get_int64() > 599) return false;
    if (!headers || !headers->is_object() || !take_optional(object, "status_text", status_text)) return false;
    error.status = static_cast<unsigned>(status->get_int64());
    error.reason = status_text.value_or("");
    for (const auto& [name, header] : headers->get_object()) {
        if (!header.is_string()) return false;
        error.headers.emplace_back(name, header.get_string());
    }
    return true;
}

/// RAISE SQLSTATE 'PGRST': MESSAGE holds the body and DETAIL status and headers, both as JSON.
ApiError from_raise(const db::SqlError& raised) {
    constexpr const char* message_hint =
        "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'.";
    constexpr const char* detail_hint =
        "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'.";
    ApiError error;
    if (!read_raised_message(raised.message, error)) {
        return unreadable_raise("Invalid JSON value for MESSAGE: '" + raised.message + "'", message_hint);
    }
    if (raised.detail.empty()) return unreadable_raise("DETAIL is missing in the RAISE statement", detail_hint);
    if (!read_raised_detail(raised.detail, error)) {
        return unreadable_raise("Invalid JSON value for DETAIL: '" + raised.detail + "'", detail_hint);
    }
    return error;
}

}  // namespace

std::string error_body(const ApiError& error, bool is_verbose) {
    if (!is_verbose) return "{\"code\":" + json_text(error.code) + ",\"message\":" + json_text(error.message) + "}";
    const std::string details = error.details_json ? *error.details_json : json_text(error.details);
    return "{\"code\":" + json_text(error.code) + ",\"details\":" + details + ",\"hint\":" + json_text(error.hint) +
           ",\"message\":" + json_text(error.message) + "}";
}

http::Response error_response(const ApiError& error, bool is_verbose) {
    auto response = http::json_response(error.status, error_body(error, is_verbose));
    response.headers.set("Content-Type", "application/json; charset=utf-8");
    response.headers.set("Proxy-Status", std::string(wire_product) + "; error=" + error.code);
    if (error.status == 503) response.headers.set("Retry-After", "1");
    for (const auto& [name, value] : error.headers) response.headers.set(name, value);
    response.reason = error.reason;
    return response;
}

ApiError from_sql_error(const db::SqlError& raised, bool is_anonymous) {
    if (raised.sqlstate == "PGRST") return from_raise(raised);
    const bool chooses_status = raised.sqlstate.starts_with("PT");
    ApiError error{.status = chooses_status ? status_of_pt(raised.sqlstate) : status_of(raised, is_anonymous),
                   .code = raised.sqlstate,
                   .message = raised.message,
                   .details = non_empty(raised.detail),
                   .hint = non_empty(raised.hint)};
    if (chooses_status) error.reason = raised.message;
    if (error.status == 401) error.headers.emplace_back("WWW-Authenticate", "Bearer");
    return error;
}

ApiError from_unavailable(const Unavailable& failure) {
    if (dynamic_cast<const db::PoolTimeout*>(&failure)) {
        return {.status = 504, .code = "PGRST003", .message = "Timed out acquiring connection from connection pool."};
    }
    return {.status = 503, .code = "PGRST000", .message = "Database connection error."};
}

ApiError timed_out() {
    return {.status = 500, .code = "57014", .message = "canceling statement due to statement timeout"};
}

}  // namespace platform::restql
