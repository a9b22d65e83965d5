#include "services/auth-service/src/roles.hpp"

#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/roles_sql.hpp"
#include "shared/types/permissions.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <set>

namespace tt::auth {
namespace {

constexpr std::string_view administrator_role = "admin";
constexpr std::int64_t everybody = 1'000'000;

bool has_word(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Error beyond_own_permissions() {
    return {Code::permission_denied, "permission_required", "Nobody can give or take what they may not do themselves."};
}

Error role_not_found() {
    return {Code::not_found, "role_not_found", "There is no such role."};
}

Error role_is_builtin() {
    return {Code::conflict, "role_is_builtin", "This role is part of the platform and stays as it is."};
}

Result<void> are_known(const std::vector<std::string>& permissions) {
    for (const std::string& name : permissions) {
        if (is_permission(name)) continue;
        return Error{Code::unprocessable,
                     "unknown_permission",
                     "There is no permission " + name + ".",
                     {{"/permissions", "must be words of GET /api/v1/roles"}}};
    }
    return {};
}

bool is_role_name(std::string_view name) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

std::vector<std::string> each_once(const std::vector<std::string>& words) {
    const std::set<std::string> sorted(words.begin(), words.end());
    return {sorted.begin(), sorted.end()};
}

AuditEntry role_entry(const RoleActor& by, std::string_view what, std::string target) {
    AuditEntry entry{.action = what, .actor = by.actor.user_id, .target = std::move(target)};
    entry.ip = by.actor.device.ip;
    entry.user_agent = by.actor.device.user_agent;
    entry.actor_kind = by.actor.kind();
    return entry;
}

boost::json::array names_of(const std::vector<std::string>& names) {
    return boost::json::array(names.begin(), names.end());
}

}  // namespace

bool RoleActor::holds(const std::vector<std::string>& wanted) const {
    if (has_word(permissions, permission::everything)) return true;
    return std::ranges::all_of(wanted, [this](const std::string& one) { return has_word(permissions, one); });
}

Roles::Roles(db::Database database, Revocations& revocations, const Clock& clock)
    : database_(std::move(database)), revocations_(revocations), clock_(clock) {}

Task<std::vector<Role>> Roles::list() {
    return database_.many<Role>(sql::all_roles);
}

Task<Result<Role>> Roles::create(RoleActor by, RoleWish wish) {
    if (!is_role_name(wish.name)) {
        co_return Error{Code::invalid_argument,
                        "validation_failed",
                        "The role has a name that is not allowed.",
                        {{"/name", "must be lower-case letters, digits, - and _, and begin with a letter"}}};
    }
    const auto known = are_known(wish.permissions);
    if (!known) co_return known.error();
    if (!by.holds(wish.permissions)) co_return beyond_own_permissions();
    const Time now = clock_.now();
    db::Tx tx = co_await database_.begin();
    const auto present = co_await tx.many<Role>(sql::all_roles);
    if (present.size() >= max_custom_roles) {
        co_return Error{Code::conflict, "too_many_roles", "There are a hundred roles already."};
    }
    auto made =
        co_await tx.maybe_one<Role>(sql::insert_role, wish.name, wish.description, each_once(wish.permissions), now);
    if (!made) co_return Error{Code::conflict, "role_exists", "There is a role of this name already."};
    AuditEntry entry = role_entry(by, action::role_changed, wish.name);
    entry.details = {{"permissions", names_of(made->permissions)}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return std::move(*made);
}

Task<Result<Role>> Roles::change(RoleActor by, std::string name, RoleChange change) {
    const Time now = clock_.now();
    db::Tx tx = co_await database_.begin();
    const auto before = co_await tx.maybe_one<Role>(sql::lock_role, name);
    if (!before) co_return role_not_found();
    if (before->is_builtin) co_return role_is_builtin();
    const auto wanted = each_once(change.permissions.value_or(before->permissions));
    const auto known = are_known(wanted);
    if (!known) co_return known.error();
    if (!by.holds(wanted) || !by.holds(before->permissions)) co_return beyond_own_permissions();
    const std::string description = change.description.value_or(before->description);
    auto after = co_await tx.one<Role>(sql::update_role, name, description, wanted, now);
    if (after.permissions != before->permissions) {
        const auto holders = co_await tx.many<UserId>(sql::holders_of_role, name, everybody);
        for (const UserId holder : holders) co_await revocations_.revoke_user(tx, holder);
    }
    AuditEntry entry = role_entry(by, action::role_changed, name);
    entry.details = {{"permissions", names_of(after.permissions)}, {"before", names_of(before->permissions)}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return after;
}

Task<Result<void>> Roles::remove(RoleActor by, std::string name) {
    db::Tx tx = co_await database_.begin();
    const auto role = co_await tx.maybe_one<Role>(sql::lock_role, name);
    if (!role) co_return role_not_found();
    if (role->is_builtin) co_return role_is_builtin();
    if (!by.holds(role->permissions)) co_return beyond_own_permissions();
    const auto holders = co_await tx.many<UserId>(sql::holders_of_role, name, 1);
    if (!holders.empty()) {
        co_return Error{Code::conflict, "role_in_use", "Somebody has this role; take it from them first."};
    }
    co_await tx.execute(sql::delete_role, name);
    co_await record(tx, role_entry(by, action::role_changed, name));
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<UserRoles>> Roles::of_user(UserId user) {
    db::Tx tx = co_await database_.begin();
    const auto row = co_await store::find_user(tx, user);
    if (!row) co_return Error{Code::not_found, "user_not_found", "There is no such account."};
    UserRoles found{user, roles_of(row->app_metadata.text), {}};
    found.permissions = co_await store::permissions_of(tx, found.roles);
    co_return found;
}

Task<Result<void>> Roles::keeps_an_administrator(db::Tx& tx, UserId user, const std::vector<std::string>& before,
                                                 const std::vector<std::string>& after) {
    if (!has_word(before, administrator_role) || has_word(after, administrator_role)) co_return Result<void>();
    // Two administrators who take the role from each other meet at the role's row.
    co_await tx.one<Role>(sql::lock_role, std::string(administrator_role));
    const auto administrators = co_await tx.many<UserId>(sql::holders_of_role, std::string(administrator_role), 2);
    const bool has_other = std::ranges::any_of(administrators, [&](UserId one) { return one != user; });
    if (has_other) co_return Result<void>();
    co_return Error{Code::conflict, "last_administrator", "There must be an administrator: make another one first."};
}

Task<Result<UserRoles>> Roles::set_for_user(RoleActor by, UserId user, std::vector<std::string> roles) {
    UserRoles wanted{user, each_once(roles), {}};
    db::Tx tx = co_await database_.begin();
    const auto row = co_await store::lock_user(tx, user);
    if (!row) co_return Error{Code::not_found, "user_not_found", "There is no such account."};
    const auto before = roles_of(row->app_metadata.text);
    const auto has_administrator = co_await keeps_an_administrator(tx, user, before, wanted.roles);
    if (!has_administrator) co_return has_administrator.error();
    const auto known = co_await tx.many<Role>(sql::share_roles, wanted.roles);
    if (known.size() != wanted.roles.size()) {
        co_return Error{Code::unprocessable,
                        "unknown_role",
                        "One of the roles does not exist.",
                        {{"/roles", "must be names of GET /api/v1/roles"}}};
    }
    wanted.permissions = co_await store::permissions_of(tx, wanted.roles);
    const auto had = co_await store::permissions_of(tx, before);
    if (!by.holds(wanted.permissions) || !by.holds(had)) co_return beyond_own_permissions();

    const auto metadata = merged_metadata(row->app_metadata.text, {{"roles", names_of(wanted.roles)}});
    if (!metadata) co_return metadata.error();
    const Time now = clock_.now();
    co_await tx.execute(sql::set_app_metadata, user, *metadata, now);
    co_await revocations_.revoke_user(tx, user);
    for (const std::string& name : wanted.roles) {
        if (has_word(before, name)) continue;
        AuditEntry entry = role_entry(by, action::role_granted, name);
        entry.subject = user;
        co_await record(tx, std::move(entry));
    }
    for (const std::string& name : before) {
        if (has_word(wanted.roles, name)) continue;
        AuditEntry entry = role_entry(by, action::role_revoked, name);
        entry.subject = user;
        co_await record(tx, std::move(entry));
    }
    co_await tx.commit();
    co_return wanted;
}

}  // namespace tt::auth
