#include "services/auth-service/src/impersonation.hpp"

#include "platform/core/text.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/impersonation_sql.hpp"
#include "shared/types/permissions.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

Error cannot_impersonate() {
    return {Code::permission_denied, "cannot_impersonate_administrator",
            "Nobody can act as an administrator, as themselves, or as somebody who may do more than they"};
}

}  // namespace

Task<Result<UserRow>> Impersonation::find_subject(db::Tx& tx, const AdminActor& by, UserId user_id) {
    auto user = co_await store::lock_user(tx, user_id);  // nobody bans them or gives them a role meanwhile
    if (!user || user->deleted_at) co_return Error{Code::not_found, "user_not_found", "User not found"};
    const auto roles = roles_of(user->app_metadata.text);
    const auto permissions = co_await store::permissions_of(tx, roles);
    const bool is_administrator = std::ranges::find(permissions, permission::everything) != permissions.end();
    if (is_administrator || user_id == by.user_id || !by.holds(permissions)) co_return cannot_impersonate();
    if (user->is_banned(parts_.clock.now())) {
        co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    }
    co_return std::move(*user);
}

Task<Result<IssuedSession>> Impersonation::begin(AdminActor by, UserId user_id, std::string reason) {
    reason = trimmed(reason);
    const std::size_t length = count_characters(reason);
    if (length < min_reason_length || length > max_reason_length) {
        co_return Error{Code::invalid_argument, "validation_failed", "A reason of 3 to 500 characters is required"};
    }
    db::Tx tx = co_await parts_.database.begin();
    const auto subject = co_await find_subject(tx, by, user_id);
    if (!subject) co_return subject.error();
    const Time now = parts_.clock.now();
    Authentication how{.amr = authentication_methods("impersonation", now), .at = now};
    how.context.act_user = by.user_id;
    how.not_after = now + lifetime;  // it ends soon and cannot be refreshed
    auto issued = co_await parts_.sessions.open(tx, user_id, std::move(how), by.device);
    co_await tx.execute(sql::set_last_sign_in, user_id, subject->last_sign_in_at);
    AuditEntry entry{.action = action::impersonation_started, .actor = by.user_id, .subject = user_id};
    entry.ip = by.device.ip;
    entry.user_agent = by.device.user_agent;
    entry.actor_kind = by.kind();
    entry.target = to_string(issued.session_id);
    entry.details = {{"reason", reason}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    log::warn("impersonation_started", {{"user_id", to_string(user_id)}, {"actor_id", to_string(by.user_id.value())}});
    issued.refresh_token.clear();
    issued.refresh_token_expires_in = 0;
    co_return co_await parts_.sessions.finish(std::move(issued));
}

}  // namespace tt::auth
