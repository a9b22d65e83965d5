#include "services/auth-service/src/limits.hpp"

#include "platform/http/path.hpp"
#include "platform/limits/network.hpp"
#include "shared/middleware/rate_limit.hpp"
#include "shared/types/principal.hpp"

#include <boost/mp11/algorithm.hpp>
#include <functional>

namespace tt::auth {
namespace {

constexpr std::string_view auth_prefix = "/auth/v1";

/// The rule of a route: the first whose pattern begins like this.
struct LimitedRoute {
    http::Method method;  // other: every method
    std::string_view prefix;
    Limit limit;
};
constexpr std::array<LimitedRoute, 19> limited_routes{{
    {http::Method::post, "/token", Limit::sign_in},
    {http::Method::post, "/signup", Limit::sign_up},
    {http::Method::post, "/otp", Limit::mail},
    {http::Method::post, "/magiclink", Limit::mail},
    {http::Method::post, "/recover", Limit::mail},
    {http::Method::post, "/resend", Limit::mail},
    {http::Method::get, "/reauthenticate", Limit::mail},
    {http::Method::other, "/verify", Limit::verify},
    {http::Method::post, "/factors", Limit::mfa},
    {http::Method::post, "/passkeys/authentication/options", Limit::passkey_options},
    {http::Method::post, "/passkeys/authentication", Limit::sign_in},  // nobody is signed in yet
    {http::Method::post, "/passkeys", Limit::mfa},
    {http::Method::other, "/authorize", Limit::federated},
    {http::Method::other, "/callback", Limit::federated},
    {http::Method::other, "/sso", Limit::federated},
    {http::Method::post, "/oauth", Limit::federated},
    {http::Method::put, "/user", Limit::change},
    {http::Method::delete_, "/user", Limit::change},
    {http::Method::other, "/admin", Limit::admin},
}};

const LimitRule& rule_of(Limit limit) {
    return limit_rules[static_cast<std::size_t>(limit)];
}

std::optional<Limit> limit_of(const http::Request& request) {
    if (!request.route || !request.route->pattern.starts_with(auth_prefix)) return std::nullopt;
    const auto path = std::string_view(request.route->pattern).substr(auth_prefix.size());
    if (path == "/invite") return Limit::admin;
    for (const LimitedRoute& route : limited_routes) {
        const bool is_method = route.method == http::Method::other || route.method == request.route->method;
        if (!is_method || !http::is_below(path, route.prefix)) continue;
        // A refresh is counted by its session, which the handler finds in the body.
        const bool is_refresh = route.limit == Limit::sign_in && request.query_param("grant_type") == "refresh_token";
        return is_refresh ? std::nullopt : std::optional(route.limit);
    }
    return std::nullopt;
}

std::uint64_t key_of(LimitScope scope, const http::Request& request) {
    if (scope == LimitScope::address) return limits::address_key(request.client_ip);
    const Principal& caller = principal(request);
    if (caller.user_id) return std::hash<UserId>{}(*caller.user_id);
    // Every visitor shows the same anon key.
    if (caller.role != "service_role") return limits::address_key(request.client_ip);
    return std::hash<std::string_view>{}(request.header("authorization"));
}

Error too_many(const limits::Decision& decision) {
    return Error{Code::rate_limited,
                 "over_request_rate_limit",
                 "Request rate limit reached",
                 {},
                 static_cast<int>(decision.reset_s)};
}

http::Response refused(const http::Request& request, const limits::Decision& decision) {
    http::Response response = http::render_error(too_many(decision), request);
    response.headers.set("x-sb-error-code", "over_request_rate_limit");
    return response;
}

Task<http::Response> limited(Limits::Turn turn, http::Request& request, const http::Handler& next) {
    http::Response response;
    if (turn.decision.is_allowed) {
        response = co_await next(request);
    } else {
        response = refused(request, turn.decision);
    }
    describe_limit(response.headers, turn.rule.name, turn.rule.window, turn.decision);
    co_return response;
}

}  // namespace

AuthLimits AuthLimits::relaxed(unsigned factor) {
    AuthLimits limits;
    boost::mp11::mp_for_each<boost::describe::describe_members<AuthLimits, boost::describe::mod_public>>(
        [&](auto member) { limits.*member.pointer *= factor; });
    return limits;
}

Limits::Limits(const AuthLimits& limits, const Clock& clock) {
    for (const LimitRule& rule : limit_rules) {
        counters_[static_cast<std::size_t>(rule.limit)] =
            std::make_unique<limits::Gcra>(limits.*rule.quota, rule.window, clock);
    }
}

http::Middleware Limits::middleware() {
    return [this](http::Request& request, const http::Handler& next) {
        const auto limit = limit_of(request);
        if (!limit) return next(request);
        const LimitRule& rule = rule_of(*limit);
        return limited({rule, counter(*limit).take(key_of(rule.scope, request))}, request, next);
    };
}

Result<void> Limits::take(Limit limit, std::string_view key) {
    const bool is_address = rule_of(limit).scope == LimitScope::address;
    const auto hash = is_address ? limits::address_key(key) : std::hash<std::string_view>{}(key);
    const auto decision = counter(limit).take(hash);
    if (!decision.is_allowed) return too_many(decision);
    return {};
}

}  // namespace tt::auth
