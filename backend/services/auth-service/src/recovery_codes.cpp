#include "services/auth-service/src/recovery_codes.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/recovery_code.hpp"
#include "services/auth-service/src/factor_seal.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"

namespace tt::auth {
namespace {

constexpr std::size_t set_key_bytes = 32;

Error no_recovery_set() {
    return Error{Code::not_found, "mfa_factor_not_found", "Recovery codes not found"};
}

Error wrong_recovery_code() {
    return Error{Code::unprocessable, "mfa_verification_failed", "Invalid recovery code entered"};
}

}  // namespace

RecoveryCodes::RecoveryCodes(db::Database database, FactorAttempts& attempts, AuthMails& mails,
                             const crypto::Envelope& envelope, const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)),
      attempts_(attempts),
      mails_(mails),
      envelope_(envelope),
      clock_(clock),
      config_(config) {}

Result<void> RecoveryCodes::may_change(const Standing& standing, Time now) const {
    if (!config_.mfa.recovery_codes) {
        return Error{Code::unprocessable, "mfa_recovery_codes_enroll_not_enabled",
                     "MFA enroll is disabled for recovery codes"};
    }
    if (!standing.has_second_factor) {
        return Error{Code::unprocessable, "mfa_recovery_codes_sole_factor",
                     "Recovery codes need another verified factor"};
    }
    if (!standing.is_aal2()) {
        return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required for recovery codes"};
    }
    return may_change_credentials(standing, config_, now);
}

Task<Result<RecoverySet>> RecoveryCodes::find(Caller caller) {
    db::Tx tx = co_await database_.begin();
    const auto standing = co_await standing_of(tx, caller, clock_.now());
    if (!standing) co_return standing.error();
    const auto set = co_await tx.maybe_one<FactorRow>(sql::find_recovery_set, caller.user_id);
    if (!set) co_return no_recovery_set();
    const auto count = co_await tx.one<RecoveryCount>(sql::count_recovery_codes, caller.user_id, set->id);
    co_return RecoverySet{set->id, set->friendly_name, count.total, count.remaining, {}};
}

Task<RecoverySet> RecoveryCodes::fill(db::Tx& tx, UserId user_id, Uuid factor_id, std::string key,
                                      std::string friendly_name) {
    RecoverySet set{factor_id, std::move(friendly_name), recovery_codes_per_set, recovery_codes_per_set,
                    make_recovery_codes()};
    std::vector<db::Statement> statements;
    for (const std::string& code : set.codes) {
        const db::Bytea code_hash{hash_of_recovery_code(key, code)};
        statements.push_back({sql::insert_recovery_code, db::make_params(user_id, factor_id, code_hash)});
    }
    co_await tx.batch(std::move(statements));
    co_return set;
}

Task<void> RecoveryCodes::tell(db::Tx& tx, const UserRow& user, Uuid set_id, std::string_view action, MailKind notice,
                               Device device) {
    co_await record(tx, {.action = action,
                         .actor = user.id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .target = to_string(set_id)});
    co_await mails_.notify(tx, user, notice);
}

Task<Result<RecoverySet>> RecoveryCodes::create(Caller caller, std::string friendly_name, Device device) {
    if (count_characters(friendly_name) > factor_name_limit) {
        co_return Error{Code::invalid_argument, "validation_failed", "friendly_name must be 120 characters or less"};
    }
    db::Tx tx = co_await database_.begin();
    co_await store::lock_user(tx, caller.user_id);
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_change(*standing, now);
    if (!allowed) co_return allowed.error();
    const auto existing = co_await tx.maybe_one<FactorRow>(sql::lock_recovery_set, caller.user_id);
    if (existing) {
        co_return Error{Code::unprocessable, "mfa_verified_factor_exists",
                        "Recovery codes exist already, regenerate them to get new ones"};
    }
    const Uuid id = uuid_v7();
    const std::string key = crypto::random_bytes(set_key_bytes);
    const db::Bytea sealed = seal_factor_secret(envelope_, caller.user_id, id, key);
    co_await tx.execute(sql::insert_factor, caller.user_id, id, "recovery_code", "verified", friendly_name, "", sealed,
                        now);
    auto set = co_await fill(tx, caller.user_id, id, key, std::move(friendly_name));
    co_await tell(tx, standing->user, id, action::recovery_codes_generated, MailKind::recovery_codes_made, device);
    co_await tx.commit();
    co_return set;
}

