#pragma once

#include "platform/http/router.hpp"
#include "services/auth-service/src/service.hpp"

namespace tt::auth::api {

/// /factors[/{factor_id}[/challenge|/verify]]
void mount_factors(http::Router& router, AuthService& auth);
/// /factors/recovery-codes[/verify|/regenerate]
void mount_recovery_codes(http::Router& router, AuthService& auth);
/// /passkeys[/{passkey_id}], /passkeys/{registration|authentication}/{options|verify}
void mount_passkeys(http::Router& router, AuthService& auth);
/// /admin/users/{user_id}/factors[/{factor_id}], /admin/users/{user_id}/passkeys[/{passkey_id}]
void mount_admin_factors(http::Router& router, AuthService& auth);

/// Options of a route of second factors; a caller's token is needed unless it is_public.
http::RouteOptions mfa_options(std::string id, std::string summary, std::vector<std::string> reasons,
                               bool is_public = false);
/// The body's member as an id. Errors: validation_failed (400) when it is missing or none.
Result<Uuid> id_in_body(const boost::json::object& body, std::string_view name);
/// The list of a person's passkeys, and one of it.
boost::json::object passkey_json(const CredentialRow& passkey);
http::Response passkeys_response(const std::vector<CredentialRow>& passkeys);
/// Never to be cached.
http::Response private_json(const boost::json::value& body);

}  // namespace tt::auth::api
