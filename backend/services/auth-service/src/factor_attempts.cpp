#include "services/auth-service/src/factor_attempts.hpp"

#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"

namespace tt::auth {
namespace {

/// No cookie: a browser that is known for the password proves nothing about the factor.
AttemptOrigin factor_origin(const Device& device) {
    return {.ip = device.ip};
}

AuditEntry verification(const FactorRow& factor, const Device& device) {
    return {.action = action::verification_attempted,
            .actor = factor.user_id,
            .ip = device.ip,
            .user_agent = device.user_agent,
            .target = to_string(factor.id),
            .details = {{"factor_type", factor.factor_type}}};
}

}  // namespace

std::string amr_method_of(const std::string& factor_type) {
    return factor_type == "totp" ? factor_type : "mfa/" + factor_type;
}

FactorAttempts::FactorAttempts(db::Database database, Sessions& sessions, Lockout& lockout, Hooks& hooks)
    : database_(std::move(database)), sessions_(sessions), lockout_(lockout), hooks_(hooks) {}

Task<Result<void>> FactorAttempts::begin(const FactorRow& factor, const Device& device) {
    return lockout_.attempt(AttemptKind::mfa, to_string(factor.id), factor_origin(device));
}

Task<Result<void>> FactorAttempts::judge(FactorRow factor, bool is_right, Error when_wrong, Device device) {
    const auto decision =
        co_await hooks_.mfa_verification_attempt(factor.user_id, factor.id, factor.factor_type, is_right, device.ip);
    if (!decision) co_return decision.error();
    if (is_right && !decision->is_rejected) co_return Result<void>();
    AuditEntry entry = verification(factor, device);
    entry.outcome = "failure";
    if (decision->is_rejected) entry.details["rejected_by_hook"] = true;
    co_await record(database_, std::move(entry));
    if (!decision->is_rejected) co_return when_wrong;
    co_await sessions_.end_all(factor.user_id);
    co_return Error{Code::permission_denied, "mfa_verification_rejected", decision->message};
}

Task<Result<IssuedSession>> FactorAttempts::succeed(db::Tx& tx, Caller caller, FactorRow factor, Device device) {
    co_await lockout_.succeed(tx, AttemptKind::mfa, to_string(factor.id), factor_origin(device));
    auto issued = co_await sessions_.step_up(tx, caller, amr_method_of(factor.factor_type), device);
    if (!issued) co_return issued;
    co_await tx.execute(sql::set_session_factor, caller.user_id, caller.session_id, factor.id);
    co_await record(tx, verification(factor, device));
    co_return issued;
}

}  // namespace tt::auth
