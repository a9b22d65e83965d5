#pragma once

#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/store/roles.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

struct RoleWish {
    std::string name;
    std::string description;
    std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(RoleWish, (), (name, description, permissions))

struct RoleChange {
    std::optional<std::string> description;
    std::optional<std::vector<std::string>> permissions;
};
BOOST_DESCRIBE_STRUCT(RoleChange, (), (description, permissions))

/// What an account may do.
struct UserRoles {
    UserId user_id;
    std::vector<std::string> roles;
    std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(UserRoles, (), (user_id, roles, permissions))

/// Roles with permissions, and who has which. Nobody gives or takes what they may not do themselves: error of all that
/// change, permission_required (403). Whatever is taken away is refused everywhere within seconds: the tokens of before
/// are revoked in the same transaction.
class Roles {
public:
    Roles(db::Database database, Revocations& revocations, const Clock& clock);

    Task<std::vector<Role>> list();
    /// Errors: role_exists (409), unknown_permission (422).
    Task<Result<Role>> create(AdminActor by, RoleWish wish);
    /// Errors: role_not_found (404), role_is_builtin (409), unknown_permission (422).
    Task<Result<Role>> change(AdminActor by, std::string name, RoleChange change);
    /// Errors: role_not_found (404), role_is_builtin, role_in_use (409).
    Task<Result<void>> remove(AdminActor by, std::string name);

    /// Error: user_not_found (404).
    Task<Result<UserRoles>> of_user(UserId user);
    /// Errors: user_not_found (404), unknown_role (422), last_administrator (409).
    Task<Result<UserRoles>> set_for_user(AdminActor by, UserId user, std::vector<std::string> roles);

    static constexpr std::size_t max_custom_roles = 100;

private:
    /// Nothing when somebody got the role meanwhile.
    Task<std::optional<Result<Role>>> change_once(AdminActor by, std::string name, RoleChange change);

    db::Database database_;
    Revocations& revocations_;
    const Clock& clock_;
};

}  // namespace tt::auth

namespace platform::json {

template <>
inline constexpr Rule rule<&tt::auth::RoleWish::name>{
    .min_length = 2, .max_length = 40, .description = "lower-case letters, digits, - and _; begins with a letter"};
template <>
inline constexpr Rule rule<&tt::auth::RoleWish::description>{.max_length = 200, .may_be_absent = true};
template <>
inline constexpr Rule rule<&tt::auth::RoleWish::permissions>{.max_items = 50};
template <>
inline constexpr Rule rule<&tt::auth::RoleChange::description>{.max_length = 200};
template <>
inline constexpr Rule rule<&tt::auth::RoleChange::permissions>{.max_items = 50};

}  // namespace platform::json
