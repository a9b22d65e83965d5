#pragma once

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

}  // namespace tt::auth
