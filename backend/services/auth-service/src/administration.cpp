#include "services/auth-service/src/administration.hpp"

#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/standing.hpp"
#include "services/auth-service/src/store/roles.hpp"
#include "shared/types/permissions.hpp"

#include <algorithm>

namespace tt::auth {

Administration::Administration(const AccountParts& parts, const crypto::Envelope& envelope)
    : database_(parts.database),
      clock_(parts.clock),
      users_(parts.database, parts.passwords, parts.lockout, parts.revocations, parts.clock, parts.config),
      links_(parts.database, parts.mails, parts.hooks, parts.passwords, parts.clock),
      audit_log_(parts.database),
      audit_chain_(parts.database, envelope, parts.config.audit) {}

Task<Result<AdminActor>> Administration::admit(Caller caller, AdminActor person) {
    db::Tx tx = co_await database_.begin();
    const auto standing = co_await standing_of(tx, caller, clock_.now());
    if (!standing) co_return standing.error();
    if (standing->session.act_user) {
        co_return Error{Code::permission_denied, "impersonation_forbidden",
                        "Whoever acts as somebody else cannot do this."};
    }
    if (standing->has_second_factor && !standing->is_aal2()) {
        co_return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required to administer accounts"};
    }
    // A token is as old as its session's last refresh; a role that was taken away since counts no more.
    auto held = co_await store::permissions_of(tx, roles_of(standing->user.app_metadata.text));
    if (std::ranges::find(held, permission::everything) == held.end()) {
        std::erase_if(held, [&person](const std::string& one) { return !person.holds(std::string_view(one)); });
        person.permissions = std::move(held);
    }
    co_return person;
}

Task<void> Administration::note_export(AdminActor actor, std::string format) {
    AuditEntry entry{.action = action::audit_exported, .actor = actor.user_id};
    entry.ip = actor.device.ip;
    entry.user_agent = actor.device.user_agent;
    entry.actor_kind = actor.kind();
    entry.details["format"] = format;
    return record(database_, std::move(entry));
}

}  // namespace tt::auth
