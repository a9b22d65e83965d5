// Factors: judging a proof.
#include "platform/crypto/hash.hpp"
#include "platform/crypto/totp.hpp"
#include "platform/log/log.hpp"
#include "platform/webauthn/assertion.hpp"
#include "platform/webauthn/registration.hpp"
#include "services/auth-service/src/factor_seal.hpp"
#include "services/auth-service/src/factors.hpp"
#include "services/auth-service/src/store/credentials_sql.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/webauthn_users.hpp"

namespace tt::auth {
namespace {

Error wrong_proof(const std::string& type) {
    const std::string message = type == "totp"    ? "Invalid TOTP code entered"
                                : type == "phone" ? "Invalid MFA Phone code entered"
                                                  : "Invalid MFA WebAuthn credential";
    return Error{Code::unprocessable, "mfa_verification_failed", message};
}

Error challenge_mismatch() {
    return Error{Code::unprocessable, "mfa_ip_address_mismatch", "Challenge and verify IP addresses mismatch."};
}

Error existing_credential() {
    return Error{Code::unprocessable, "webauthn_credential_exists", "This credential is already registered"};
}

Error malformed_proof(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

}  // namespace

/// A proof that is about to be judged.
struct Factors::Begun {
    FactorRow factor;
    FactorChallengeRow challenge;
    std::vector<CredentialRow> credentials;  // of a webauthn factor
    webauthn::AssertionResponse assertion;
    webauthn::RegistrationResponse registration;
};

/// What a right proof leaves to be written down.
struct Factors::Judged {
    bool is_right = false;
    std::int64_t totp_step = 0;
    std::optional<webauthn::NewCredential> created{};
    std::optional<webauthn::Assertion> asserted{};
    Uuid credential_row{};
};

Result<void> Factors::check_challenge(const FactorChallengeRow& challenge, const Device& device) const {
    if (challenge.used_at || challenge.ip != device.ip) return challenge_mismatch();
    if (clock_.now() - challenge.created_at > std::chrono::seconds(config_.mfa.challenge_s)) {
        return Error{Code::unprocessable, "mfa_challenge_expired",
                     "MFA challenge " + to_string(challenge.id) +
                         " has expired, verify against another challenge or create a new challenge."};
    }
    return {};
}

Result<void> Factors::read_proof(Begun& begun, const FactorProof& proof) const {
    if (begun.factor.factor_type != "webauthn") {
        if (proof.code.empty()) return malformed_proof("Code needs to be non-empty");
        return {};
    }
    if (proof.ceremony != "create" && proof.ceremony != "request") {
        return malformed_proof(proof.ceremony.empty() ? "WebAuthn config required"
                                                      : "WebAuthn type must be create or request");
    }
    if (!proof.credential) return malformed_proof("credential_response required");
    if ((proof.ceremony == "request") != begun.factor.is_verified()) return malformed_proof("Invalid WebAuthn type");
    if (begun.factor.is_verified()) {
        auto parsed = webauthn::AssertionResponse::parse(*proof.credential);
        if (!parsed) return malformed_proof("Invalid credential_response");
        begun.assertion = std::move(*parsed);
        return {};
    }
    auto parsed = webauthn::RegistrationResponse::parse(*proof.credential);
    if (!parsed) return malformed_proof("Invalid credential_response");
    begun.registration = std::move(*parsed);
    return {};
}

Task<Result<Factors::Begun>> Factors::begin_verification(Caller caller, Uuid factor_id, FactorProof proof,
                                                         Device device) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    auto factor = co_await tx.maybe_one<FactorRow>(sql::find_factor, caller.user_id, factor_id);
    if (!factor) co_return Error{Code::not_found, "mfa_factor_not_found", "Factor not found"};
    if (const auto usable = check_usable(*factor); !usable) co_return usable.error();
    // A second factor that is added without the first one would be a way around it (S016).
    if (!factor->is_verified() && standing->has_second_factor && !standing->is_aal2()) {
        co_return Error{Code::permission_denied, "insufficient_aal", "AAL2 required to enroll a new factor"};
    }
    Begun begun{.factor = std::move(*factor), .challenge = {}, .credentials = {}, .assertion = {}, .registration = {}};
    if (const auto read = read_proof(begun, proof); !read) co_return read.error();
    auto challenge =
        co_await tx.maybe_one<FactorChallengeRow>(sql::find_challenge, caller.user_id, proof.challenge_id, factor_id);
    if (!challenge) {
        co_return Error{Code::unprocessable, "mfa_factor_not_found",
                        "MFA factor with the provided challenge ID not found"};
    }
    if (const auto checked = check_challenge(*challenge, device); !checked) co_return checked.error();
    begun.challenge = std::move(*challenge);
    begun.credentials = co_await store::credentials_of(tx, caller.user_id);
    co_return begun;
}

Factors::Judged Factors::judge(const Begun& begun, const FactorProof& proof) const {
    Judged judged;
    if (begun.factor.factor_type == "totp") {
        const crypto::TotpSkew skew{config_.mfa.totp_past, config_.mfa.totp_future};
        const auto step = crypto::matching_totp_step(open_factor_secret(envelope_, begun.factor), proof.code,
                                                     clock_.now(), skew, begun.factor.last_step);
        judged.is_right = step.has_value();
        judged.totp_step = step.value_or(0);
        return judged;
    }
    if (begun.factor.factor_type == "phone") {
        const std::string given = hash_of_phone_code(begun.challenge.id, proof.code);
        const bool is_sent =
            begun.challenge.code_hash && crypto::constant_time_equal(begun.challenge.code_hash->bytes, given);
        judged.is_right = is_sent || phones_.is_test_code(begun.factor.phone, proof.code);
        return judged;
    }
    return begun.factor.is_verified() ? judge_assertion(begun) : judge_registration(begun);
}

Factors::Judged Factors::judge_registration(const Begun& begun) const {
    Judged judged;
    const webauthn::Ceremony ceremony{begun.challenge.challenge.value().bytes, webauthn::UserVerification::preferred};
    auto created = webauthn::verify_registration(relying_party_of(config_), ceremony, begun.registration);
    judged.is_right = created.has_value();
    if (created) {
        judged.created = std::move(*created);
    } else {
        log::warn("webauthn_refused", {{"why", created.error().message}});
    }
    return judged;
}

Factors::Judged Factors::judge_assertion(const Begun& begun) const {
    Judged judged;
    const auto found = std::ranges::find_if(begun.credentials, [&](const CredentialRow& row) {
        return row.factor_id == begun.factor.id && row.credential_id.bytes == begun.assertion.credential_id;
    });
    if (found == begun.credentials.end()) return judged;
    const webauthn::Ceremony ceremony{begun.challenge.challenge.value().bytes, webauthn::UserVerification::preferred};
    const auto asserted =
        webauthn::verify_assertion(relying_party_of(config_), ceremony, stored_credential(*found), begun.assertion);
    judged.is_right = asserted.has_value();
    judged.credential_row = found->id;
    if (asserted) {
        judged.asserted = *asserted;
    } else {
        log::warn("webauthn_refused", {{"why", asserted.error().message}});
    }
    return judged;
}

// Everything that may be used once is used here; a parallel use of the same proof finds it gone.
Task<Result<void>> Factors::spend(db::Tx& tx, const Begun& begun, const Judged& judged, Time now) {
    const FactorRow& factor = begun.factor;
    const auto used = co_await tx.execute(sql::use_challenge, factor.user_id, begun.challenge.id, now);
    if (used == 0) co_return challenge_mismatch();
    if (factor.factor_type == "totp") {
        const auto spent = co_await tx.execute(sql::spend_totp_step, factor.user_id, factor.id, judged.totp_step, now);
        if (spent == 0) co_return wrong_proof(factor.factor_type);
    }
    if (judged.asserted) {
        const auto counted = co_await tx.execute(sql::record_credential_use, factor.user_id, judged.credential_row,
                                                 judged.asserted->sign_count, judged.asserted->is_backed_up, now);
        if (counted == 0) co_return wrong_proof(factor.factor_type);
    }
    if (judged.created) {
        const auto kept = co_await store::keep_credential(tx, {.user_id = factor.user_id,
                                                               .factor_id = factor.id,
                                                               .credential = *judged.created,
                                                               .friendly_name = factor.friendly_name,
                                                               .now = now});
        if (!kept) co_return existing_credential();
    }
    co_return Result<void>();
}

Task<Result<IssuedSession>> Factors::complete(Caller caller, Begun begun, Judged judged, Device device) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const FactorRow factor = begun.factor;
    const auto user = co_await store::lock_user(tx, caller.user_id);
    if (!user) co_return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    const auto spent = co_await spend(tx, begun, judged, now);
    if (!spent) co_return spent.error();
    if (!factor.is_verified()) {
        const auto completed = co_await tx.execute(sql::mark_factor_verified, factor.user_id, factor.id, now);
        if (completed == 0) co_return challenge_mismatch();
        co_await mails_.notify(tx, *user, MailKind::factor_added);
    }
    co_await tx.execute(sql::delete_unverified_factors, factor.user_id, factor.factor_type);
    auto issued = co_await attempts_.succeed(tx, caller, factor, std::move(device));
    if (!issued) co_return issued;
    co_await tx.commit();
    log::info("factor_verified", {{"user_id", to_string(factor.user_id)}, {"factor_type", factor.factor_type}});
    co_return co_await attempts_.finish(std::move(*issued));
}

Task<Result<IssuedSession>> Factors::verify(Caller caller, Uuid factor_id, FactorProof proof, Device device) {
    auto begun = co_await begin_verification(caller, factor_id, proof, device);
    if (!begun) co_return begun.error();
    const auto counted = co_await attempts_.begin(begun->factor, device);
    if (!counted) co_return counted.error();
    Judged judged = judge(*begun, proof);
    const Error when_wrong = wrong_proof(begun->factor.factor_type);
    const auto passed = co_await attempts_.judge(begun->factor, judged.is_right, when_wrong, device);
    if (!passed) co_return passed.error();
    co_return co_await complete(caller, std::move(*begun), std::move(judged), std::move(device));
}

}  // namespace tt::auth
