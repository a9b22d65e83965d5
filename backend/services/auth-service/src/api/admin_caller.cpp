#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <algorithm>

namespace tt::auth::api {
namespace {

Error not_admin() {
    return Error{Code::permission_denied, "not_admin", "User not allowed"};
}

}  // namespace

Task<Result<AdminActor>> require_admin(AuthService& auth, const http::Request& request) {
    const auto token = check_bearer(request);
    if (!token) co_return token.error();
    const Principal& who = principal(request);
    AdminActor actor{.user_id = std::nullopt, .device = device_of(request)};
    if (who.role == "service_role" || who.role == "supabase_admin") co_return actor;
    const bool has_role = std::find(who.roles.begin(), who.roles.end(), "admin") != who.roles.end();
    if (!has_role) co_return not_admin();
    const auto caller = caller_of(request);
    if (!caller) co_return caller.error();
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return view.error();
    const auto session = co_await auth.sessions().find(caller->user_id, caller->session_id);
    if (!session || session->act_user) co_return not_admin();  // whoever acts as an administrator is none
    if (view->has_second_factor() && session->aal != "aal2") {
        co_return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required to administer accounts"};
    }
    actor.user_id = caller->user_id;
    co_return actor;
}

Result<Uuid> id_in_path(const http::Request& request, std::string_view name) {
    if (const auto id = request.uuid_param(name)) return *id;
    return Error{Code::not_found, "validation_failed", std::string(name) + " must be an UUID"};
}

Task<Result<AdminTarget>> admin_target(AuthService& auth, const http::Request& request, std::string_view item) {
    auto actor = co_await require_admin(auth, request);
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
