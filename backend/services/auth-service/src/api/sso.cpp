#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {
namespace {

Error saml_disabled() {
    return Error{Code::not_found, "saml_provider_disabled", "SAML 2.0 is disabled"};
}

Task<http::Response> refuse_saml(http::Request& request) {
    co_return refuse(saml_disabled(), request);
}

Task<http::Response> refuse_saml_admin(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request);
    co_return refuse(actor ? saml_disabled() : actor.error(), request);
}

http::RouteOptions saml_route() {
    http::RouteOptions made;
    made.tag = "auth";
    made.is_hidden = true;
    made.is_public = true;
    return made;
}

}  // namespace

void mount_sso(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::pair<Method, const char*> open[] = {{Method::post, "/auth/v1/sso"},
                                                   {Method::get, "/auth/v1/sso/saml/metadata"},
                                                   {Method::post, "/auth/v1/sso/saml/acs"},
                                                   {Method::get, "/auth/v1/sso/saml/acs"}};
    for (const auto& [method, path] : open) router.route(method, path, refuse_saml, saml_route());
    const std::pair<Method, const char*> admin[] = {{Method::get, "/auth/v1/admin/sso/providers"},
                                                    {Method::post, "/auth/v1/admin/sso/providers"},
                                                    {Method::get, "/auth/v1/admin/sso/providers/{id}"},
                                                    {Method::put, "/auth/v1/admin/sso/providers/{id}"},
                                                    {Method::delete_, "/auth/v1/admin/sso/providers/{id}"}};
    for (const auto& [method, path] : admin) {
        router.route(
            method, path, [&auth](http::Request& request) { return refuse_saml_admin(auth, request); }, saml_route());
    }
}

}  // namespace tt::auth::api
