#pragma once

#include "platform/http/router.hpp"
#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/service.hpp"
#include "shared/types/permissions.hpp"

namespace tt::auth::api {

/// Who may do what needs `permission` (shared/types/permissions.hpp): the service key, or a person whose roles allow
/// it. Errors, in GoTrue's words: no_authorization (401), bad_jwt, not_admin (403), and those of Administration::admit.
Task<Result<AdminActor>> require_admin(AuthService& auth, const http::Request& request,
                                       std::string_view permission = permission::everything);

/// The id in the path. Error: validation_failed (404), GoTrue's words.
Result<Uuid> id_in_path(const http::Request& request, std::string_view name);

/// A person in the path, one thing of theirs, and who asks for it.
struct AdminTarget {
    AdminActor actor;
    UserId user_id;
    Uuid item_id;
};

/// `item` names the second id of the path, or is "". Errors: those of both above.
Task<Result<AdminTarget>> admin_target(AuthService& auth, const http::Request& request, std::string_view permission,
                                       std::string_view item);

/// /admin/users[/{user_id}]
void mount_admin_users(http::Router& router, AuthService& auth);
/// /admin/users/{user_id}/sessions[/{session_id}]
void mount_admin_sessions(http::Router& router, AuthService& auth);
/// /admin/generate_link, /invite
void mount_admin_links(http::Router& router, AuthService& auth);
/// /admin/audit, /api/v1/audit[/export|/verify]
void mount_audit(http::Router& router, AuthService& auth);

}  // namespace tt::auth::api
