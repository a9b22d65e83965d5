#include "services/auth-service/src/administration.hpp"

namespace tt::auth {

Administration::Administration(db::Database database, Passwords& passwords, Revocations& revocations,
                               const crypto::Envelope& envelope, const Clock& clock, const AuthConfig& config)
    : database_(database),
      users_(database, passwords, revocations, clock, config),
      audit_log_(database),
      audit_chain_(database, envelope, config.audit) {}

Task<void> Administration::note_export(AdminActor actor, std::string format) {
    AuditEntry entry{.action = action::audit_exported, .actor = actor.user_id};
    entry.ip = actor.device.ip;
    entry.user_agent = actor.device.user_agent;
    entry.actor_kind = actor.kind();
    entry.details["format"] = format;
    return record(database_, std::move(entry));
}

}  // namespace tt::auth
