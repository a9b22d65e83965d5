#include "services/auth-service/src/store/roles.hpp"

#include "services/auth-service/src/store/roles_sql.hpp"

#include <set>

namespace tt::auth::store {

platform::Task<std::vector<std::string>> permissions_of(platform::db::Tx& tx, std::vector<std::string> roles) {
    if (roles.empty()) co_return std::vector<std::string>();
    const auto rows = co_await tx.many<Role>(sql::roles_by_name, roles);
    std::set<std::string> permissions;
    for (const Role& row : rows) permissions.insert(row.permissions.begin(), row.permissions.end());
    co_return std::vector<std::string>(permissions.begin(), permissions.end());
}

}  // namespace tt::auth::store
