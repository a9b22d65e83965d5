#include "platform/json/member.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

Task<http::Response> get_user(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const std::string_view audience = request.header("x-jwt-aud");
    if (!audience.empty() && audience != "authenticated") {
        const Error error{Code::invalid_argument, "validation_failed", "Token audience doesn't match request audience"};
        co_return refuse(error, request);
    }
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

std::optional<std::string> given(const bj::object& body, std::string_view name) {
    const std::string value = json::text_member(body, name);
    return value.empty() ? std::nullopt : std::optional(value);
}

Result<UserChange> read_change(const bj::object& body, const http::Request& request, const AuthConfig& config) {
    const bj::value* app_metadata = body.if_contains("app_metadata");
    if (app_metadata && !app_metadata->is_null()) {
        return Error{Code::permission_denied, "not_admin", "Updating app_metadata requires admin privileges"};
    }
    auto data = object(body, "data");
    if (!data) return data.error();
    auto pkce = read_pkce(body, config);
    if (!pkce) return pkce.error();
    UserChange change{.email = given(body, "email"),
                      .phone = given(body, "phone"),
                      .password = given(body, "password"),
                      .current_password = given(body, "current_password"),
                      .nonce = given(body, "nonce"),
                      .flow = {redirect_of(request, config), std::move(*pkce)}};
    if (!data->empty()) change.data = std::move(*data);
    if (const auto channel = given(body, "channel")) change.channel = *channel;
    if (change.channel != "sms" && change.channel != "whatsapp") {
        return Error{Code::invalid_argument, "validation_failed",
                     "Invalid channel, supported values are 'sms' or 'whatsapp'"};
    }
    return change;
}

Task<http::Response> put_user(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"email", "phone", "password", "current_password", "nonce", "channel",
                                          "code_challenge", "code_challenge_method"});
    if (!body) co_return refuse(body.error(), request);
    auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    auto change = read_change(*body, request, auth.config());
    if (!change) co_return refuse(change.error(), request);
    const auto changed =
        co_await auth.account_changes().change(*caller, std::move(*view), std::move(*change), device_of(request));
    if (!changed) co_return refuse(changed.error(), request);
    co_return user_response(*changed);
}

Task<http::Response> delete_email_change(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    const auto changed = co_await auth.account_changes().cancel_email_change(*caller, device_of(request));
    if (!changed) co_return refuse(changed.error(), request);
    co_return user_response(*changed);
}

Task<http::Response> delete_identity(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto identity_id = request.uuid_param("identity_id");
    if (!identity_id) {
        co_return refuse(Error{Code::not_found, "validation_failed", "identity_id must be an UUID"}, request);
    }
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    if (!auth.config().linking.manual) {
        co_return refuse(Error{Code::not_found, "manual_linking_disabled", "Manual linking is disabled"}, request);
    }
    const auto unlinked = co_await auth.account_changes().unlink(*caller, *identity_id, device_of(request));
    if (!unlinked) co_return refuse(unlinked.error(), request);
    co_return http::json_response(200, "{}");
}

std::optional<LogoutScope> scope_of(const http::Request& request) {
    const std::string scope = request.query_param("scope").value_or("global");
    if (scope == "global" || scope.empty()) return LogoutScope::global;
    if (scope == "local") return LogoutScope::local;
    if (scope == "others") return LogoutScope::others;
    return std::nullopt;
}

Task<http::Response> post_logout(AuthService& auth, http::Request& request) {
    auto caller = caller_of(request);
    if (!caller) {
        // Whoever wants to go may, also with a token that has run out.
        const auto late = caller_of_expired(request, auth);
        if (!late) co_return refuse(caller.error(), request);
        caller = *late;
    }
    const auto scope = scope_of(request);
    if (!scope) {
        const Error error{Code::invalid_argument, "validation_failed",
                          "Unsupported logout scope \"" + request.query_param("scope").value_or("") + "\""};
        co_return refuse(error, request);
    }
    co_await auth.sessions().end(caller->user_id, caller->session_id, *scope, device_of(request));
    co_return http::empty(204);
}

