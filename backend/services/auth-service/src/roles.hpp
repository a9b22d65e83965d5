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

/// Who changes roles and what they may do themselves: nobody gives away what they do not have. Error of all that
/// change: permission_required (403).
struct RoleActor {
    AdminActor actor;
    std::vector<std::string> permissions;

    bool holds(const std::vector<std::string>& wanted) const;
};

/// Roles with permissions, and who has which. Whatever is taken away is refused everywhere within seconds: the tokens
/// of before are revoked in the same transaction.
class Roles {
public:
    Roles(db::Database database, Revocations& revocations, const Clock& clock);

    Task<std::vector<Role>> list();
    /// Errors: role_exists (409), unknown_permission (422).
    Task<Result<Role>> create(RoleActor by, RoleWish wish);
    /// Errors: role_not_found (404), role_is_builtin (409), unknown_permission (422).
    Task<Result<Role>> change(RoleActor by, std::string name, RoleChange change);
    /// Errors: role_not_found (404), role_is_builtin, role_in_use (409).
    Task<Result<void>> remove(RoleActor by, std::string name);

    /// Error: user_not_found (404).
    Task<Result<UserRoles>> of_user(UserId user);
    /// Errors: user_not_found (404), unknown_role (422), last_administrator (409).
    Task<Result<UserRoles>> set_for_user(RoleActor by, UserId user, std::vector<std::string> roles);

    static constexpr std::size_t max_custom_roles = 100;

private:
    Task<Result<void>> keeps_an_administrator(db::Tx& tx, UserId user, const std::vector<std::string>& before,
                                              const std::vector<std::string>& after);

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
