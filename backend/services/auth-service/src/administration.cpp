#include "services/auth-service/src/administration.hpp"

namespace tt::auth {

Administration::Administration(const AccountParts& parts, const crypto::Envelope& envelope)
    : database_(parts.database),
      users_(parts.database, parts.passwords, parts.revocations, parts.clock),
      links_(parts.database, parts.mails, parts.hooks, parts.passwords, parts.clock),
      audit_log_(parts.database),
      audit_chain_(parts.database, envelope, parts.config.audit) {}

Task<void> Administration::note_export(AdminActor actor, std::string format) {
    AuditEntry entry{.action = action::audit_exported, .actor = actor.user_id};
    entry.ip = actor.device.ip;
    entry.user_agent = actor.device.user_agent;
    entry.actor_kind = actor.kind();
    entry.details["format"] = format;
    return record(database_, std::move(entry));
}

}  // namespace tt::auth
