#pragma once

#include "platform/http/request.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt {

/// Who is calling, as proven by the verified token; attached to the request by middleware/authenticate.
struct Principal {
    std::string role = "anon";      ///< database role: anon, authenticated or service_role
    std::optional<UserId> user_id;  ///< present exactly when role is authenticated
    std::string email;
    std::string display_name;  ///< user_metadata.display_name, or its name
    std::string session_id;
    std::vector<std::string> roles;  ///< app_metadata.roles: admin, instructor, marketer, support, student
    std::string claims_json;         ///< all claims, for request.jwt.claims
};

/// The caller; anonymous when no middleware attached one.
const Principal& principal(const http::Request& request);

/// The signed-in user. Error: unauthenticated (401).
Result<UserId> require_user(const http::Request& request);

/// A signed-in user who holds `role`. Errors: unauthenticated (401), role_required (403).
Result<UserId> require_role(const http::Request& request, std::string_view role);

/// Another service or an operator's service_role key. Errors: unauthenticated (401), service_role_required (403).
Result<void> require_service(const http::Request& request);

}  // namespace tt
