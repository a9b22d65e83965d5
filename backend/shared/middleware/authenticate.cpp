#include "shared/middleware/authenticate.hpp"

#include "platform/log/log.hpp"

#include <boost/json.hpp>

namespace tt {
namespace {

constexpr std::string_view bearer = "bearer ";

bool starts_with_bearer(std::string_view value) {
    return value.size() > bearer.size() && http::iequals(value.substr(0, bearer.size()), bearer);
}

/// Empty when the request carries no token.
std::string_view token_of(const http::Request& request) {
    const std::string_view authorization = request.header("authorization");
    if (starts_with_bearer(authorization)) return authorization.substr(bearer.size());
    return request.header("apikey");
}

/// The key that may do everything has leaked into a page: browsers say where a script's request comes from.
bool is_service_key_in_browser(const http::Request& request, const Principal& caller) {
    return caller.role == "service_role" &&
           (request.headers.contains("origin") || request.headers.contains("sec-fetch-site"));
}

Task<http::Response> refuse_leaked_key(const http::Request& request) {
    log::error("service_key_in_browser", {{"http.request.id", request.request_id}});
    co_return http::render_error(
        {Code::permission_denied, "service_key_in_browser", "The service key must never be used from a browser."},
        request);
}

std::string text_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

const boost::json::object* object_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

std::vector<std::string> roles_of(const boost::json::object& claims) {
    std::vector<std::string> roles;
    const auto* metadata = object_member(claims, "app_metadata");
    const auto* value = metadata ? metadata->if_contains("roles") : nullptr;
    const auto* list = value ? value->if_array() : nullptr;
    if (!list) return roles;
    for (const auto& role : *list) {
        if (const auto* text = role.if_string()) roles.emplace_back(*text);
    }
    return roles;
}

std::string display_name_of(const boost::json::object& claims) {
    const auto* metadata = object_member(claims, "user_metadata");
    if (!metadata) return {};
    const std::string name = text_member(*metadata, "display_name");
    return name.empty() ? text_member(*metadata, "name") : name;
}

}  // namespace

Result<Principal> principal_of(const crypto::Claims& claims) {
    Principal principal{
        .role = text_member(claims.members, "role"),
        .user_id = std::nullopt,
        .email = text_member(claims.members, "email"),
        .display_name = display_name_of(claims.members),
        .session_id = text_member(claims.members, "session_id"),
        .roles = roles_of(claims.members),
        .claims_json = claims.json,
    };
    if (principal.role != "anon" && principal.role != "authenticated" && principal.role != "service_role") {
        return Error{Code::unauthenticated, "bad_jwt", "invalid claim: unknown role"};
    }
    if (principal.role == "authenticated") {
        principal.user_id = UserId::parse(claims.subject);
        if (!principal.user_id) return Error{Code::unauthenticated, "bad_jwt", "invalid claim: sub is no user id"};
    }
    return principal;
}

Authenticator::Authenticator(crypto::JwksCache& jwks, crypto::JwtPolicy policy, const Clock& clock,
                             std::size_t io_threads)
    : verifier_(jwks, std::move(policy), clock, io_threads, principal_of) {}

Task<Result<std::shared_ptr<const Principal>>> Authenticator::verify(std::string token) {
    return verifier_.verify(std::move(token));
}

http::Middleware Authenticator::middleware() {
    return [this](http::Request& request, const http::Handler& next) {
        const std::string_view token = token_of(request);
        if (token.empty()) return next(request);
        if (const auto known = verifier_.cached(token)) {
            if (is_service_key_in_browser(request, *known)) return refuse_leaked_key(request);
            request.attach_shared(known);
            return next(request);
        }
        return run(request, next);
    };
}

Task<http::Response> Authenticator::run(http::Request& request, const http::Handler& next) {
    std::string token(token_of(request));
    auto verified = co_await verifier_.verify(std::move(token));
    if (verified) {
        if (is_service_key_in_browser(request, **verified)) co_return co_await refuse_leaked_key(request);
        request.attach_shared(*verified);
    } else if (request.path().starts_with("/auth/v1/")) {
        request.attach(RejectedToken{verified.error()});
    } else {
        http::Response refusal = http::render_error(verified.error(), request);
        refusal.headers.set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        co_return refusal;
    }
    co_return co_await next(request);
}

}  // namespace tt
