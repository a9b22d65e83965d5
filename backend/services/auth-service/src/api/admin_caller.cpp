#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/people.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {
namespace {

Error not_admin() {
    return Error{Code::permission_denied, "not_admin", "User not allowed"};
}

/// In the words of require_permission().
Error permission_required(std::string_view permission) {
    return Error{Code::permission_denied, "permission_required",
                 "This needs the permission " + std::string(permission) + "."};
}

bool is_key(const Principal& who) {
    return who.role == "service_role" || who.role == "supabase_admin";
}

AdminActor key_holder(const http::Request& request) {
    return {
        .user_id = std::nullopt, .device = device_of(request), .permissions = {std::string(permission::everything)}};
}

AdminActor person_of(const http::Request& request, UserId user_id) {
    return {.user_id = user_id, .device = device_of(request), .permissions = principal(request).permissions};
}

}  // namespace

Task<Result<AdminActor>> require_admin(AuthService& auth, const http::Request& request, std::string_view permission) {
    const auto token = check_bearer(request);
    if (!token) co_return token.error();
    const Principal& who = principal(request);
    if (is_key(who)) co_return key_holder(request);
    if (!who.may(permission)) co_return not_admin();
    const auto caller = caller_of(request);
    if (!caller) co_return caller.error();
    auto actor = co_await auth.administration().admit(*caller, person_of(request, caller->user_id));
    if (actor && !actor->holds(permission)) co_return not_admin();
    co_return actor;
}

Task<Result<AdminActor>> require_permitted(AuthService& auth, const http::Request& request,
                                           std::string_view permission) {
    if (is_key(principal(request))) co_return key_holder(request);
    const auto allowed = require_permission(request, permission);
    if (!allowed) co_return allowed.error();
    const auto caller = require_session(request);
    if (!caller) co_return caller.error();
    auto actor = co_await auth.administration().admit(*caller, person_of(request, caller->user_id));
    if (actor && !actor->holds(permission)) co_return permission_required(permission);
    co_return actor;
}

Result<Uuid> id_in_path(const http::Request& request, std::string_view name) {
    if (const auto id = request.uuid_param(name)) return *id;
    return Error{Code::not_found, "validation_failed", std::string(name) + " must be an UUID"};
}

Task<Result<AdminTarget>> admin_target(AuthService& auth, const http::Request& request, std::string_view permission,
                                       std::string_view item) {
    auto actor = co_await require_admin(auth, request, permission);
    if (!actor) co_return actor.error();
    const auto user_id = id_in_path(request, "user_id");
    if (!user_id) co_return user_id.error();
    AdminTarget target{std::move(*actor), UserId{*user_id}, {}};
    if (item.empty()) co_return target;
    const auto item_id = id_in_path(request, item);
    if (!item_id) co_return item_id.error();
    target.item_id = *item_id;
    co_return target;
}

}  // namespace tt::auth::api
