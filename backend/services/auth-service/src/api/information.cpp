#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

Task<http::Response> get_jwks(AuthService& auth, http::Request&) {
    http::Response response = http::json_response(200, auth.keys().jwks());
    response.headers.set("Cache-Control", "public, max-age=600");
    co_return response;
}

/// Which second factors may be set up; GoTrue does not tell.
bj::object mfa_kinds(const MfaConfig& mfa) {
    return {
        {"totp", mfa.totp}, {"phone", mfa.phone}, {"webauthn", mfa.webauthn}, {"recovery_codes", mfa.recovery_codes}};
}

Task<http::Response> get_settings(AuthService& auth, http::Request&) {
    const AuthConfig& config = auth.config();
    bj::object external{{"anonymous_users", config.anonymous_enabled},
                        {"email", config.email_enabled},
                        {"phone", config.phone_enabled}};
    for (const ProviderPreset& preset : provider_presets) external[preset.name] = false;
    external.erase("oidc");  // shown by the name it is given
    for (const std::string& name : auth.federation().providers().names()) external[name] = true;
    const bj::object settings{{"external", std::move(external)},
                              {"disable_signup", !config.is_signup_open},
                              {"mailer_autoconfirm", config.autoconfirm},
                              {"phone_autoconfirm", config.phone_autoconfirm},
                              {"sms_provider", config.sms_provider},
                              {"saml_enabled", false},
                              {"passkeys_enabled", config.mfa.passkeys},
                              {"manual_linking_enabled", config.linking.manual},
                              {"oauth_server_enabled", config.oauth.is_server_enabled},
                              {"mfa", mfa_kinds(config.mfa)}};
    co_return http::json_response(200, bj::serialize(settings));
}

/// OpenID Connect Discovery and RFC 8414 in one document, as upstream.
Task<http::Response> get_discovery(AuthService& auth, http::Request&) {
    const AuthConfig& config = auth.config();
    const std::string issuer = config.issuer();
    bj::object document{
        {"issuer", issuer},
        {"authorization_endpoint", issuer + "/oauth/authorize"},
        {"token_endpoint", issuer + "/oauth/token"},
        {"jwks_uri", issuer + "/.well-known/jwks.json"},
        {"userinfo_endpoint", issuer + "/oauth/userinfo"},
        {"scopes_supported", bj::array{"openid", "email", "profile", "phone"}},
        {"response_types_supported", bj::array{"code"}},
        {"response_modes_supported", bj::array{"query"}},
        {"grant_types_supported", bj::array{"authorization_code", "refresh_token"}},
        {"subject_types_supported", bj::array{"public"}},
        {"id_token_signing_alg_values_supported", bj::array{"ES256"}},
        {"token_endpoint_auth_methods_supported", bj::array{"client_secret_basic", "client_secret_post", "none"}},
        {"claims_supported",
         bj::array{"sub", "aud", "iss", "exp", "iat", "auth_time", "acr", "nonce", "email", "email_verified",
                   "phone_number", "phone_number_verified", "name", "picture", "preferred_username", "updated_at"}},
        {"code_challenge_methods_supported", bj::array{"S256"}},
        {"authorization_response_iss_parameter_supported", true}};
    if (config.oauth.is_server_enabled && config.oauth.allow_dynamic_registration) {
        document["registration_endpoint"] = issuer + "/oauth/clients/register";
    }
    http::Response response = http::json_response(200, bj::serialize(document));
    response.headers.set("Cache-Control", "public, max-age=600");
    co_return response;
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
    const std::pair<const char*, const char*> documents[] = {
        {"/auth/v1/.well-known/openid-configuration", "auth_openid_configuration"},
        {"/auth/v1/.well-known/oauth-authorization-server", "auth_oauth_metadata"},
        // Where RFC 8414 §3.1 has clients look for an issuer with a path.
        {"/.well-known/oauth-authorization-server/auth/v1", "auth_oauth_metadata_at_root"}};
    for (const auto& [path, id] : documents) {
        router.route(
            http::Method::get, path, [&auth](http::Request& request) { return get_discovery(auth, request); },
            options(id, "What the OAuth server offers (OpenID Connect Discovery, RFC 8414)"));
    }
    router.route(http::Method::get, "/auth/v1/health", get_health, options("auth_health", "Liveness (GoTrue)"));
}

}  // namespace tt::auth::api
