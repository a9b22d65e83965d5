#include "services/auth-service/src/factors.hpp"

#include "platform/core/text.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/role_rules.hpp"
#include "services/auth-service/src/session_ends.hpp"
#include "services/auth-service/src/store/credentials_sql.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"

namespace tt::auth {
namespace {

constexpr std::chrono::hours challenge_retention{1};  // far beyond challenge_s; old ones only cost space

Error unknown_factor() {
    return Error{Code::not_found, "mfa_factor_not_found", "Factor not found"};
}

bool counts_as_second_factor(const FactorRow& factor) {
    return factor.is_verified() && factor.factor_type != "recovery_code";
}

std::int64_t second_factors_among(const std::vector<FactorRow>& factors) {
    return std::ranges::count_if(factors, counts_as_second_factor);
}

const FactorRow* recovery_set_among(const std::vector<FactorRow>& factors) {
    const auto found =
        std::ranges::find_if(factors, [](const FactorRow& row) { return row.factor_type == "recovery_code"; });
    return found == factors.end() ? nullptr : &*found;
}

AuditEntry admin_entry(std::string_view action, const AdminActor& actor, const FactorRow& factor) {
    return {.action = action,
            .actor = actor.user_id,
            .subject = factor.user_id,
            .ip = actor.device.ip,
            .user_agent = actor.device.user_agent,
            .target = to_string(factor.id),
            .details = {{"factor_type", factor.factor_type}},
            .actor_kind = actor.kind()};
}

}  // namespace

Factors::Factors(db::Database database, FactorAttempts& attempts, PhoneCodes& phones, Hooks& hooks, AuthMails& mails,
                 Revocations& revocations, const crypto::Envelope& envelope, const Clock& clock,
                 const AuthConfig& config)
    : database_(std::move(database)),
      attempts_(attempts),
      phones_(phones),
      hooks_(hooks),
      mails_(mails),
      revocations_(revocations),
      envelope_(envelope),
      clock_(clock),
      config_(config) {}

bool Factors::is_enabled(const std::string& type) const {
    if (type == "totp") return config_.mfa.totp;
    if (type == "phone") return config_.mfa.phone;
    return type == "webauthn" && config_.mfa.webauthn;
}

// Removes the factor with its credential, and lowers the sessions that it had raised.
Task<void> Factors::drop(db::Tx& tx, const FactorRow& factor) {
    const auto credentials = co_await tx.many<db::Bytea>(sql::credential_ids_of_factor, factor.user_id, factor.id);
    for (const db::Bytea& id : credentials) co_await tx.execute(sql::release_credential, id);
    const std::string method = amr_method_of(factor.factor_type);
    co_await tx.execute(sql::lower_sessions_of_factor, factor.user_id, factor.id, method);
    co_await tx.execute(sql::delete_factor, factor.user_id, factor.id);
}

Task<Result<void>> Factors::unenroll(Caller caller, Uuid factor_id, Device device) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    co_await store::lock_user(tx, caller.user_id);  // two removals at once must not both find "another factor"
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto factors = co_await tx.many<FactorRow>(sql::all_factors_of, caller.user_id);
    const auto found = std::ranges::find_if(factors, [&](const FactorRow& row) { return row.id == factor_id; });
    if (found == factors.end()) co_return unknown_factor();
    const auto allowed = may_unenroll(*standing, factors, *found, now);
    if (!allowed) co_return allowed.error();
    co_await drop(tx, *found);
    if (found->is_verified()) {
        co_await end_sessions(tx, revocations_, caller.user_id, caller.session_id, now);
        co_await mails_.notify(tx, standing->user, MailKind::factor_removed);
    }
    co_await record(tx, {.action = action::factor_unenrolled,
                         .actor = caller.user_id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .target = to_string(factor_id),
                         .details = {{"factor_type", found->factor_type}, {"factor_status", found->status}}});
    co_await tx.commit();
    co_return Result<void>();
}

