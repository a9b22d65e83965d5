#pragma once

#include "platform/crypto/envelope.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/factor_attempts.hpp"
#include "services/auth-service/src/standing.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// The set of a person. The codes are there only when it was just made.
struct RecoverySet {
    Uuid id;
    std::string friendly_name;
    std::int64_t total = 0;
    std::int64_t remaining = 0;
    std::vector<std::string> codes;
};

/// Codes on paper for who has lost the other factors: ten, each good once (auth.md §1.9). Kept as keyed hashes; the key
/// is sealed. Errors of standing_of come first everywhere.
class RecoveryCodes {
public:
    RecoveryCodes(db::Database database, FactorAttempts& attempts, AuthMails& mails, const crypto::Envelope& envelope,
                  const Clock& clock, const AuthConfig& config);

    /// Error: mfa_factor_not_found (404) when there is no set.
    Task<Result<RecoverySet>> find(Caller caller);
    /// Errors: mfa_recovery_codes_enroll_not_enabled, mfa_recovery_codes_sole_factor (another verified factor must
    /// exist), mfa_verified_factor_exists (422), insufficient_aal (403), those of may_change_credentials.
    Task<Result<RecoverySet>> create(Caller caller, std::string friendly_name, Device device);
    /// New codes for the old ones. Errors: as create, and mfa_factor_not_found (404).
    Task<Result<RecoverySet>> renew(Caller caller, Device device);
    /// Errors: mfa_recovery_codes_verify_not_enabled, mfa_verification_failed (422), mfa_factor_not_found (404),
    /// mfa_recovery_codes_locked (429), mfa_verification_rejected (403).
    Task<Result<IssuedSession>> verify(Caller caller, std::string code, Device device);
    /// Returns the id of the set. Errors: mfa_factor_not_found (404), insufficient_aal (403), reauthentication_needed.
    Task<Result<Uuid>> remove(Caller caller, Device device);

private:
    Result<void> may_change(const Standing& standing, Time now) const;
    /// Fills the set with new codes.
    Task<RecoverySet> fill(db::Tx& tx, UserId user_id, Uuid factor_id, std::string key, std::string friendly_name);
    Task<void> tell(db::Tx& tx, const UserRow& user, Uuid set_id, std::string_view action, MailKind notice,
                    Device device);
    Task<Result<IssuedSession>> complete(Caller caller, FactorRow set, std::string code_hash, Device device);

    db::Database database_;
    FactorAttempts& attempts_;
    AuthMails& mails_;
    const crypto::Envelope& envelope_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
