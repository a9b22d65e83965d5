#include "shared/middleware/error_shapes.hpp"

#include <boost/json.hpp>

#include <array>
#include <utility>

namespace tt {
namespace {

using Names = std::pair<std::string_view, std::string_view>;

/// What the gateway's own refusals are called in GoTrue's vocabulary; all other reasons are GoTrue's already.
std::string gotrue_code(std::string_view reason) {
    static constexpr std::array<Names, 5> names{{{"rate_limit_exceeded", "over_request_rate_limit"},
                                                 {"body_too_large", "request_entity_too_large"},
                                                 {"internal", "unexpected_failure"},
                                                 {"unauthenticated", "no_authorization"},
                                                 {"timeout", "request_timeout"}}};
    for (const auto& [ours, theirs] : names) {
        if (reason == ours) return std::string(theirs);
    }
    return std::string(reason);
}

/// PostgREST's codes start with PGRST or are an SQLSTATE; the gateway's refusals get the nearest of them.
std::string postgrest_code(const Error& error, unsigned status) {
    if (error.reason.starts_with("PGRST") || error.reason.size() == 5) return error.reason;
    switch (status) {
        case 401:
            return "PGRST301";
        case 404:
            return "PGRST125";
        case 405:
            return "PGRST117";
        case 503:
            return "PGRST000";
        case 504:
            return "PGRST003";
        default:
            return error.reason;
    }
}

/// A date, YYYY-MM-DD; anything else asks for nothing.
bool is_dated_api(std::string_view version) {
    constexpr std::string_view shape = "dddd-dd-dd";
    if (version.size() != shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool is_digit = version[i] >= '0' && version[i] <= '9';
        if (shape[i] == 'd' ? !is_digit : version[i] != '-') return false;
    }
    return version >= std::string_view("2024-01-01");
}

http::Response with_retry_after(http::Response response, const Error& error) {
    if (error.retry_after_s) response.headers.set("Retry-After", std::to_string(*error.retry_after_s));
    return response;
}

}  // namespace

http::Response gotrue_error(const Error& error, unsigned status, const http::Request& request) {
    boost::json::object body;
    const std::string code = gotrue_code(error.reason);
    const bool is_dated = is_dated_api(request.header("x-supabase-api-version"));
    if (is_dated) {
        body = {{"code", code}, {"message", error.message}};
    } else {
        body = {{"code", status}, {"error_code", code}, {"msg", error.message}};
        if (status >= 500) body["error_id"] = request.request_id;
    }
    auto response = http::json_response(status, boost::json::serialize(body));
    response.headers.set("x-sb-error-code", code);
    if (is_dated) response.headers.set("X-Supabase-Api-Version", "2024-01-01");
    return with_retry_after(std::move(response), error);
}

http::Response postgrest_error(const Error& error, unsigned status, const http::Request& request) {
    const std::string code = postgrest_code(error, status);
    const std::string message = status == 405 ? "Unsupported HTTP method: " + request.method_text : error.message;
    const boost::json::object body{{"code", code}, {"details", nullptr}, {"hint", nullptr}, {"message", message}};
    auto response = http::json_response(status, boost::json::serialize(body));
    response.headers.set("Content-Type", "application/json; charset=utf-8");
    response.headers.set("Proxy-Status", "PostgREST; error=" + code);
    if (status == 401) response.headers.set("WWW-Authenticate", "Bearer");
    return with_retry_after(std::move(response), error);
}

http::Response function_error(const Error& error, unsigned status, const http::Request& request) {
    const boost::json::object body{{"code", error.reason},
                                   {"message", error.message},
                                   {"error", error.message},
                                   {"request_id", request.request_id}};
    return with_retry_after(http::json_response(status, boost::json::serialize(body)), error);
}

void use_error_shapes(http::Router& router) {
    router.errors("/auth/v1", gotrue_error);
    router.errors("/rest/v1", postgrest_error);
    router.errors("/functions/v1", function_error);
    router.errors("/enroll", function_error);
}

}  // namespace tt
