#pragma once

#include <array>
#include <string_view>

namespace tt {

/// What a role can allow. A permission, once published, keeps its spelling: it is in tokens and in custom roles.
struct Permission {
    std::string_view name;
    std::string_view description;
};

namespace permission {

inline constexpr std::string_view everything = "*";
inline constexpr std::string_view users_read = "users.read";
inline constexpr std::string_view users_manage = "users.manage";
inline constexpr std::string_view audit_read = "audit.read";
inline constexpr std::string_view users_impersonate = "users.impersonate";
inline constexpr std::string_view roles_manage = "roles.manage";

inline constexpr std::array all{
    Permission{users_read, "Look up accounts and their sessions"},
    Permission{users_manage, "Change, ban and delete accounts"},
    Permission{users_impersonate, "Act as somebody else for half an hour"},
    Permission{roles_manage, "Make roles and give them to people"},
    Permission{audit_read, "Search and export the audit log"},
    Permission{"courses.manage", "Make and publish courses"},
    Permission{"learners.read", "See how learners do"},
    Permission{"content.manage", "Write and publish posts"},
    Permission{"newsletter.manage", "Write to subscribers"},
    Permission{"leads.read", "See quiz results and contacts"},
    Permission{"messages.manage", "Read and answer contact messages"},
    Permission{everything, "Everything, now and later"},
};

}  // namespace permission

constexpr bool is_permission(std::string_view name) {
    for (const auto& known : permission::all) {
        if (known.name == name) return true;
    }
    return false;
}

}  // namespace tt
