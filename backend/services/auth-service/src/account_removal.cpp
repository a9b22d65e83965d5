#include "services/auth-service/src/account_removal.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/events/outbox.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/session_ends.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"

namespace tt::auth {
namespace {

Task<void> free_registries(db::Tx& tx, const UserRow& user) {
    if (!user.email.empty()) co_await tx.execute(sql::release_email, user.email, user.id);
    if (!user.phone.empty()) co_await tx.execute(sql::release_phone, user.phone, user.id);
    co_await store::release_identities(tx, user.id);
    co_await store::release_credentials(tx, user.id);
}

UserDeleted deletion_of(const UserRow& user) {
    return {user.id, user.email.empty() ? std::string() : crypto::sha256_hex(user.email)};
}

}  // namespace

Task<void> remove_account(db::Tx& tx, Revocations& revocations, UserRow user) {
    co_await free_registries(tx, user);
    co_await tx.execute(sql::delete_user, user.id);
    co_await revocations.revoke_user(tx, user.id);
    const UserDeleted deleted = deletion_of(user);
    co_await events::append(tx, deleted);
}

Task<void> retire_account(db::Tx& tx, Revocations& revocations, UserRow user, Time now) {
    co_await free_registries(tx, user);
    co_await tx.execute(sql::retire_user, user.id, now);
    co_await tx.execute(sql::delete_identities, user.id);
    co_await tx.execute(sql::delete_factors, user.id);
    co_await end_sessions(tx, revocations, user.id, SessionId{}, now);
    co_await tx.execute(sql::delete_all_one_time, user.id);
    co_await revocations.revoke_user(tx, user.id);
    const UserDeleted deleted = deletion_of(user);
    co_await events::append(tx, deleted);
}

}  // namespace tt::auth
