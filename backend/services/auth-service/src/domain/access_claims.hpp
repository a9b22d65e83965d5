#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

struct AccessClaims {
    std::string issuer;
    platform::Uuid user_id;
    platform::Uuid session_id;
    platform::Uuid token_id;
    std::string email;
    std::string phone;
    bool is_anonymous = false;
    std::string app_metadata;                   // JSON text
    std::string user_metadata;                  // JSON text
    std::vector<std::string> claims_include{};  // its members that the token carries; empty: all
    std::string aal;
    std::string amr;  // JSON text
    platform::Time authenticated_at{};
    platform::Time issued_at{};
    platform::Time expires_at{};
    // What only some sessions have; absent from the token when empty.
    std::string org_id{};
    std::string org_role{};
    std::string act_user{};
    std::string client_id{};
    std::optional<std::string> scope{};      // of a token that is another program's
    std::vector<std::string> permissions{};  // what the roles of app_metadata allow together
};

/// The claims of auth.md §1.12 plus jti, auth_time, org_id, org_role and act (RFC 8693 §4.1). With a scope, of all that
/// only what /oauth/userinfo needs: who the person is the program asks there, within what they agreed to. Pure.
boost::json::object access_claims(const AccessClaims& input);

/// `[{"method": …, "timestamp": …}]`, the newest first.
std::string authentication_methods(const std::string& method, platform::Time at);
/// The same list with one more proof at its head.
std::string with_authentication_method(const std::string& methods, const std::string& method, platform::Time at);
/// Whether one of the proofs is `method`.
bool has_authentication_method(const std::string& methods, std::string_view method);

}  // namespace tt::auth
