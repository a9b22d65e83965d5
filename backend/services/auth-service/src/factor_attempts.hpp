#pragma once

#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/lockout.hpp"
#include "services/auth-service/src/sessions.hpp"
#include "services/auth-service/src/store/factors.hpp"

#include <string>

namespace tt::auth {

/// One attempt to prove a second factor, whatever its kind: counted before the proof is looked at, put before the
/// operator's hook, written into the audit log, and at its end a session of aal2.
class FactorAttempts {
public:
    FactorAttempts(db::Database database, Sessions& sessions, Lockout& lockout, Hooks& hooks);

    /// Five wrong ones lock the factor for fifteen minutes. Error: over_request_rate_limit (429).
    Task<Result<void>> begin(const FactorRow& factor, const Device& device);
    /// Tells hook and log how the proof was. No transaction may be open. Error: mfa_verification_rejected (403, then
    /// all sessions have ended), those of Hooks, and for a wrong proof `when_wrong`.
    Task<Result<void>> judge(FactorRow factor, bool is_right, Error when_wrong, Device device);
    /// Raises the caller's session and remembers by which factor. Error: session_not_found (403).
    Task<Result<IssuedSession>> succeed(db::Tx& tx, Caller caller, FactorRow factor, Device device);
    /// After the commit: see Sessions::finish.
    Task<Result<IssuedSession>> finish(IssuedSession issued) { return sessions_.finish(std::move(issued)); }

private:
    db::Database database_;
    Sessions& sessions_;
    Lockout& lockout_;
    Hooks& hooks_;
};

/// The amr method of a proof by this type of factor.
std::string amr_method_of(const std::string& factor_type);

}  // namespace tt::auth