Result<void> Factors::may_unenroll(const Standing& standing, const std::vector<FactorRow>& factors,
                                   const FactorRow& factor, Time now) const {
    if (factor.factor_type == "recovery_code") {
        return Error{Code::invalid_argument, "validation_failed", "Recovery codes have a route of their own"};
    }
    if (!factor.is_verified()) return {};
    if (!standing.is_aal2()) {
        return Error{Code::unprocessable, "insufficient_aal", "AAL2 required to unenroll verified factor"};
    }
    if (const auto fresh = may_change_credentials(standing, config_, now); !fresh) return fresh.error();
    if (recovery_set_among(factors) && second_factors_among(factors) == 1) {
        return Error{Code::unprocessable, "mfa_recovery_codes_sole_factor",
                     "Recovery codes cannot be the only factor: remove them first"};
    }
    return {};
}

Task<Result<std::vector<FactorView>>> Factors::list(UserId user_id) {
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::find_user(tx, user_id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    const auto rows = co_await tx.many<FactorRow>(sql::all_factors_of, user_id);
    co_return std::vector<FactorView>(rows.begin(), rows.end());
}

Task<Result<FactorView>> Factors::change(AdminActor actor, UserId user_id, Uuid factor_id, FactorPatch patch) {
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::find_user(tx, user_id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    auto factor = co_await tx.maybe_one<FactorRow>(sql::find_factor, user_id, factor_id);
    if (!factor) co_return unknown_factor();
    const auto allowed = co_await check_rank(tx, actor, user->app_metadata.text);
    if (!allowed) co_return allowed.error();
    if (count_characters(patch.friendly_name) > factor_name_limit) {
        co_return Error{Code::invalid_argument, "validation_failed", "friendly_name must be 120 characters or less"};
    }
    if (!patch.friendly_name.empty()) factor->friendly_name = patch.friendly_name;
    if (!patch.phone.empty() && factor->factor_type == "phone") {
        const auto phone = normalized_phone(patch.phone);
        if (!phone) {
            co_return Error{Code::invalid_argument, "validation_failed",
                            "Invalid phone number format (E.164 required)"};
        }
        factor->phone = *phone;
    }
    factor->updated_at = clock_.now();
    co_await tx.execute(sql::rename_factor, user_id, factor_id, factor->friendly_name, factor->phone,
                        factor->updated_at);
    co_await record(tx, admin_entry(action::factor_updated, actor, *factor));
    co_await tx.commit();
    co_return FactorView(*factor);
}

Task<Result<FactorView>> Factors::remove(AdminActor actor, UserId user_id, Uuid factor_id) {
    db::Tx tx = co_await database_.begin();
    const auto user = co_await store::lock_user(tx, user_id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    const auto factors = co_await tx.many<FactorRow>(sql::all_factors_of, user_id);
    const auto found = std::ranges::find_if(factors, [&](const FactorRow& row) { return row.id == factor_id; });
    if (found == factors.end()) co_return unknown_factor();
    const auto allowed = co_await check_rank(tx, actor, user->app_metadata.text);
    if (!allowed) co_return allowed.error();
    co_await drop(tx, *found);
    const FactorRow* codes = recovery_set_among(factors);
    const bool is_last = counts_as_second_factor(*found) && second_factors_among(factors) == 1;
    if (is_last && codes) co_await drop(tx, *codes);
    if (found->is_verified()) {
        // Also those that were begun from what the factor had raised: at the other site, in other programs.
        const Time now = clock_.now();
        co_await end_sessions(tx, revocations_, user_id, SessionId{}, now);
        co_await mails_.notify(tx, *user, MailKind::factor_removed);
    }
    co_await record(tx, admin_entry(action::factor_deleted, actor, *found));
    co_await tx.commit();
    co_return FactorView(*found);
}

Task<void> Factors::clean_up() {
    const Time forgotten = clock_.now() - challenge_retention;
    co_await database_.execute(sql::delete_old_challenges, forgotten);
}

}  // namespace tt::auth
