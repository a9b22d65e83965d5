#pragma once

#include <boost/describe/class.hpp>

namespace tt::auth {

/// Section [auth_limits]: how many requests; per whom and in which time stands in `limit_rules` (limits.hpp).
struct AuthLimits {
    unsigned sign_in = 30;
    unsigned sign_up = 30;
    unsigned anonymous_sign_up = 30;
    unsigned mail = 10;
    unsigned verify = 30;
    unsigned mfa = 15;
    unsigned federated = 30;
    unsigned change = 30;
    unsigned refresh = 60;
    unsigned admin = 600;
    unsigned passkey_options = 120;

    /// The same for a machine on which people try things out and tests run.
    static AuthLimits relaxed(unsigned factor);
};
BOOST_DESCRIBE_STRUCT(AuthLimits, (),
                      (sign_in, sign_up, anonymous_sign_up, mail, verify, mfa, federated, change, refresh, admin,
                       passkey_options))

}  // namespace tt::auth
