#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace tt::auth {

struct AccessClaims {
    std::string issuer;
    platform::Uuid user_id;
    platform::Uuid session_id;
    platform::Uuid token_id;
    std::string email;
    std::string app_metadata;   // JSON text
    std::string user_metadata;  // JSON text
    std::string aal;
    std::string amr;  // JSON text
    platform::Time authenticated_at{};
    platform::Time issued_at{};
    platform::Time expires_at{};
};

/// The claims of auth.md §1.12 plus jti and auth_time. Pure.
boost::json::object access_claims(const AccessClaims& input);

/// `[{"method": …, "timestamp": …}]`, the newest first.
std::string authentication_methods(const std::string& method, platform::Time at);

}  // namespace tt::auth