Task<Result<RecoverySet>> RecoveryCodes::renew(Caller caller, Device device) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_change(*standing, now);
    if (!allowed) co_return allowed.error();
    const auto old = co_await tx.maybe_one<FactorRow>(sql::lock_recovery_set, caller.user_id);
    if (!old) co_return no_recovery_set();
    const std::string key = crypto::random_bytes(set_key_bytes);
    const db::Bytea sealed = seal_factor_secret(envelope_, caller.user_id, old->id, key);
    co_await tx.execute(sql::renew_recovery_set, caller.user_id, old->id, sealed, now);
    co_await tx.execute(sql::delete_recovery_codes, caller.user_id, old->id);
    auto set = co_await fill(tx, caller.user_id, old->id, key, old->friendly_name);
    co_await tell(tx, standing->user, old->id, action::recovery_codes_generated, MailKind::recovery_codes_made, device);
    co_await tx.commit();
    co_return set;
}

Task<Result<IssuedSession>> RecoveryCodes::verify(Caller caller, std::string code, Device device) {
    if (!config_.mfa.recovery_codes) {
        co_return Error{Code::unprocessable, "mfa_recovery_codes_verify_not_enabled",
                        "MFA verification is disabled for recovery codes"};
    }
    std::optional<FactorRow> set;
    {
        db::Tx tx = co_await database_.begin();
        const auto standing = co_await standing_of(tx, caller, clock_.now());
        if (!standing) co_return standing.error();
        set = co_await tx.maybe_one<FactorRow>(sql::find_recovery_set, caller.user_id);
    }
    if (!set) co_return no_recovery_set();
    const auto counted = co_await attempts_.begin(*set, device);
    if (!counted && counted.error().code == Code::rate_limited) {
        co_return Error{Code::rate_limited,
                        "mfa_recovery_codes_locked",
                        "Too many wrong recovery codes, try again later",
                        {},
                        counted.error().retry_after_s};
    }
    if (!counted) co_return counted.error();
    const auto normal = normal_recovery_code(code);
    const std::string code_hash = hash_of_recovery_code(open_factor_secret(envelope_, *set), normal.value_or(""));
    const db::Bytea wanted{code_hash};
    const bool is_right = co_await database_.one<bool>(sql::has_recovery_code, caller.user_id, set->id, wanted);
    const auto passed = co_await attempts_.judge(*set, is_right, wrong_recovery_code(), device);
    if (!passed) co_return passed.error();
    co_return co_await complete(caller, std::move(*set), code_hash, std::move(device));
}

Task<Result<IssuedSession>> RecoveryCodes::complete(Caller caller, FactorRow set, std::string code_hash,
                                                    Device device) {
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::lock_user(tx, caller.user_id);
    if (!user) co_return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    const db::Bytea wanted{std::move(code_hash)};
    const auto used = co_await tx.execute(sql::use_recovery_code, caller.user_id, set.id, wanted, clock_.now());
    if (used == 0) co_return wrong_recovery_code();  // a parallel use won
    auto issued = co_await attempts_.succeed(tx, caller, set, std::move(device));
    if (!issued) co_return issued;
    co_await mails_.notify(tx, *user, MailKind::recovery_code_used);
    co_await tx.commit();
    log::info("recovery_code_used", {{"user_id", to_string(caller.user_id)}});
    co_return co_await attempts_.finish(std::move(*issued));
}

Task<Result<Uuid>> RecoveryCodes::remove(Caller caller, Device device) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto set = co_await tx.maybe_one<FactorRow>(sql::lock_recovery_set, caller.user_id);
    if (!set) co_return no_recovery_set();
    if (!standing->is_aal2()) {
        co_return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required for recovery codes"};
    }
    const auto allowed = may_change_credentials(*standing, config_, now);
    if (!allowed) co_return allowed.error();
    co_await tx.execute(sql::lower_sessions_of_factor, caller.user_id, set->id, amr_method_of(set->factor_type));
    co_await tx.execute(sql::delete_factor, caller.user_id, set->id);
    co_await tell(tx, standing->user, set->id, action::recovery_codes_deleted, MailKind::factor_removed, device);
    co_await tx.commit();
    co_return set->id;
}

}  // namespace tt::auth
