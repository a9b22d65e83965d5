#include "services/auth-service/src/store/roles.hpp"

#include "services/auth-service/src/store/roles_sql.hpp"

#include <set>

namespace tt::auth::store {

platform::Task<std::vector<std::string>> permissions_of(platform::db::Tx& tx, std::vector<std::string> roles) {
    if (roles.empty()) co_return std::vector<std::string>();
    const auto rows = co_await tx.many<Role>(sql::share_roles, roles);
    std::set<std::string> permissions;
    for (const Role& row : rows) permissions.insert(row.permissions.begin(), row.permissions.end());
    co_return std::vector<std::string>(permissions.begin(), permissions.end());
}

platform::Task<std::vector<std::string>> almighty_among(platform::db::Tx& tx, std::vector<std::string> roles) {
    return tx.many<std::string>(sql::almighty_roles, roles);
}

}  // namespace tt::auth::store
