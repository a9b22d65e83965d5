#include "services/auth-service/src/role_rules.hpp"

#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/roles.hpp"
#include "services/auth-service/src/store/roles_sql.hpp"
#include "shared/types/permissions.hpp"

#include <algorithm>
#include <set>

namespace tt::auth {
namespace {

constexpr std::string_view administrator_role = "admin";

bool names_role(const std::vector<std::string>& roles, std::string_view role) {
    return std::ranges::find(roles, role) != roles.end();
}

std::vector<std::string> without(const std::vector<std::string>& roles, const std::vector<std::string>& others) {
    std::set<std::string> left;
    for (const std::string& role : roles) {
        if (!names_role(others, role)) left.insert(role);
    }
    return {left.begin(), left.end()};
}

}  // namespace

std::vector<std::string> RoleStep::added() const {
    return without(after, before);
}

std::vector<std::string> RoleStep::removed() const {
    return without(before, after);
}

Error beyond_own_permissions() {
    return {Code::permission_denied, "permission_required", "Nobody can give or take what they may not do themselves."};
}

Task<Result<void>> check_rank(db::Tx& tx, AdminActor actor, std::string app_metadata) {
    if (actor.holds(permission::everything)) co_return Result<void>();
    const auto permissions = co_await store::permissions_of(tx, roles_of(app_metadata));
    if (!actor.holds(permissions)) co_return beyond_own_permissions();
    co_return Result<void>();
}

Task<Result<void>> check_administrators(db::Tx& tx, UserId user, RoleStep step, Time now) {
    if (!names_role(step.before, administrator_role) || names_role(step.after, administrator_role)) {
        co_return Result<void>();
    }
    // Two administrators who take the role from each other meet at the role's row.
    const std::string role(administrator_role);
    co_await tx.one<Role>(sql::lock_role, role);
    const bool has_other = co_await tx.one<bool>(sql::has_other_holder, role, user, now);
    if (has_other) co_return Result<void>();
    co_return Error{Code::conflict, "last_administrator", "There must be an administrator: make another one first."};
}

Task<Result<void>> check_known_roles(db::Tx& tx, std::vector<std::string> names) {
    if (names.empty()) co_return Result<void>();
    const auto known = co_await tx.many<Role>(sql::share_roles, names);
    if (known.size() == names.size()) co_return Result<void>();
    co_return Error{Code::unprocessable,
                    "unknown_role",
                    "One of the roles does not exist.",
                    {{"/roles", "must be names of GET /api/v1/roles"}}};
}

Task<Result<void>> check_own_permissions(db::Tx& tx, AdminActor actor, RoleStep step) {
    if (actor.holds(permission::everything)) co_return Result<void>();
    const auto had = co_await store::permissions_of(tx, step.before);
    const auto wanted = co_await store::permissions_of(tx, step.after);
    const bool is_allowed = actor.holds(permission::roles_manage) && actor.holds(had) && actor.holds(wanted);
    if (!is_allowed) co_return beyond_own_permissions();
    co_return Result<void>();
}

Task<void> record_roles(db::Tx& tx, AdminActor actor, UserId user, RoleStep step) {
    for (const std::string& role : step.added()) {
        AuditEntry entry = by(actor, action::role_granted, user);
        entry.target = role;
        co_await record(tx, std::move(entry));
    }
    for (const std::string& role : step.removed()) {
        AuditEntry entry = by(actor, action::role_revoked, user);
        entry.target = role;
        co_await record(tx, std::move(entry));
    }
}

}  // namespace tt::auth
