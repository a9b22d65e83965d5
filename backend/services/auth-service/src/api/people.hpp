#pragma once

#include "platform/http/router.hpp"
#include "services/auth-service/src/service.hpp"

namespace tt::auth::api {

/// require_admin (api/admin.hpp) for our own routes. Errors: unauthenticated (401), permission_required (403), and
/// those of Administration::admit.
Task<Result<AdminActor>> require_permitted(AuthService& auth, const http::Request& request,
                                           std::string_view permission);

/// /api/v1/roles[/{name}], /api/v1/users/{id}/roles
void mount_roles(http::Router& router, AuthService& auth);
/// POST /auth/v1/admin/users/{user_id}/impersonate, DELETE /auth/v1/user, POST /auth/v1/user/restore
void mount_people(http::Router& router, AuthService& auth);
/// What other services ask: /internal/v1/accounts/{id}, /internal/v1/personal-data/account
void mount_directory(http::Router& router, AuthService& auth);

}  // namespace tt::auth::api
