#pragma once

#include "platform/http/request.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt {

/// Who is calling, as proven by the verified token; attached to the request by middleware/authenticate.
struct Principal {
    std::string role = "anon";      ///< database role: anon, authenticated or service_role
    std::optional<UserId> user_id;  ///< present exactly when role is authenticated
    std::string email;
    std::string display_name;  ///< user_metadata.display_name, or its name
    std::string session_id;
    std::vector<std::string> roles;  ///< app_metadata.roles: admin, instructor, marketer, support, student, custom ones
    std::vector<std::string> permissions{};  ///< what the roles allow together; "*" is everything
    std::optional<UserId> acting{};          ///< claim act: who acts as this person; pages show a banner
    std::optional<Uuid> org_id{};            ///< the organisation the session is in
    std::string org_role{};                  ///< owner, admin, member; "" without an organisation
    std::string claims_json;                 ///< all claims, for request.jwt.claims

    /// `permission` is a word of shared/types/permissions.hpp.
    bool may(std::string_view permission) const;
};

/// The caller; anonymous when no middleware attached one.
const Principal& principal(const http::Request& request);

/// The signed-in user. Error: unauthenticated (401).
Result<UserId> require_user(const http::Request& request);

/// A signed-in user who holds `role`. Errors: unauthenticated (401), role_required (403).
Result<UserId> require_role(const http::Request& request, std::string_view role);

/// A signed-in user whose roles allow `permission`. Errors: unauthenticated (401), permission_required (403).
Result<UserId> require_permission(const http::Request& request, std::string_view permission);

/// Another service or an operator's service_role key. Errors: unauthenticated (401), service_role_required (403).
Result<void> require_service(const http::Request& request);

}  // namespace tt
