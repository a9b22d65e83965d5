#include "platform/json/member.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

/// The body's redirect_to when it may be led to, else what the query, the header or the site say.
std::string redirect_of_link(const http::Request& request, const AuthConfig& config, const std::string& wanted) {
    const auto allowed = wanted.empty() ? std::nullopt : allowed_redirect(wanted, redirect_rules(config));
    return allowed ? *allowed : redirect_of(request, config);
}

Task<http::Response> post_generate_link(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_manage);
    if (!actor) co_return refuse(actor.error(), request);
    const auto body = read_body(request, {"type", "email", "new_email", "password", "redirect_to"});
    if (!body) co_return refuse(body.error(), request);
    auto data = object(*body, "data");
    if (!data) co_return refuse(data.error(), request);
    LinkWish wish{.type = json::text_member(*body, "type"), .email = json::text_member(*body, "email")};
    wish.new_email = json::text_member(*body, "new_email");
    wish.password = json::text_member(*body, "password");
    wish.data = std::move(*data);
    wish.redirect_to = redirect_of_link(request, auth.config(), json::text_member(*body, "redirect_to"));
    const std::string redirect_to = wish.redirect_to;
    const auto made = co_await auth.administration().links().generate(*actor, std::move(wish));
    if (!made) co_return refuse(made.error(), request);
    boost::json::object answer = user_json(made->view);
    answer["action_link"] = made->link.action_link;
    answer["email_otp"] = made->link.secret.code;
    answer["hashed_token"] = made->link.secret.link;
    answer["verification_type"] = made->verification_type;
    answer["redirect_to"] = redirect_to;
    auto response = http::json_response(200, boost::json::serialize(answer));
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

Task<http::Response> post_invite(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_manage);
    if (!actor) co_return refuse(actor.error(), request);
    const auto body = read_body(request, {"email"});
    if (!body) co_return refuse(body.error(), request);
    auto data = object(*body, "data");
    if (!data) co_return refuse(data.error(), request);
    const auto view = co_await auth.administration().links().invite(
        *actor, json::text_member(*body, "email"), std::move(*data), redirect_of(request, auth.config()));
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

}  // namespace

void mount_admin_links(http::Router& router, AuthService& auth) {
    const std::vector<std::string> reasons{"401 no_authorization", "403 not_admin", "400 validation_failed",
                                           "404 user_not_found", "422 email_exists"};
    router.route(http::Method::post, "/auth/v1/admin/generate_link",
                 [&auth](http::Request& request) { return post_generate_link(auth, request); },
                 {.operation_id = "auth_admin_generate_link",
                  .summary = "The link and code of a mail that is not sent (GoTrue)",
                  .tag = "auth-admin",
                  .error_reasons = reasons});
    router.route(http::Method::post, "/auth/v1/invite",
                 [&auth](http::Request& request) { return post_invite(auth, request); },
                 {.operation_id = "auth_invite",
                  .summary = "Makes an account and mails an invitation (GoTrue)",
                  .tag = "auth-admin",
                  .error_reasons = reasons});
}

}  // namespace tt::auth::api
