#include "platform/json/member.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/mfa.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/array.hpp>

namespace tt::auth::api {
namespace {

Task<http::Response> get_factors_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_read, "");
    if (!target) co_return refuse(target.error(), request);
    const auto factors = co_await auth.multi_factor().factors().list(target->user_id);
    if (!factors) co_return refuse(factors.error(), request);
    boost::json::array list;
    for (const FactorView& factor : *factors) list.push_back(factor_json(factor));
    co_return private_json(list);
}

Task<http::Response> put_factor_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_manage, "factor_id");
    if (!target) co_return refuse(target.error(), request);
    const auto body = read_body(request, {"friendly_name", "phone"});
    if (!body) co_return refuse(body.error(), request);
    FactorPatch patch{json::text_member(*body, "friendly_name"), json::text_member(*body, "phone")};
    const auto factor = co_await auth.multi_factor().factors().change(target->actor, target->user_id, target->item_id,
                                                                      std::move(patch));
    if (!factor) co_return refuse(factor.error(), request);
    co_return private_json(factor_json(*factor));
}

Task<http::Response> delete_factor_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_manage, "factor_id");
    if (!target) co_return refuse(target.error(), request);
    const auto factor = co_await auth.multi_factor().factors().remove(target->actor, target->user_id, target->item_id);
    if (!factor) co_return refuse(factor.error(), request);
    co_return private_json(factor_json(*factor));
}

Task<http::Response> get_passkeys_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_read, "");
    if (!target) co_return refuse(target.error(), request);
    const auto passkeys = co_await auth.multi_factor().passkeys().list_of(target->user_id);
    if (!passkeys) co_return refuse(passkeys.error(), request);
    co_return passkeys_response(*passkeys);
}

Task<http::Response> delete_passkey_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_manage, "passkey_id");
    if (!target) co_return refuse(target.error(), request);
    const auto removed =
        co_await auth.multi_factor().passkeys().remove_of(target->actor, target->user_id, target->item_id);
    if (!removed) co_return refuse(removed.error(), request);
    co_return http::empty(204);
}

http::RouteOptions admin_mfa_options(std::string id, std::string summary) {
    http::RouteOptions made =
        mfa_options(std::move(id), std::move(summary), {"403 not_admin", "403 insufficient_aal", "404 user_not_found"});
    made.tag = "auth-admin";
    made.rate_bucket = "api";
    return made;
}

}  // namespace

void mount_admin_factors(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::string user = "/auth/v1/admin/users/{user_id}";
    router.route(
        Method::get, user + "/factors", [&auth](http::Request& request) { return get_factors_of(auth, request); },
        admin_mfa_options("auth_admin_list_factors", "A person's second factors (GoTrue)"));
    router.route(
        Method::put, user + "/factors/{factor_id}",
        [&auth](http::Request& request) { return put_factor_of(auth, request); },
        admin_mfa_options("auth_admin_change_factor", "Renames a factor, or corrects its number (GoTrue)"));
    router.route(
        Method::delete_, user + "/factors/{factor_id}",
        [&auth](http::Request& request) { return delete_factor_of(auth, request); },
        admin_mfa_options("auth_admin_delete_factor", "Removes a factor, for who has lost it (GoTrue)"));
    router.route(
        Method::get, user + "/passkeys", [&auth](http::Request& request) { return get_passkeys_of(auth, request); },
        admin_mfa_options("auth_admin_list_passkeys", "A person's passkeys (GoTrue)"));
    router.route(
        Method::delete_, user + "/passkeys/{passkey_id}",
        [&auth](http::Request& request) { return delete_passkey_of(auth, request); },
        admin_mfa_options("auth_admin_delete_passkey", "Removes a passkey (GoTrue)"));
}

}  // namespace tt::auth::api
