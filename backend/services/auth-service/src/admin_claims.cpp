#include "services/auth-service/src/admin_claims.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"

namespace tt::auth {

AdminClaims::AdminClaims(db::Database database, const Clock& clock) : database_(std::move(database)), clock_(clock) {}

Task<std::string> AdminClaims::create() {
    std::string token = crypto::random_token();
    const db::Bytea hash{crypto::sha256(token)};
    const Time now = clock_.now();
    const Time expires_at = now + lifetime;
    db::Tx tx = co_await database_.begin();
    co_await tx.execute(sql::delete_unused_admin_claims);
    co_await tx.execute(sql::insert_admin_claim, hash, now, expires_at);
    co_await tx.commit();
    co_return token;
}

Task<bool> AdminClaims::was_ever_used() {
    return database_.one<bool>(sql::has_used_admin_claim);
}

Task<Result<std::vector<std::string>>> AdminClaims::use(UserId user_id, std::string token) {
    const db::Bytea hash{crypto::sha256(token)};
    const Time now = clock_.now();
    db::Tx tx = co_await database_.begin();
    const auto used = co_await tx.execute(sql::use_admin_claim, hash, now, user_id);
    if (used == 0) {
        co_return Error{Code::permission_denied, "admin_claim_invalid",
                        "The link is wrong, was used already or is older than a day"};
    }
    const auto user = co_await store::lock_user(tx, user_id);
    if (!user) co_return Error{Code::unauthenticated, "user_not_found", "The account does not exist"};
    const std::string metadata = with_role(user->app_metadata.text, "admin");
    co_await tx.execute(sql::set_app_metadata, user_id, metadata, now);
    co_await tx.commit();
    log::warn("administrator_made", {{"user_id", to_string(user_id)}});
    co_return roles_of(metadata);
}

}  // namespace tt::auth
