#pragma once

#include "platform/http/router.hpp"
#include "platform/limits/gcra.hpp"
#include "services/auth-service/src/limits_config.hpp"
#include "shared/types/prelude.hpp"

#include <array>
#include <memory>
#include <string_view>

namespace tt::auth {

enum class Limit {
    sign_in,
    sign_up,
    anonymous_sign_up,
    mail,
    verify,
    mfa,
    federated,
    change,
    refresh,
    admin,
    passkey_options
};

/// Whose requests are counted together.
enum class LimitScope {
    address,  ///< an IPv4 address or an IPv6 /64
    caller,   ///< the signed-in person or the service_role key, else the address
    session,
};

struct LimitRule {
    Limit limit;
    std::string_view name;  ///< as in [auth_limits] and in the header RateLimit-Policy
    unsigned AuthLimits::* quota;
    std::chrono::seconds window;
    LimitScope scope;
    std::string_view routes;  ///< for people; docs/api/auth.md has the same rows
};

/// The one table of limits: code, settings and documentation are made of it.
inline constexpr std::array<LimitRule, 11> limit_rules{{
    {Limit::sign_in, "sign_in", &AuthLimits::sign_in, std::chrono::seconds(300), LimitScope::address,
     "POST /token, all grants but refresh_token; POST /passkeys/authentication/verify"},
    {Limit::sign_up, "sign_up", &AuthLimits::sign_up, std::chrono::seconds(300), LimitScope::address, "POST /signup"},
    {Limit::anonymous_sign_up, "anonymous_sign_up", &AuthLimits::anonymous_sign_up, std::chrono::seconds(3600),
     LimitScope::address, "POST /signup without an address"},
    {Limit::mail, "mail", &AuthLimits::mail, std::chrono::seconds(300), LimitScope::address,
     "POST /otp, /magiclink, /recover, /resend; GET /reauthenticate"},
    {Limit::verify, "verify", &AuthLimits::verify, std::chrono::seconds(300), LimitScope::address, "/verify"},
    {Limit::mfa, "mfa", &AuthLimits::mfa, std::chrono::seconds(60), LimitScope::caller,
     "POST /factors/…, POST /passkeys/registration/…"},
    {Limit::federated, "federated", &AuthLimits::federated, std::chrono::seconds(300), LimitScope::address,
     "/authorize, /callback, /sso, POST /oauth/…"},
    {Limit::change, "change", &AuthLimits::change, std::chrono::seconds(300), LimitScope::caller,
     "PUT and DELETE /user/…"},
    {Limit::refresh, "refresh", &AuthLimits::refresh, std::chrono::seconds(300), LimitScope::session,
     "POST /token?grant_type=refresh_token"},
    {Limit::admin, "admin", &AuthLimits::admin, std::chrono::seconds(60), LimitScope::caller, "/admin/…, POST /invite"},
    // Sign-in pages ask for them as they open, before anybody has tried anything.
    {Limit::passkey_options, "passkey_options", &AuthLimits::passkey_options, std::chrono::seconds(300),
     LimitScope::address, "POST /passkeys/authentication/options"},
}};

/// How often who may do what, below /auth/v1. Counts this process (GCRA, platform/limits/gcra.hpp). A refusal is 429
/// over_request_rate_limit with Retry-After; every answer tells what is left (RateLimit, RateLimit-Policy).
class Limits {
public:
    Limits(const AuthLimits& limits, const Clock& clock);

    /// Applies the rules whose scope a request shows before its body is read.
    http::Middleware middleware();
    /// For what only a handler knows: `key` is the session's id for Limit::refresh, the address for
    /// Limit::anonymous_sign_up. Error: over_request_rate_limit (429, with retry_after_s).
    Result<void> take(Limit limit, std::string_view key);

    /// What a request found when its turn came.
    struct Turn {
        const LimitRule& rule;
        limits::Decision decision;
    };

private:
    limits::Gcra& counter(Limit limit) { return *counters_[static_cast<std::size_t>(limit)]; }

    std::array<std::unique_ptr<limits::Gcra>, limit_rules.size()> counters_;
};

}  // namespace tt::auth
