#include "services/auth-service/src/store/credentials.hpp"

#include "services/auth-service/src/store/credentials_sql.hpp"

namespace tt::auth::store {

Task<std::optional<CredentialRow>> keep_credential(db::Tx& tx, CredentialToKeep wish) {
    const webauthn::NewCredential& made = wish.credential;
    const db::Bytea credential_id{made.id};
    const db::Bytea public_key{made.public_key};
    const auto claimed = co_await tx.execute(sql::claim_credential, credential_id, wish.user_id);
    if (claimed == 0) co_return std::nullopt;
    const Uuid id = uuid_v7();
    co_await tx.execute(sql::insert_credential, wish.user_id, id, wish.factor_id, credential_id, public_key,
                        made.sign_count, made.aaguid, made.transports, made.is_backup_eligible, made.is_backed_up,
                        wish.friendly_name, wish.now);
    co_return co_await tx.maybe_one<CredentialRow>(sql::find_credential, wish.user_id, credential_id);
}

Task<std::vector<CredentialRow>> credentials_of(db::Tx& tx, UserId user_id) {
    return tx.many<CredentialRow>(sql::credentials_of, user_id);
}

Task<std::vector<CredentialRow>> passkeys_of(db::Tx& tx, UserId user_id) {
    auto rows = co_await credentials_of(tx, user_id);
    std::erase_if(rows, [](const CredentialRow& row) { return row.factor_id.has_value(); });
    co_return rows;
}

}  // namespace tt::auth::store
