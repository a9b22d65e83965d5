#include "services/auth-service/src/api/people.hpp"

#include "platform/json/member.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "shared/types/permissions.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

std::optional<std::string> given_text(const boost::json::object& body, std::string_view name) {
    std::string value = json::text_member(body, name);
    return value.empty() ? std::nullopt : std::optional(std::move(value));
}

Task<http::Response> delete_own_user(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"password", "nonce"});
    if (!body) co_return refuse(body.error(), request);
    Deletion::Proofs proofs{given_text(*body, "password"), given_text(*body, "nonce")};
    const auto day = co_await auth.people().deletion().request(*caller, std::move(proofs), device_of(request));
    if (!day) co_return refuse(day.error(), request);
    const boost::json::object answer{{"deletion_at", to_rfc3339(*day)}};
    co_return http::json_response(200, boost::json::serialize(answer));
}

Task<http::Response> post_restore(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.people().deletion().restore(*caller, device_of(request));
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

http::Response impersonation_response(const IssuedSession& issued, UserId actor) {
    const boost::json::object body{{"access_token", issued.access_token}, {"token_type", "bearer"},
                                   {"expires_in", issued.expires_in},     {"expires_at", issued.expires_at},
                                   {"user", user_json(issued.view)},      {"act", {{"sub", to_string(actor)}}}};
    http::Response response = http::json_response(200, boost::json::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Task<http::Response> post_impersonate(AuthService& auth, http::Request& request) {
    const auto token = check_bearer(request);
    if (!token) co_return refuse(token.error(), request);
    auto actor = co_await require_permitted(auth, request, permission::users_impersonate);
    if (!actor) co_return refuse(actor.error(), request);
    if (!actor->user_id) {
        const Error nobody{Code::permission_denied, "not_admin", "A key is nobody who could act as somebody else"};
        co_return refuse(nobody, request);
    }
    const auto id = id_in_path(request, "user_id");
    if (!id) co_return refuse(id.error(), request);
    const auto body = read_body(request, {"reason"});
    if (!body) co_return refuse(body.error(), request);
    const UserId by = *actor->user_id;
    const auto issued = co_await auth.people().impersonation().begin(std::move(*actor), UserId{*id},
                                                                     json::text_member(*body, "reason"));
    if (!issued) co_return refuse(issued.error(), request);
    co_return impersonation_response(*issued, by);
}

http::RouteOptions people_options(std::string id, std::string summary, std::vector<std::string> reasons) {
    reasons.insert(reasons.begin(), {"401 no_authorization", "403 bad_jwt", "403 session_not_found"});
    return {.operation_id = std::move(id),
            .summary = std::move(summary),
            .tag = "auth",
            .error_reasons = std::move(reasons),
            .rate_bucket = "sensitive"};
}

}  // namespace

void mount_people(http::Router& router, AuthService& auth) {
    router.route(
        http::Method::delete_, "/auth/v1/user",
        [&auth](http::Request& request) { return delete_own_user(auth, request); },
        people_options("auth_delete_user", "Deletes the caller's account in 14 days, and ends its sessions",
                       {"403 insufficient_aal", "400 reauthentication_needed", "400 current_password_invalid",
                        "409 last_administrator", "422 reauthentication_not_valid"}));
    router.route(
        http::Method::post, "/auth/v1/user/restore",
        [&auth](http::Request& request) { return post_restore(auth, request); },
        people_options("auth_restore_user", "Keeps an account that was to be deleted", {}));
    router.route(
        http::Method::post, "/auth/v1/admin/users/{user_id}/impersonate",
        [&auth](http::Request& request) { return post_impersonate(auth, request); },
        people_options("auth_impersonate", "A short session as somebody else, with the claim act; needs a reason",
                       {"400 validation_failed", "403 permission_required", "403 cannot_impersonate_administrator",
                        "403 insufficient_aal", "404 user_not_found"}));
}

}  // namespace tt::auth::api
