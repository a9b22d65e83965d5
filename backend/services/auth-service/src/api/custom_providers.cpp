#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/members.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include "platform/json/member.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

bj::object custom_provider_json(const CustomProviderRow& provider) {
    const auto list = [](const std::vector<std::string>& values) { return bj::array(values.begin(), values.end()); };
    bj::object body{{"id", to_string(provider.id)},
                    {"provider_type", provider.provider_type},
                    {"identifier", provider.identifier},
                    {"name", provider.name},
                    {"client_id", provider.client_id},
                    {"acceptable_client_ids", list(provider.acceptable_client_ids)},
                    {"scopes", list(provider.scopes)},
                    {"pkce_enabled", provider.pkce_enabled},
                    {"attribute_mapping", bj::parse(provider.attribute_mapping.text)},
                    {"custom_claims_allowlist", list(provider.custom_claims_allowlist)},
                    {"authorization_params", bj::parse(provider.authorization_params.text)},
                    {"enabled", provider.is_enabled},
                    {"email_optional", provider.email_optional},
                    {"skip_nonce_check", provider.skip_nonce_check},
                    {"created_at", to_rfc3339(provider.created_at)},
                    {"updated_at", to_rfc3339(provider.updated_at)}};
    const std::pair<const char*, const std::optional<std::string>&> addresses[] = {
        {"issuer", provider.issuer},
        {"discovery_url", provider.discovery_url},
        {"authorization_url", provider.authorization_url},
        {"token_url", provider.token_url},
        {"userinfo_url", provider.userinfo_url},
        {"jwks_uri", provider.jwks_uri}};
    for (const auto& [name, address] : addresses) {
        if (address) body[name] = *address;
    }
    if (provider.discovery_document) body["discovery_document"] = bj::parse(provider.discovery_document->text);
    return body;
}

