// Passkeys: signing in with one.
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "platform/webauthn/assertion.hpp"
#include "platform/webauthn/options.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/passkeys.hpp"
#include "services/auth-service/src/store/credentials_sql.hpp"
#include "services/auth-service/src/webauthn_users.hpp"

namespace tt::auth {
namespace {

Error unproven(std::string message) {
    return Error{Code::invalid_argument, "webauthn_verification_failed", std::move(message)};
}

AuditEntry passkey_login(UserId user_id, Uuid passkey_id, const Device& device) {
    return {.action = action::login,
            .actor = user_id,
            .ip = device.ip,
            .user_agent = device.user_agent,
            .target = to_string(passkey_id),
            .details = {{"method", "passkey"}}};
}

}  // namespace

/// A passkey that has just signed our challenge, or the one that failed to.
struct Passkeys::Proven {
    CredentialRow passkey;
    Result<webauthn::Assertion> assertion;
};

Task<Result<PasskeyQuestion>> Passkeys::begin_sign_in() {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    const webauthn::Ceremony ceremony{crypto::random_bytes(webauthn::challenge_bytes),
                                      webauthn::UserVerification::preferred};
    PasskeyQuestion question = co_await ask(std::nullopt, ceremony.challenge);
    question.options = webauthn::request_options(relying_party_of(config_), ceremony, {});
    co_return question;
}

Task<std::optional<CredentialRow>> Passkeys::passkey_of(const std::string& credential_id,
                                                        const std::string& user_handle) {
    const db::Bytea wanted{credential_id};
    // Two statements, not a join: the registry and the credential lie on different shards.
    const auto owner = co_await database_.maybe_one<UserId>(sql::owner_of_credential, wanted);
    if (!owner || user_of_handle(user_handle) != *owner) co_return std::nullopt;
    auto row = co_await database_.maybe_one<CredentialRow>(sql::find_credential, *owner, wanted);
    if (row && row->factor_id) co_return std::nullopt;  // a second factor is no passkey
    co_return row;
}

Task<Result<Passkeys::Proven>> Passkeys::prove(PasskeyAnswer answer) {
    auto challenge = co_await take_challenge(answer, std::nullopt);
    if (!challenge) co_return challenge.error();
    const auto response = webauthn::AssertionResponse::parse(answer.credential);
    if (!response) co_return unproven("Invalid credential response");
    auto passkey = co_await passkey_of(response->credential_id, response->user_handle);
    if (!passkey) co_return unproven("Credential verification failed");
    const webauthn::Ceremony ceremony{std::move(*challenge), webauthn::UserVerification::preferred};
    auto assertion =
        webauthn::verify_assertion(relying_party_of(config_), ceremony, stored_credential(*passkey), *response);
    co_return Proven{std::move(*passkey), std::move(assertion)};
}

Result<void> Passkeys::may_sign_in(const UserRow& user) const {
    if (!user.email.empty() && !user.email_confirmed_at) {
        return Error{Code::permission_denied, "email_not_confirmed", "Email not confirmed"};
    }
    if (!user.phone.empty() && !user.phone_confirmed_at) {
        return Error{Code::permission_denied, "phone_not_confirmed", "Phone not confirmed"};
    }
    if (user.is_banned(clock_.now())) return Error{Code::permission_denied, "user_banned", "User is banned"};
    return {};
}

Task<Result<IssuedSession>> Passkeys::finish_sign_in(PasskeyAnswer answer, Device device) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    auto proven = co_await prove(std::move(answer));
    if (!proven) co_return proven.error();
    if (!proven->assertion) {
        const Error why = proven->assertion.error();
        log::warn("webauthn_refused", {{"reason", why.reason}, {"why", why.message}});
        AuditEntry failed = passkey_login(proven->passkey.user_id, proven->passkey.id, device);
        failed.outcome = "failure";
        failed.details["reason"] = why.reason;
        co_await record(database_, std::move(failed));
        co_return unproven("Credential verification failed");
    }
    co_return co_await open(std::move(*proven), std::move(device));
}

Task<Result<IssuedSession>> Passkeys::open(Proven proven, Device device) {
    const UserId user_id = proven.passkey.user_id;
    const webauthn::Assertion assertion = *proven.assertion;
    const Time now = clock_.now();
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::lock_user(tx, user_id);  // nobody bans or removes it meanwhile
    if (!user || user->deleted_at) co_return unproven("Credential verification failed");
    const auto allowed = may_sign_in(*user);
    if (!allowed) co_return allowed.error();
    const auto counted = co_await tx.execute(sql::record_credential_use, user_id, proven.passkey.id,
                                             assertion.sign_count, assertion.is_backed_up, now);
    if (counted == 0) co_return unproven("Credential verification failed");  // removed or copied meanwhile
    const bool is_two_factors = assertion.is_user_verified && config_.mfa.passkey_is_aal2;
    Authentication how{
        .aal = is_two_factors ? "aal2" : "aal1", .amr = authentication_methods("passkey", now), .at = now};
    AuditEntry entry = passkey_login(user_id, proven.passkey.id, device);
    std::string cookie = device.devices;
    if (!user->email.empty()) {
        AttemptOrigin origin{device.ip, device.devices};
        cookie = co_await lockout_.remember(tx, user->email, std::move(origin));
        if (cookie != device.devices) co_await mails_.notify_of_sign_in(tx, *user, device);
    }
    auto issued = co_await sessions_.open(tx, user_id, std::move(how), std::move(device));
    issued.devices = std::move(cookie);
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    log::info("user_signed_in", {{"user_id", to_string(user_id)}});
    co_return co_await sessions_.finish(std::move(issued));
}

}  // namespace tt::auth
