#include "shared/middleware/cors.hpp"

namespace tt {
namespace {

constexpr std::string_view allowed_methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
constexpr std::string_view allowed_headers =
    "accept, accept-profile, apikey, authorization, content-profile, content-type, idempotency-key, if-match, "
    "if-none-match, prefer, range, range-unit, traceparent, x-client-info, x-filename, x-jwt-aud, x-region, "
    "x-request-id, x-retry-count, x-supabase-api-version";
constexpr std::string_view exposed_headers =
    "content-location, content-range, etag, link, location, preference-applied, ratelimit, ratelimit-policy, "
    "retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, x-request-id, x-supabase-api-version, "
    "x-total-count";
constexpr std::string_view preflight_max_age_s = "3600";

bool is_preflight(const http::Request& request) {
    return request.method == http::Method::options && !request.header("access-control-request-method").empty();
}

http::Response preflight() {
    http::Response response = http::empty(204);
    response.headers.set("Access-Control-Allow-Methods", std::string(allowed_methods));
    response.headers.set("Access-Control-Allow-Headers", std::string(allowed_headers));
    response.headers.set("Access-Control-Max-Age", std::string(preflight_max_age_s));
    return response;
}

Task<http::Response> answer_preflight() {
    co_return preflight();
}

}  // namespace

void use_cors(http::Router& router) {
    router.use([](http::Request& request, const http::Handler& next) {
        return is_preflight(request) ? answer_preflight() : next(request);
    });
    router.on_response([](const http::Request& request, http::Response& response) {
        if (request.header("origin").empty()) return;
        response.headers.set("Access-Control-Allow-Origin", "*");
        response.headers.set("Access-Control-Expose-Headers", std::string(exposed_headers));
    });
}

}  // namespace tt