http::Response provider_response(unsigned status, bj::object body) {
    auto response = http::json_response(status, bj::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Error not_custom(std::string_view identifier) {
    constexpr std::size_t shown_limit = 64;
    return Error{Code::invalid_argument, "validation_failed",
                 "identifier must start with 'custom:' prefix, e.g. 'custom:" +
                     std::string(identifier.substr(0, shown_limit)) + "'"};
}

Result<void> put_lists(const bj::object& body, CustomProviderWish& wish) {
    auto clients = optional_list(body, "acceptable_client_ids");
    if (!clients) return clients.error();
    auto scopes = optional_list(body, "scopes");
    if (!scopes) return scopes.error();
    auto claims = optional_list(body, "custom_claims_allowlist");
    if (!claims) return claims.error();
    wish.acceptable_client_ids = std::move(*clients);
    wish.scopes = std::move(*scopes);
    wish.custom_claims_allowlist = std::move(*claims);
    return {};
}

Result<void> put_flags(const bj::object& body, CustomProviderWish& wish) {
    const std::pair<const char*, std::optional<bool>&> flags[] = {{"pkce_enabled", wish.pkce_enabled},
                                                                  {"enabled", wish.is_enabled},
                                                                  {"email_optional", wish.email_optional},
                                                                  {"skip_nonce_check", wish.skip_nonce_check}};
    for (const auto& [name, flag] : flags) {
        const auto said = optional_flag(body, name);
        if (!said) return said.error();
        flag = *said;
    }
    return {};
}

Result<CustomProviderWish> custom_provider_wish_in(const http::Request& request) {
    CustomProviderWish wish;
    const std::pair<const char*, std::string&> texts[] = {{"provider_type", wish.provider_type},
                                                          {"identifier", wish.identifier},
                                                          {"name", wish.name},
                                                          {"client_id", wish.client_id},
                                                          {"client_secret", wish.client_secret},
                                                          {"issuer", wish.issuer},
                                                          {"discovery_url", wish.discovery_url},
                                                          {"authorization_url", wish.authorization_url},
                                                          {"token_url", wish.token_url},
                                                          {"userinfo_url", wish.userinfo_url},
                                                          {"jwks_uri", wish.jwks_uri}};
    std::vector<std::string> names;
    for (const auto& [name, text] : texts) names.emplace_back(name);
    const auto body = read_body(request, names);
    if (!body) return body.error();
    for (const auto& [name, text] : texts) text = json::text_member(*body, name);
    const auto lists = put_lists(*body, wish);
    if (!lists) return lists.error();
    const auto flags = put_flags(*body, wish);
    if (!flags) return flags.error();
    auto mapping = optional_object(*body, "attribute_mapping");
    if (!mapping) return mapping.error();
    auto params = optional_object(*body, "authorization_params");
    if (!params) return params.error();
    wish.attribute_mapping = std::move(*mapping);
    wish.authorization_params = std::move(*params);
    return wish;
}

Task<Result<AdminActor>> provider_admin(AuthService& auth, http::Request& request) {
    auto actor = co_await require_admin(auth, request);
    if (actor && !auth.config().custom_providers.is_enabled) {
        co_return Error{Code::not_found, "feature_disabled", "Custom OAuth providers are disabled"};
    }
    const std::string_view identifier = request.param("identifier");
    if (actor && !identifier.empty() && !identifier.starts_with("custom:")) co_return not_custom(identifier);
    co_return actor;
}

Task<http::Response> get_custom_providers(AuthService& auth, http::Request& request) {
    const auto actor = co_await provider_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const std::string type = request.query_param("type").value_or("");
    if (!type.empty() && type != "oauth2" && type != "oidc") {
        const Error error{Code::invalid_argument, "validation_failed", "type must be either 'oauth2' or 'oidc'"};
        co_return refuse(error, request);
    }
    bj::array providers;
    const auto rows = co_await auth.federation().custom_providers().list(type);
    for (const CustomProviderRow& row : rows) providers.push_back(custom_provider_json(row));
    co_return provider_response(200, {{"providers", std::move(providers)}});
}

Task<http::Response> post_custom_provider(AuthService& auth, http::Request& request) {
    const auto actor = co_await provider_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    auto wish = custom_provider_wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    const auto made = co_await auth.federation().custom_providers().create(*actor, std::move(*wish));
    if (!made) co_return refuse(made.error(), request);
    co_return provider_response(201, custom_provider_json(*made));
}

Task<http::Response> get_custom_provider(AuthService& auth, http::Request& request) {
    const auto actor = co_await provider_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const auto provider = co_await auth.federation().custom_providers().find(std::string(request.param("identifier")));
    if (!provider) co_return refuse(provider.error(), request);
    co_return provider_response(200, custom_provider_json(*provider));
}

Task<http::Response> put_custom_provider(AuthService& auth, http::Request& request) {
    const auto actor = co_await provider_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    auto wish = custom_provider_wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    const std::string identifier(request.param("identifier"));
    const auto provider = co_await auth.federation().custom_providers().change(*actor, identifier, std::move(*wish));
    if (!provider) co_return refuse(provider.error(), request);
    co_return provider_response(200, custom_provider_json(*provider));
}

Task<http::Response> delete_custom_provider(AuthService& auth, http::Request& request) {
    const auto actor = co_await provider_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const std::string identifier(request.param("identifier"));
    const auto removed = co_await auth.federation().custom_providers().remove(*actor, identifier);
    if (!removed) co_return refuse(removed.error(), request);
    co_return http::empty(204);
}

http::RouteOptions custom_provider_route(std::string id, std::string summary, std::vector<std::string> reasons) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth-admin";
    made.error_reasons = {"401 no_authorization", "403 not_admin", "400 validation_failed"};
    for (std::string& reason : reasons) made.error_reasons.push_back(std::move(reason));
    return made;
}

}  // namespace

void mount_custom_providers(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::string root = "/auth/v1/admin/custom-providers";
    const auto at = [&](Method method, const std::string& path, auto handler, http::RouteOptions options) {
        router.route(
            method, root + path, [&auth, handler](http::Request& request) { return handler(auth, request); },
            std::move(options));
    };
    at(Method::get, "", get_custom_providers,
       custom_provider_route("auth_admin_list_custom_providers", "Providers that were added, the newest first (GoTrue)",
                             {}));
    at(Method::post, "", post_custom_provider,
       custom_provider_route("auth_admin_create_custom_provider", "Adds an OAuth 2 or OpenID Connect provider (GoTrue)",
                             {"400 conflict", "400 over_custom_provider_quota"}));
    at(Method::get, "/{identifier}", get_custom_provider,
       custom_provider_route("auth_admin_get_custom_provider", "One of them (GoTrue)",
                             {"404 custom_provider_not_found"}));
    at(Method::put, "/{identifier}", put_custom_provider,
       custom_provider_route("auth_admin_change_custom_provider", "Changes what is named (GoTrue)",
                             {"404 custom_provider_not_found", "409 conflict"}));
    at(Method::delete_, "/{identifier}", delete_custom_provider,
       custom_provider_route("auth_admin_delete_custom_provider", "Removes it; the accounts stay (GoTrue)",
                             {"404 custom_provider_not_found"}));
}

}  // namespace tt::auth::api
