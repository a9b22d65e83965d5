#include "services/auth-service/src/store/factors.hpp"

#include "services/auth-service/src/store/factors_sql.hpp"

namespace tt::auth::store {

Task<bool> has_verified_factor(db::Tx& tx, UserId user_id) {
    return tx.one<bool>(sql::has_verified_factor, user_id);
}

Task<void> release_credentials(db::Tx& tx, UserId user_id) {
    const auto ids = co_await tx.many<db::Bytea>(sql::credential_ids_of, user_id);
    for (const db::Bytea& id : ids) co_await tx.execute(sql::release_credential, id);
    co_await tx.execute(sql::delete_credentials, user_id);
}

}  // namespace tt::auth::store
