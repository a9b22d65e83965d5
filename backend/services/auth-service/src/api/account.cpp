#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {
namespace {

Task<http::Response> get_user(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

std::optional<std::string> given(const boost::json::object& body, std::string_view name) {
    const std::string value = text(body, name);
    return value.empty() ? std::nullopt : std::optional(value);
}

Task<http::Response> put_user(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"email", "password", "current_password"});
    if (!body) co_return refuse(body.error(), request);
    if (body->contains("app_metadata")) {
        const Error error{Code::permission_denied, "not_admin", "Updating app_metadata requires admin privileges"};
        co_return refuse(error, request);
    }
    auto data = object(*body, "data");
    if (!data) co_return refuse(data.error(), request);
    UserChange change{given(*body, "email"), given(*body, "password"), given(*body, "current_password"), std::nullopt};
    if (!data->empty()) change.data = std::move(*data);
    const auto view = co_await auth.accounts().change(*caller, std::move(change));
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

std::optional<LogoutScope> scope_of(const http::Request& request) {
    const std::string scope = request.query_param("scope").value_or("global");
    if (scope == "global") return LogoutScope::global;
    if (scope == "local") return LogoutScope::local;
    if (scope == "others") return LogoutScope::others;
    return std::nullopt;
}

Task<http::Response> post_logout(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto scope = scope_of(request);
    if (!scope) {
        const Error error{Code::invalid_argument, "validation_failed", "Unsupported logout scope"};
        co_return refuse(error, request);
    }
    co_await auth.sessions().end(caller->user_id, caller->session_id, *scope);
    co_return http::empty(204);
}

}  // namespace

void mount_account(http::Router& router, AuthService& auth) {
    const std::vector<std::string> reasons{"401 no_authorization", "403 bad_jwt", "403 session_not_found",
                                           "403 user_not_found"};
    router.route(http::Method::get, "/auth/v1/user",
                 [&auth](http::Request& request) { return get_user(auth, request); },
                 {.operation_id = "auth_get_user",
                  .summary = "The signed-in person (GoTrue)",
                  .tag = "auth",
                  .error_reasons = reasons});
    router.route(
        http::Method::put, "/auth/v1/user", [&auth](http::Request& request) { return put_user(auth, request); },
        {.operation_id = "auth_put_user",
         .summary = "Changes data or password (GoTrue)",
         .tag = "auth",
         .error_reasons = {"401 no_authorization", "403 bad_jwt", "403 not_admin", "422 weak_password",
                           "422 same_password", "400 current_password_required", "400 current_password_invalid"}});
    router.route(http::Method::post, "/auth/v1/logout",
                 [&auth](http::Request& request) { return post_logout(auth, request); },
                 {.operation_id = "auth_logout",
                  .summary = "Ends sessions: scope global, local or others (GoTrue)",
                  .tag = "auth",
                  .error_reasons = {"401 no_authorization", "403 bad_jwt", "400 validation_failed"}});
}

}  // namespace tt::auth::api
