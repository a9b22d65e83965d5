#pragma once

#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/store/sessions.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

/// Who administers: a person in a session of their own, or a key that may do everything (then nobody in particular).
struct AdminActor {
    std::optional<UserId> user_id{};
    Device device{};
    std::vector<std::string> permissions{};

    std::string_view kind() const { return user_id ? "admin" : "service"; }
    bool holds(std::string_view permission) const;
    bool holds(const std::vector<std::string>& wanted) const;
};

/// The entry of what the actor did, to the subject if it was to a person.
AuditEntry by(const AdminActor& actor, std::string_view what, std::optional<UserId> subject = std::nullopt);

}  // namespace tt::auth
