#pragma once

#include "platform/crypto/envelope.hpp"
#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/factor_attempts.hpp"
#include "services/auth-service/src/phone_codes.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/standing.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

struct FactorWish {
    std::string type;  // totp, phone, webauthn
    std::string friendly_name;
    std::string issuer;  // totp: what the app calls us; empty: the site's host
    std::string phone;
};

/// A factor that waits for its first proof. The secret is shown this once.
struct EnrolledFactor {
    Uuid id;
    std::string type;
    std::string friendly_name;
    std::string phone;
    std::string totp_secret;   // base32
    std::string totp_address;  // otpauth://
};

struct FactorQuestion {
    Uuid id;
    std::string type;
    std::int64_t expires_at = 0;             // Unix seconds
    std::string ceremony;                    // webauthn: create or request
    boost::json::object credential_options;  // webauthn: publicKey
};

struct FactorProof {
    Uuid challenge_id;
    std::string code;
    std::string ceremony;                           // webauthn
    std::optional<boost::json::object> credential;  // webauthn
};

struct FactorPatch {
    std::string friendly_name;
    std::string phone;
};

/// Second factors: setting up, asking, proving, removing (auth.md §1.9). Errors carry GoTrue's codes and texts; those
/// of standing_of come first everywhere.
class Factors {
public:
    static constexpr const char* sms_queue = "auth.factor_sms";

    Factors(db::Database database, FactorAttempts& attempts, PhoneCodes& phones, Hooks& hooks, AuthMails& mails,
            Revocations& revocations, const crypto::Envelope& envelope, const Clock& clock, const AuthConfig& config);

    /// Errors: validation_failed (400), mfa_*_enroll_not_enabled, mfa_factor_name_conflict, mfa_verified_factor_exists,
    /// too_many_enrolled_mfa_factors (422), those of may_change_credentials, hook errors.
    Task<Result<EnrolledFactor>> enroll(Caller caller, FactorWish wish, Device device);
    /// Errors: mfa_factor_not_found (404), mfa_*_verify_not_enabled (422), over_sms_send_rate_limit (429),
    /// sms_send_failed.
    Task<Result<FactorQuestion>> challenge(Caller caller, Uuid factor_id, std::string channel, Device device);
    /// The first proof completes the factor. Errors: mfa_factor_not_found (404; 422 for an unknown challenge),
    /// mfa_ip_address_mismatch, mfa_challenge_expired, mfa_verification_failed, webauthn_credential_exists (422),
    /// over_request_rate_limit (429), validation_failed (400), mfa_verification_rejected (403).
    Task<Result<IssuedSession>> verify(Caller caller, Uuid factor_id, FactorProof proof, Device device);
    /// The person's other sessions end; the caller's falls to aal1 when it was this factor that had raised it. Errors:
    /// mfa_factor_not_found (404), insufficient_aal, mfa_recovery_codes_sole_factor (422), reauthentication_needed
    /// (400).
    Task<Result<void>> unenroll(Caller caller, Uuid factor_id, Device device);

    /// Everything an administrator sees, recovery codes included. Error: user_not_found (404).
    Task<Result<std::vector<FactorView>>> list(UserId user_id);
    /// Errors: user_not_found, mfa_factor_not_found (404), validation_failed (400).
    Task<Result<FactorView>> change(AdminActor actor, UserId user_id, Uuid factor_id, FactorPatch patch);
    /// The way back for who has lost a factor; recovery codes that nothing else needs go with it, and the person's
    /// sessions end when the factor was in use. Errors as above.
    Task<Result<FactorView>> remove(AdminActor actor, UserId user_id, Uuid factor_id);

    /// Handles a job of `sms_queue`: makes the code of a challenge and sends it.
    Task<void> send_code(jobs::Job job);
    Task<void> clean_up();

private:
    struct Begun;
    struct Judged;

    bool is_enabled(const std::string& type) const;

    Result<void> check_wish(FactorWish& wish) const;
    Result<void> check_room(const std::vector<FactorRow>& factors, const FactorWish& wish) const;
    Task<Result<void>> make_room(db::Tx& tx, const Standing& standing, const FactorWish& wish);
    Task<Result<EnrolledFactor>> insert(db::Tx& tx, const Standing& standing, const FactorWish& wish);

    Result<void> check_usable(const FactorRow& factor) const;
    Task<Result<FactorQuestion>> ask(db::Tx& tx, const UserRow& user, FactorRow factor, std::string channel,
                                     Device device);
    Task<void> add_credential_options(db::Tx& tx, const UserRow& user, const FactorRow& factor,
                                      const std::string& challenge, FactorQuestion& question);
    Task<Result<void>> request_code(db::Tx& tx, const FactorRow& factor, Uuid challenge_id, std::string channel);
    std::string hash_of_phone_code(Uuid challenge_id, const std::string& code) const;

    Task<Result<Begun>> begin_verification(Caller caller, Uuid factor_id, FactorProof proof, Device device);
    Result<void> check_challenge(const FactorChallengeRow& challenge, const Device& device) const;
    Result<void> read_proof(Begun& begun, const FactorProof& proof) const;
    Judged judge(const Begun& begun, const FactorProof& proof) const;
    Judged judge_registration(const Begun& begun) const;
    Judged judge_assertion(const Begun& begun) const;
    Task<Result<void>> spend(db::Tx& tx, const Begun& begun, const Judged& judged, Time now);
    Task<Result<IssuedSession>> complete(Caller caller, Begun begun, Judged judged, Device device);

    Result<void> may_unenroll(const Standing& standing, const std::vector<FactorRow>& factors, const FactorRow& factor,
                              Time now) const;
    Task<void> drop(db::Tx& tx, const FactorRow& factor);

    db::Database database_;
    FactorAttempts& attempts_;
    PhoneCodes& phones_;
    Hooks& hooks_;
    AuthMails& mails_;
    Revocations& revocations_;
    const crypto::Envelope& envelope_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
