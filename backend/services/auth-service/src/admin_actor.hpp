#pragma once

#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/store/sessions.hpp"

#include <optional>
#include <string_view>

namespace tt::auth {

/// Who administers: a person with the role, or a key that may do everything (then nobody in particular).
struct AdminActor {
    std::optional<UserId> user_id{};
    Device device{};

    std::string_view kind() const { return user_id ? "admin" : "service"; }
};

/// The entry of what the actor did to the subject.
AuditEntry by(const AdminActor& actor, std::string_view what, UserId subject);

}  // namespace tt::auth
