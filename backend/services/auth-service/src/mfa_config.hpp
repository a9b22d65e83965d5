#pragma once

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// Section [auth_mfa]: second factors, passkeys and who must have them. Defaults are those of the profile "production".
struct MfaConfig {
    /// The kinds of factor that may be set up and used. Codes sent to a phone can be taken over with its number.
    bool totp = true;
    bool phone = false;
    bool webauthn = true;
    bool recovery_codes = true;
    bool passkeys = true;
    /// Whether a passkey whose authenticator verified the person (PIN, finger, face) is two factors in one: aal2.
    bool passkey_is_aal2 = true;
    /// Whom WebAuthn credentials are made for: the host of site_url when empty ("localhost" for an IP address, on which
    /// browsers refuse to make any), and all origins of the sites on that host or below it.
    std::string rp_id{};
    std::string rp_name = "TrendTactics";
    std::vector<std::string> rp_origins{};
    /// Factors of a person, set up or not, and passkeys; as upstream.
    unsigned max_factors = 10;
    unsigned max_passkeys = 10;
    /// Seconds a question to a factor or passkey waits for its answer.
    unsigned challenge_s = 300;
    /// Seconds after which a factor that was never set up completely makes room for another.
    unsigned enrolment_s = 300;
    /// Steps of 30 seconds that the clock of an authenticator app may be behind and ahead (ASVS 6.5.5).
    unsigned totp_past = 1;
    unsigned totp_future = 0;
    /// Roles that count only in an aal2 session, with every role that allows everything; none: no role does. And
    /// seconds a person may still use them without a second factor, counted from the first sign-in with such a role.
    std::vector<std::string> required_roles{"admin"};
    unsigned grace_s = 7 * 86400;
};
BOOST_DESCRIBE_STRUCT(MfaConfig, (),
                      (totp, phone, webauthn, recovery_codes, passkeys, passkey_is_aal2, rp_id, rp_name, rp_origins,
                       max_factors, max_passkeys, challenge_s, enrolment_s, totp_past, totp_future, required_roles,
                       grace_s))

}  // namespace tt::auth
