#pragma once

#include <boost/describe/class.hpp>
#include <string>

namespace tt::auth {

/// Section [auth_oauth]: this platform as the sign-in page of other programs (OAuth 2.1, OpenID Connect).
struct OauthConfig {
    bool is_server_enabled = true;
    /// Whether programs may register themselves (RFC 7591). Nobody has looked at them then.
    bool allow_dynamic_registration = false;
    /// Page of the site that asks people for their consent; it is given ?authorization_id=….
    std::string consent_path = "/oauth/consent";
    /// Seconds a request for consent and an authorization code are good for (RFC 6749 §4.1.2: ten minutes at most).
    unsigned authorization_s = 600;
    unsigned code_s = 60;
    std::string default_scope = "email";
};
BOOST_DESCRIBE_STRUCT(OauthConfig, (),
                      (is_server_enabled, allow_dynamic_registration, consent_path, authorization_s, code_s,
                       default_scope))

}  // namespace tt::auth