Task<http::Response> get_sessions(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    bj::array list;
    for (const SessionView& session : co_await auth.sessions().list(caller->user_id)) {
        list.push_back(device_json(session, session.id == caller->session_id));
    }
    http::Response response = http::json_response(200, bj::serialize(list));
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

Task<http::Response> delete_session(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    const auto id = request.uuid_param("id");
    const Device device = device_of(request);
    AuditEntry entry{
        .action = action::session_revoked, .actor = caller->user_id, .ip = device.ip, .user_agent = device.user_agent};
    const bool is_ended = id && co_await auth.sessions().end_one(caller->user_id, SessionId{*id}, std::move(entry));
    if (!is_ended) {
        co_return refuse(Error{Code::not_found, "session_not_found", "There is no such session"}, request);
    }
    co_return http::empty(204);
}

const std::vector<std::string> bearer_reasons{"401 no_authorization", "403 bad_jwt", "403 session_not_found",
                                              "403 user_not_found", "403 user_banned"};

http::RouteOptions account_route(std::string id, std::string summary, std::vector<std::string> reasons = {}) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth";
    made.error_reasons = bearer_reasons;
    for (std::string& reason : reasons) made.error_reasons.push_back(std::move(reason));
    return made;
}

void mount_user(http::Router& router, AuthService& auth) {
    router.route(
        http::Method::get, "/auth/v1/user", [&auth](http::Request& request) { return get_user(auth, request); },
        account_route("auth_get_user", "The signed-in person (GoTrue)"));
    router.route(
        http::Method::put, "/auth/v1/user", [&auth](http::Request& request) { return put_user(auth, request); },
        account_route(
            "auth_put_user", "Changes data, password or an address (GoTrue)",
            {"403 not_admin", "401 insufficient_aal", "422 weak_password", "422 same_password", "422 email_exists",
             "422 phone_exists", "422 reauthentication_not_valid", "400 reauthentication_needed",
             "400 current_password_required", "400 current_password_invalid", "400 validation_failed"}));
    router.route(
        http::Method::delete_, "/auth/v1/user/email-change",
        [&auth](http::Request& request) { return delete_email_change(auth, request); },
        account_route("auth_cancel_email_change", "Takes back a new address that is not confirmed yet"));
    router.route(
        http::Method::delete_, "/auth/v1/user/identities/{identity_id}",
        [&auth](http::Request& request) { return delete_identity(auth, request); },
        account_route("auth_unlink_identity", "Takes one of several ways to sign in away (GoTrue)",
                      {"404 manual_linking_disabled", "422 single_identity_not_deletable", "422 identity_not_found",
                       "422 email_conflict_identity_not_deletable", "403 insufficient_aal",
                       "403 not_while_impersonating", "400 reauthentication_needed"}));
}

}  // namespace

void mount_account(http::Router& router, AuthService& auth) {
    mount_user(router, auth);
    router.route(http::Method::post, "/auth/v1/logout",
                 [&auth](http::Request& request) { return post_logout(auth, request); },
                 {.operation_id = "auth_logout",
                  .summary = "Ends sessions: scope global, local or others (GoTrue)",
                  .tag = "auth",
                  .error_reasons = {"401 no_authorization", "403 bad_jwt", "400 validation_failed"}});
    router.route(
        http::Method::get, "/auth/v1/sessions", [&auth](http::Request& request) { return get_sessions(auth, request); },
        account_route("auth_sessions", "Where the person is signed in"));
    router.route(
        http::Method::delete_, "/auth/v1/sessions/{id}",
        [&auth](http::Request& request) { return delete_session(auth, request); },
        account_route("auth_end_session", "Signs one device out", {"404 session_not_found"}));
}

}  // namespace tt::auth::api
