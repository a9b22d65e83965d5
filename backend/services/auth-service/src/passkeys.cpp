#include "services/auth-service/src/passkeys.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "platform/webauthn/options.hpp"
#include "platform/webauthn/registration.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/role_rules.hpp"
#include "services/auth-service/src/store/credentials_sql.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/webauthn_users.hpp"

namespace tt::auth {
namespace {

constexpr std::chrono::hours passkey_challenge_retention{1};
constexpr const char* unnamed_passkey = "Passkey";

Error invalid_credential(std::string message) {
    return Error{Code::invalid_argument, "webauthn_verification_failed", std::move(message)};
}

Error unknown_passkey() {
    return Error{Code::not_found, "validation_failed", "Passkey not found"};
}

// The verifier's own words go into the log: they would help only who tries to get around it.
Error refused_credential(const Error& why) {
    log::warn("webauthn_refused", {{"reason", why.reason}, {"why", why.message}});
    return invalid_credential("Credential verification failed");
}

AuditEntry passkey_entry(std::string_view action, UserId user_id, Uuid passkey_id, const Device& device) {
    return {.action = action,
            .actor = user_id,
            .ip = device.ip,
            .user_agent = device.user_agent,
            .target = to_string(passkey_id),
            .details = {{"method", "passkey"}}};
}

}  // namespace

Passkeys::Passkeys(db::Database database, Sessions& sessions, Lockout& lockout, AuthMails& mails, const Clock& clock,
                   const AuthConfig& config)
    : database_(std::move(database)),
      sessions_(sessions),
      lockout_(lockout),
      mails_(mails),
      clock_(clock),
      config_(config) {}

Result<void> Passkeys::check_enabled() const {
    if (!config_.mfa.passkeys) return Error{Code::not_found, "passkey_disabled", "Passkeys are disabled"};
    return {};
}

Result<void> Passkeys::check_count(std::size_t count) const {
    if (count < config_.mfa.max_passkeys) return {};
    return Error{Code::unprocessable, "too_many_passkeys", "Maximum number of passkeys reached"};
}

Task<PasskeyQuestion> Passkeys::ask(std::optional<UserId> user_id, std::string challenge) {
    const Time now = clock_.now();
    const Time end = now + std::chrono::seconds(config_.mfa.challenge_s);
    PasskeyQuestion question{.challenge_id = uuid_v4(),
                             .options = {},
                             .expires_at = std::chrono::floor<std::chrono::seconds>(end).time_since_epoch().count()};
    const db::Bytea bytes{std::move(challenge)};
    co_await database_.execute(sql::insert_passkey_challenge, question.challenge_id, user_id, bytes, now);
    co_return question;
}

Task<Result<std::string>> Passkeys::take_challenge(PasskeyAnswer answer, std::optional<UserId> user_id) {
    auto row =
        co_await database_.maybe_one<PasskeyChallengeRow>(sql::take_passkey_challenge, answer.challenge_id, user_id);
    if (!row) {
        co_return Error{Code::invalid_argument, "webauthn_challenge_not_found", "Challenge not found or already used"};
    }
    if (clock_.now() - row->created_at > std::chrono::seconds(config_.mfa.challenge_s)) {
        co_return Error{Code::invalid_argument, "webauthn_challenge_expired", "Challenge has expired"};
    }
    co_return std::move(row->challenge.bytes);
}

Task<Result<PasskeyQuestion>> Passkeys::begin_registration(Caller caller) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_change_credentials(*standing, config_, now);
    if (!allowed) co_return allowed.error();
    const auto known = co_await store::passkeys_of(tx, caller.user_id);
    co_await tx.commit();
    const auto room = check_count(known.size());
    if (!room) co_return room.error();

    const webauthn::Ceremony ceremony{crypto::random_bytes(webauthn::challenge_bytes),
                                      webauthn::UserVerification::preferred};
    PasskeyQuestion question = co_await ask(caller.user_id, ceremony.challenge);
    question.options = webauthn::creation_options(relying_party_of(config_), ceremony, webauthn_user(standing->user),
                                                  descriptors_of(known), true);
    co_return question;
}

Task<Result<CredentialRow>> Passkeys::finish_registration(Caller caller, PasskeyAnswer answer, Device device) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    auto challenge = co_await take_challenge(answer, caller.user_id);
    if (!challenge) co_return challenge.error();
    const auto response = webauthn::RegistrationResponse::parse(answer.credential);
    if (!response) co_return invalid_credential("Invalid credential response");
    const webauthn::Ceremony ceremony{std::move(*challenge), webauthn::UserVerification::preferred};
    auto made = webauthn::verify_registration(relying_party_of(config_), ceremony, *response);
    if (!made) co_return refused_credential(made.error());
    co_return co_await keep(caller, std::move(*made), std::move(device));
}

