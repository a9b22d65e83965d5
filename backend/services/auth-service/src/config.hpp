#pragma once

#include "platform/core/allowed_peers.hpp"
#include "services/auth-service/src/audit_config.hpp"
#include "services/auth-service/src/hooks_config.hpp"
#include "services/auth-service/src/limits_config.hpp"
#include "services/auth-service/src/mfa_config.hpp"
#include "services/auth-service/src/oauth_config.hpp"
#include "services/auth-service/src/providers_config.hpp"

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// Names the defaults of all that follows: "production", "development" or "upstream-conformance" (the laxer ones that
/// the clients' own test suite was written for). Read first.
struct AuthProfile {
    std::string profile = "production";
};
BOOST_DESCRIBE_STRUCT(AuthProfile, (), (profile))

/// Section [auth]. Defaults are those of the profile "production"; the others are in host_config.cpp.
struct AuthConfig : AuthProfile {
    /// Whether sign-up signs in at once. False: an address must be confirmed by mail first.
    bool autoconfirm = false;
    /// The ways in. A phone's codes can be taken over with its number (ASVS 6.6.1), so it is off.
    bool email_enabled = true;
    bool phone_enabled = false;
    bool phone_autoconfirm = false;
    bool anonymous_enabled = false;
    /// Who carries messages to phones: "inbox" (the development inbox of mails) or "" (nobody; or a send_sms hook).
    std::string sms_provider{};
    /// Codes that are right for a phone without being sent, as "1234567890=123456". Never in production.
    std::vector<std::string> test_codes{};
    /// Whether answers may tell that an address has an account or none: 422 email_exists when an address is changed,
    /// 422 otp_disabled for codes to strangers. Some clients' screens need it.
    bool tells_who_exists = false;
    /// Whether app_metadata.roles may name roles that do not exist. Whoever has one gets what it allows when somebody
    /// makes it later.
    bool any_role_names = false;
    /// Public address of the main site, without a slash at the end; links in mails start with it, and the issuer of
    /// the tokens is site_url + "/auth/v1".
    std::string site_url = "http://127.0.0.1:8000";
    /// Origins that redirect_to may name besides site_url, e.g. the academy's.
    std::vector<std::string> redirect_origins{};
    /// Whole addresses that it may name; "*" stands for text without "." or "/", "**" for any text.
    std::vector<std::string> redirect_patterns{};
    /// Whether a mailed link may hand the session to the page in the fragment. False: PKCE only.
    bool implicit_links = true;
    /// PKCE's "plain" hides nothing from who sees the first request.
    bool plain_pkce = false;
    /// When a mailed link first shows a page with a button instead of acting: "scanners" (for programs that follow
    /// links in mails), "always" or "never".
    std::string link_page = "scanners";
    /// Seconds a used link still works for the browser that used it.
    unsigned link_replay_s = 300;
    bool is_signup_open = true;
    /// Characters; NIST 800-63B-4 asks for 8 with, 15 without a second factor.
    unsigned password_min = 8;
    /// Whether new passwords are compared with the common ones and with the person's and the site's names.
    bool refuse_common_passwords = true;
    /// Leaked passwords to refuse: Have I Been Pwned's download, one file or a folder of ranges; empty: not checked.
    std::string breached_passwords{};
    /// Wrong passwords and codes per five minutes, all accounts together, beyond which strangers' networks are slowed.
    unsigned failures_per_5min = 200;
    /// Members of user_metadata that the token carries; empty: all, as long as they are small.
    std::vector<std::string> claims_include{};
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
    /// Digits of a code, 6 to 10.
    unsigned code_digits = 6;
    /// Seconds between two mails, or two messages, of one kind to one person.
    unsigned mail_gap_s = 60;
    unsigned sms_gap_s = 60;
    /// Whether the old address must agree to a new one, too.
    bool secure_email_change = true;
    /// Whether a new password needs the old one, and a new address the old password or a fresh sign-in (ASVS 7.5.1).
    bool change_needs_proof = true;
    /// Seconds after signing in during which neither is asked for.
    unsigned fresh_sign_in_s = 600;
    /// Whether a new password needs a mailed nonce when the sign-in is older than a day.
    bool old_session_needs_nonce = false;
    /// Whether the owner hears of a sign-in from a browser that the account has not met (ASVS 6.3.5).
    bool new_device_mails = true;
    /// Days after which an anonymous account that was never upgraded is removed; 0: never.
    unsigned anonymous_days = 30;

    /// Whether hooks and identity providers may be on this machine, also without TLS. Never in production.
    bool calls_loopback = false;
    /// Private networks in which they may be, e.g. 10.1.0.0/16: the sign-in server of an intranet.
    std::vector<std::string> calls_networks{};
    /// Sections of their own.
    HooksConfig hooks{};
    AuditConfig audit{};
    OauthConfig oauth{};
    ProvidersConfig providers{};
    CustomProvidersConfig custom_providers{};
    LinkingConfig linking{};
    MfaConfig mfa{};
    AuthLimits limits{};

    std::string issuer() const { return site_url + "/auth/v1"; }
    /// Where hooks and identity providers may be. Throws config::ConfigError for a network that is none.
    platform::AllowedPeers allowed_peers() const;
};
BOOST_DESCRIBE_STRUCT(AuthConfig, (),
                      (autoconfirm, email_enabled, phone_enabled, phone_autoconfirm, anonymous_enabled, sms_provider,
                       test_codes, tells_who_exists, any_role_names, site_url, redirect_origins, redirect_patterns,
                       implicit_links, plain_pkce, link_page, link_replay_s, is_signup_open, password_min,
                       refuse_common_passwords, breached_passwords, failures_per_5min, claims_include, access_token_s,
                       refresh_idle_s, refresh_absolute_s, single_session, low_aal_s, refresh_reuse_s, code_s, link_s,
                       code_digits, mail_gap_s, sms_gap_s, secure_email_change, change_needs_proof, fresh_sign_in_s,
                       old_session_needs_nonce, new_device_mails, anonymous_days, calls_loopback, calls_networks))

}  // namespace tt::auth
