#pragma once

#include "services/auth-service/src/accounts.hpp"
#include "services/auth-service/src/sessions.hpp"

#include <string>

namespace tt::auth {

/// Carries a sign-in from one site to the other: browsers keep their storage apart by origin, so the first site gives
/// the person a code for the second one. Single use, one minute (ASVS 14.2.1: no token in a URL).
class Handoffs {
public:
    static constexpr std::chrono::seconds lifetime{60};

    Handoffs(db::Database database, Sessions& sessions, const Clock& clock);

    /// Errors: session_not_found (401), not_while_impersonating (403).
    Task<Result<std::string>> create(Caller caller);
    /// A session of its own, with the proofs of the first one and its end. Errors: handoff_invalid (400).
    Task<Result<IssuedSession>> exchange(std::string code, Device device);

private:
    db::Database database_;
    Sessions& sessions_;
    const Clock& clock_;
};

}  // namespace tt::auth