Task<Result<CredentialRow>> Passkeys::keep(Caller caller, webauthn::NewCredential credential, Device device) {
    db::Tx tx = co_await database_.begin();
    co_await store::lock_user(tx, caller.user_id);  // the limit holds for parallel registrations, too
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_change_credentials(*standing, config_, now);
    if (!allowed) co_return allowed.error();
    const auto known = co_await store::passkeys_of(tx, caller.user_id);
    const auto room = check_count(known.size());
    if (!room) co_return room.error();
    CredentialToKeep wish{
        .user_id = caller.user_id, .credential = std::move(credential), .friendly_name = unnamed_passkey, .now = now};
    const auto kept = co_await store::keep_credential(tx, std::move(wish));
    if (!kept) {
        co_return Error{Code::unprocessable, "webauthn_credential_exists", "This credential is already registered"};
    }
    co_await record(tx, passkey_entry(action::passkey_created, caller.user_id, kept->id, device));
    co_await mails_.notify(tx, standing->user, MailKind::passkey_added);
    co_await tx.commit();
    co_return *kept;
}

Task<Result<std::vector<CredentialRow>>> Passkeys::list(Caller caller) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    db::Tx tx = co_await database_.begin();
    const auto standing = co_await standing_of(tx, caller, clock_.now());
    if (!standing) co_return standing.error();
    co_return co_await store::passkeys_of(tx, caller.user_id);
}

Task<Result<CredentialRow>> Passkeys::rename(Caller caller, Uuid passkey_id, std::string friendly_name, Device device) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    if (friendly_name.empty()) {
        co_return Error{Code::invalid_argument, "validation_failed", "friendly_name is required"};
    }
    if (count_characters(friendly_name) > factor_name_limit) {
        co_return Error{Code::invalid_argument, "validation_failed", "friendly_name must be 120 characters or less"};
    }
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    auto passkey = co_await tx.maybe_one<CredentialRow>(sql::find_passkey, caller.user_id, passkey_id);
    if (!passkey) co_return unknown_passkey();
    co_await tx.execute(sql::rename_passkey, caller.user_id, passkey_id, friendly_name, now);
    co_await record(tx, passkey_entry(action::passkey_updated, caller.user_id, passkey_id, device));
    co_await tx.commit();
    passkey->friendly_name = std::move(friendly_name);
    co_return std::move(*passkey);
}

Task<void> Passkeys::drop(db::Tx& tx, const CredentialRow& passkey) {
    co_await tx.execute(sql::release_credential, passkey.credential_id);
    co_await tx.execute(sql::delete_passkey, passkey.user_id, passkey.id);
}

Task<Result<void>> Passkeys::remove(Caller caller, Uuid passkey_id, Device device) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_change_credentials(*standing, config_, now);
    if (!allowed) co_return allowed.error();
    const auto passkey = co_await tx.maybe_one<CredentialRow>(sql::find_passkey, caller.user_id, passkey_id);
    if (!passkey) co_return unknown_passkey();
    co_await drop(tx, *passkey);
    co_await sessions_.end_others(tx, caller.user_id, caller.session_id);
    co_await record(tx, passkey_entry(action::passkey_deleted, caller.user_id, passkey_id, device));
    co_await mails_.notify(tx, standing->user, MailKind::passkey_removed);
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<std::vector<CredentialRow>>> Passkeys::list_of(UserId user_id) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::find_user(tx, user_id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    co_return co_await store::passkeys_of(tx, user_id);
}

Task<Result<void>> Passkeys::remove_of(AdminActor actor, UserId user_id, Uuid passkey_id) {
    if (const auto enabled = check_enabled(); !enabled) co_return enabled.error();
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::find_user(tx, user_id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    const auto passkey = co_await tx.maybe_one<CredentialRow>(sql::find_passkey, user_id, passkey_id);
    if (!passkey) co_return unknown_passkey();
    const auto allowed = co_await check_rank(tx, actor, user->app_metadata.text);
    if (!allowed) co_return allowed.error();
    co_await drop(tx, *passkey);
    co_await sessions_.end_with_passkey(tx, user_id);
    AuditEntry entry = passkey_entry(action::passkey_deleted, user_id, passkey_id, actor.device);
    entry.actor = actor.user_id;
    entry.subject = user_id;
    entry.actor_kind = actor.kind();
    co_await record(tx, std::move(entry));
    co_await mails_.notify(tx, *user, MailKind::passkey_removed);
    co_await tx.commit();
    co_return Result<void>();
}

Task<void> Passkeys::clean_up() {
    const Time forgotten = clock_.now() - passkey_challenge_retention;
    co_await database_.execute(sql::delete_old_passkey_challenges, forgotten);
}

}  // namespace tt::auth
