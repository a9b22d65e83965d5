#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

Error no_such_session() {
    return Error{Code::not_found, "session_not_found", "There is no such session"};
}

Task<http::Response> get_sessions_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_read, "");
    if (!target) co_return refuse(target.error(), request);
    boost::json::array list;
    for (const SessionView& session : co_await auth.sessions().list(target->user_id)) {
        list.push_back(device_json(session, false));
    }
    http::Response response = http::json_response(200, boost::json::serialize(list));
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

Task<http::Response> delete_session_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_manage, "session_id");
    if (!target) co_return refuse(target.error(), request);
    AuditEntry entry = by(target->actor, action::session_revoked, target->user_id);
    const bool is_ended =
        co_await auth.sessions().end_one(target->user_id, SessionId{target->item_id}, std::move(entry));
    if (!is_ended) co_return refuse(no_such_session(), request);
    co_return http::empty(204);
}

Task<http::Response> delete_sessions_of(AuthService& auth, http::Request& request) {
    const auto target = co_await admin_target(auth, request, permission::users_manage, "");
    if (!target) co_return refuse(target.error(), request);
    AuditEntry entry = by(target->actor, action::session_revoked, target->user_id);
    co_await auth.sessions().end_every(target->user_id, std::move(entry));
    co_return http::empty(204);
}

http::RouteOptions admin_session_options(std::string id, std::string summary) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth-admin";
    made.error_reasons = {"401 no_authorization", "403 not_admin", "403 insufficient_aal"};
    return made;
}

}  // namespace

void mount_admin_sessions(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::string sessions = "/auth/v1/admin/users/{user_id}/sessions";
    router.route(
        Method::get, sessions, [&auth](http::Request& request) { return get_sessions_of(auth, request); },
        admin_session_options("auth_admin_list_sessions", "Where a person is signed in"));
    router.route(
        Method::delete_, sessions, [&auth](http::Request& request) { return delete_sessions_of(auth, request); },
        admin_session_options("auth_admin_end_sessions", "Signs a person out everywhere"));
    router.route(
        Method::delete_, sessions + "/{session_id}",
        [&auth](http::Request& request) { return delete_session_of(auth, request); },
        admin_session_options("auth_admin_end_session", "Ends one session of a person"));
}

}  // namespace tt::auth::api
