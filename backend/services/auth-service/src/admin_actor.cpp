#include "services/auth-service/src/admin_actor.hpp"

#include "shared/types/permissions.hpp"

#include <algorithm>

namespace tt::auth {

bool AdminActor::holds(std::string_view permission) const {
    return std::ranges::any_of(
        permissions, [&](const std::string& held) { return held == permission || held == permission::everything; });
}

bool AdminActor::holds(const std::vector<std::string>& wanted) const {
    return std::ranges::all_of(wanted, [this](const std::string& one) { return holds(std::string_view(one)); });
}

AuditEntry by(const AdminActor& actor, std::string_view what, std::optional<UserId> subject) {
    AuditEntry entry{.action = what, .actor = actor.user_id, .subject = subject};
    entry.ip = actor.device.ip;
    entry.user_agent = actor.device.user_agent;
    entry.actor_kind = actor.kind();
    return entry;
}

}  // namespace tt::auth
