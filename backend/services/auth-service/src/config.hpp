#pragma once

#include "services/auth-service/src/hooks_config.hpp"

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// Section [auth]. Defaults are the strict ones; `./tt up` sets autoconfirm.
struct AuthConfig {
    /// Whether sign-up signs in at once. False: an address must be confirmed by mail first.
    bool autoconfirm = false;
    /// Public address of the main site, without a slash at the end; links in mails start with it, and the issuer of
    /// the tokens is site_url + "/auth/v1".
    std::string site_url = "http://127.0.0.1:8000";
    /// Origins that redirect_to may name besides site_url, e.g. the academy's.
    std::vector<std::string> redirect_origins{};
    bool is_signup_open = true;
    /// Characters; NIST 800-63B-4 asks for 8 with, 15 without a second factor.
    unsigned password_min = 8;
    /// Seconds. Short, because a token cannot be called back.
    unsigned access_token_s = 900;
    /// Seconds a session lives without being refreshed, and at most.
    unsigned refresh_idle_s = 7 * 86400;
    unsigned refresh_absolute_s = 30 * 86400;
    /// Whether only the newest session of a person can be refreshed.
    bool single_session = false;
    /// Seconds an aal1 session may be refreshed by somebody who has a second factor; 0: as long as any other.
    unsigned low_aal_s = 0;
    /// Seconds an older refresh token is still answered with the current one: parallel tabs, lost answers.
    unsigned refresh_reuse_s = 10;
    /// Seconds a mailed code and a mailed link are good for (ASVS 6.5.5: codes 10 minutes).
    unsigned code_s = 600;
    unsigned link_s = 3600;
    /// Seconds between two mails of one kind to one person.
    unsigned mail_gap_s = 60;
    /// Seconds after signing in during which the password may be changed without the old one.
    unsigned fresh_sign_in_s = 600;

    /// Whether hooks and identity providers may be on this machine, also without TLS. Never in production.
    bool calls_loopback = false;
    /// Sections of their own.
    HooksConfig hooks{};

    std::string issuer() const { return site_url + "/auth/v1"; }
};
BOOST_DESCRIBE_STRUCT(AuthConfig, (),
                      (autoconfirm, site_url, redirect_origins, is_signup_open, password_min, access_token_s,
                       refresh_idle_s, refresh_absolute_s, single_session, low_aal_s, refresh_reuse_s, code_s, link_s,
                       mail_gap_s, fresh_sign_in_s, calls_loopback))

}  // namespace tt::auth
