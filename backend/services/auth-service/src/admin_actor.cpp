#include "services/auth-service/src/admin_actor.hpp"

namespace tt::auth {

AuditEntry by(const AdminActor& actor, std::string_view what, UserId subject) {
    AuditEntry entry{.action = what, .actor = actor.user_id, .subject = subject};
    entry.ip = actor.device.ip;
    entry.user_agent = actor.device.user_agent;
    entry.actor_kind = actor.kind();
    return entry;
}

}  // namespace tt::auth
