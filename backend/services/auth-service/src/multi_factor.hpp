#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/factors.hpp"
#include "services/auth-service/src/passkeys.hpp"
#include "services/auth-service/src/recovery_codes.hpp"

namespace tt::auth {

/// Proofs besides the password.
class MultiFactor {
public:
    MultiFactor(AccountParts parts, const crypto::Envelope& envelope);

    Factors& factors() { return factors_; }
    RecoveryCodes& recovery_codes() { return recovery_codes_; }
    Passkeys& passkeys() { return passkeys_; }
    Task<void> clean_up();

private:
    FactorAttempts attempts_;
    Factors factors_;
    RecoveryCodes recovery_codes_;
    Passkeys passkeys_;
};

}  // namespace tt::auth
