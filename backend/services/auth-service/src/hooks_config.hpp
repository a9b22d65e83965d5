#pragma once

#include "platform/config/config.hpp"

#include <boost/describe/class.hpp>
#include <string>

namespace tt::auth {

/// Section [auth_hooks]: code of the operator that decides or is told at certain points. A `…_uri` is
/// `pg-functions://postgres/schema/function` (takes and returns jsonb; svc_auth needs EXECUTE), an https address, or,
/// in development, an http address of this machine. Empty: no hook. `…_secrets` sign what goes to an address:
/// `v1,whsec_…`, several separated by `|` while one is replaced by another.
struct HooksConfig {
    std::string before_user_created_uri;
    platform::config::Secret before_user_created_secrets;
    std::string after_user_created_uri;
    platform::config::Secret after_user_created_secrets;
    std::string custom_access_token_uri;
    platform::config::Secret custom_access_token_secrets;
    std::string send_email_uri;
    platform::config::Secret send_email_secrets;
    std::string send_sms_uri;
    platform::config::Secret send_sms_secrets;
    std::string mfa_verification_attempt_uri;
    platform::config::Secret mfa_verification_attempt_secrets;
    std::string password_verification_attempt_uri;
    platform::config::Secret password_verification_attempt_secrets;
    std::string before_mfa_enroll_uri;
    platform::config::Secret before_mfa_enroll_secrets;
    /// Milliseconds for all tries of one call together, and between two tries (auth.md §1.14).
    unsigned timeout_ms = 5000;
    unsigned retry_pause_ms = 2000;
    unsigned sql_timeout_ms = 2000;
};
BOOST_DESCRIBE_STRUCT(HooksConfig, (),
                      (before_user_created_uri, before_user_created_secrets, after_user_created_uri,
                       after_user_created_secrets, custom_access_token_uri, custom_access_token_secrets, send_email_uri,
                       send_email_secrets, send_sms_uri, send_sms_secrets, mfa_verification_attempt_uri,
                       mfa_verification_attempt_secrets, password_verification_attempt_uri,
                       password_verification_attempt_secrets, before_mfa_enroll_uri, before_mfa_enroll_secrets,
                       timeout_ms, retry_pause_ms, sql_timeout_ms))

}  // namespace tt::auth
