#include "services/auth-service/src/roles.hpp"

#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/role_rules.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/roles_sql.hpp"
#include "shared/types/permissions.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <set>

namespace tt::auth {
namespace {

constexpr int role_change_attempts = 5;

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

AuditEntry role_entry(const AdminActor& actor, std::string role) {
    AuditEntry entry = by(actor, action::role_changed);
    entry.target = std::move(role);
    return entry;
}

boost::json::array names_of(const std::vector<std::string>& names) {
    return boost::json::array(names.begin(), names.end());
}

}  // namespace

Roles::Roles(db::Database database, Revocations& revocations, const Clock& clock)
    : database_(std::move(database)), revocations_(revocations), clock_(clock) {}

Task<std::vector<Role>> Roles::list() {
    return database_.many<Role>(sql::all_roles);
}

Task<Result<Role>> Roles::create(AdminActor by, RoleWish wish) {
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
    AuditEntry entry = role_entry(by, wish.name);
    entry.details = {{"permissions", names_of(made->permissions)}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return std::move(*made);
}

Task<Result<Role>> Roles::change(AdminActor by, std::string name, RoleChange change) {
    for (int attempt = 0; attempt < role_change_attempts; ++attempt) {
        auto changed = co_await change_once(by, name, change);
        if (changed) co_return std::move(*changed);
    }
    throw Unavailable("people keep getting the role that is to be changed");
}

Task<std::optional<Result<Role>>> Roles::change_once(AdminActor by, std::string name, RoleChange change) {
    db::Tx tx = co_await database_.begin();
    // No token is signed for whom this holds, so that all there are say what the role allowed until now, and are older
    // than the revocation.
    auto holders = co_await tx.many<UserId>(sql::lock_holders_of_role, name);
    const auto before = co_await tx.maybe_one<Role>(sql::lock_role, name);
    if (!before) co_return Result<Role>(role_not_found());
    if (before->is_builtin) co_return Result<Role>(role_is_builtin());
    const bool has_newcomer = co_await tx.one<bool>(sql::has_holder_besides, name, holders);
    if (has_newcomer) co_return std::nullopt;
    const auto wanted = each_once(change.permissions.value_or(before->permissions));
    const auto known = are_known(wanted);
    if (!known) co_return Result<Role>(known.error());
    if (!by.holds(wanted) || !by.holds(before->permissions)) co_return Result<Role>(beyond_own_permissions());
    const std::string description = change.description.value_or(before->description);
    auto after = co_await tx.one<Role>(sql::update_role, name, description, wanted, clock_.now());
    if (after.permissions != before->permissions) co_await revocations_.revoke_users(tx, std::move(holders));
    AuditEntry entry = role_entry(by, name);
    entry.details = {{"permissions", names_of(after.permissions)}, {"before", names_of(before->permissions)}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return Result<Role>(std::move(after));
}

Task<Result<void>> Roles::remove(AdminActor by, std::string name) {
    db::Tx tx = co_await database_.begin();
    const auto role = co_await tx.maybe_one<Role>(sql::lock_role, name);
    if (!role) co_return role_not_found();
    if (role->is_builtin) co_return role_is_builtin();
    if (!by.holds(role->permissions)) co_return beyond_own_permissions();
    const std::vector<UserId> nobody;
    const bool is_in_use = co_await tx.one<bool>(sql::has_holder_besides, name, nobody);
    if (is_in_use) {
        co_return Error{Code::conflict, "role_in_use", "Somebody has this role; take it from them first."};
    }
    co_await tx.execute(sql::delete_role, name);
    co_await record(tx, role_entry(by, name));
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

Task<Result<UserRoles>> Roles::set_for_user(AdminActor by, UserId user, std::vector<std::string> roles) {
    UserRoles wanted{user, each_once(roles), {}};
    db::Tx tx = co_await database_.begin();
    const auto row = co_await store::lock_user(tx, user);
    if (!row) co_return Error{Code::not_found, "user_not_found", "There is no such account."};
    const Time now = clock_.now();
    const RoleStep step{roles_of(row->app_metadata.text), wanted.roles};
    auto checked = co_await check_administrators(tx, user, step, now);
    if (checked) checked = co_await check_known_roles(tx, wanted.roles);
    if (checked) checked = co_await check_own_permissions(tx, by, step);
    if (!checked) co_return checked.error();

    const auto metadata = merged_metadata(row->app_metadata.text, {{"roles", names_of(wanted.roles)}});
    if (!metadata) co_return metadata.error();
    co_await tx.execute(sql::set_app_metadata, user, *metadata, now);
    co_await revocations_.revoke_user(tx, user);
    co_await record_roles(tx, std::move(by), user, step);
    wanted.permissions = co_await store::permissions_of(tx, wanted.roles);
    co_await tx.commit();
    co_return wanted;
}

}  // namespace tt::auth
