#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

Task<http::Response> get_jwks(AuthService& auth, http::Request&) {
    http::Response response = http::json_response(200, auth.keys().jwks());
    response.headers.set("Cache-Control", "public, max-age=600");
    co_return response;
}

Task<http::Response> get_settings(AuthService& auth, http::Request&) {
    const boost::json::object external{{"anonymous_users", false}, {"email", true}, {"phone", false}};
    const boost::json::object settings{{"external", external},
                                       {"disable_signup", !auth.config().is_signup_open},
                                       {"mailer_autoconfirm", auth.config().autoconfirm},
                                       {"phone_autoconfirm", false},
                                       {"sms_provider", ""},
                                       {"saml_enabled", false},
                                       {"passkeys_enabled", false}};
    co_return http::json_response(200, boost::json::serialize(settings));
}

Task<http::Response> get_health(http::Request&) {
    co_return http::json_response(
        200, R"({"version":"v2.196.0-tt","name":"GoTrue","description":"TrendTactics auth, GoTrue wire"})");
}

http::RouteOptions options(std::string id, std::string summary) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth";
    made.is_public = true;
    return made;
}

}  // namespace

void mount_information(http::Router& router, AuthService& auth) {
    router.route(
        http::Method::get, "/auth/v1/.well-known/jwks.json",
        [&auth](http::Request& request) { return get_jwks(auth, request); },
        options("auth_jwks", "Public keys of the access tokens (RFC 7517)"));
    router.route(
        http::Method::get, "/auth/v1/settings", [&auth](http::Request& request) { return get_settings(auth, request); },
        options("auth_settings", "What sign-in offers (GoTrue)"));
    router.route(http::Method::get, "/auth/v1/health", get_health, options("auth_health", "Liveness (GoTrue)"));
}

}  // namespace tt::auth::api
