#pragma once

#include "platform/db/tx.hpp"
#include "platform/webauthn/registration.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// The public half of a passkey, or of a webauthn factor (then with its factor_id).
struct CredentialRow {
    UserId user_id;
    Uuid id;
    std::optional<Uuid> factor_id;
    db::Bytea credential_id;
    db::Bytea public_key;  // COSE_Key
    std::uint32_t sign_count = 0;
    std::vector<std::string> transports;
    bool is_backup_eligible = false;
    std::string friendly_name;
    Time created_at{};
    std::optional<Time> last_used_at;
};
BOOST_DESCRIBE_STRUCT(CredentialRow, (),
                      (user_id, id, factor_id, credential_id, public_key, sign_count, transports, is_backup_eligible,
                       friendly_name, created_at, last_used_at))

struct PasskeyChallengeRow {
    db::Bytea challenge;
    Time created_at{};
};
BOOST_DESCRIBE_STRUCT(PasskeyChallengeRow, (), (challenge, created_at))

/// A credential to be kept.
struct CredentialToKeep {
    UserId user_id;
    std::optional<Uuid> factor_id{};
    webauthn::NewCredential credential;
    std::string friendly_name{};
    Time now{};
};

namespace store {

/// Nothing when the credential is registered already, whoever's it is.
Task<std::optional<CredentialRow>> keep_credential(db::Tx& tx, CredentialToKeep wish);
Task<std::vector<CredentialRow>> credentials_of(db::Tx& tx, UserId user_id);
/// The passkeys alone.
Task<std::vector<CredentialRow>> passkeys_of(db::Tx& tx, UserId user_id);

}  // namespace store
}  // namespace tt::auth
