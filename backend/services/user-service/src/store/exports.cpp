#include "services/user-service/src/store/exports.hpp"

#include "services/user-service/src/store/exports_sql.hpp"

namespace tt::user::store {

Task<std::optional<ExportRow>> find_export(const db::Database& site, UserId user, Uuid id) {
    return site.maybe_one<ExportRow>(sql::find_export, user, id);
}

}  // namespace tt::user::store
