#pragma once

#include "platform/db/tx.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// Characters, as the columns of factors and passkeys.
inline constexpr std::size_t factor_name_limit = 120;

/// A second factor as the wire shows it: never its secret.
struct FactorView {
    Uuid id;
    std::string factor_type;  // totp, phone, webauthn, recovery_code
    std::string status;       // unverified, verified
    std::string friendly_name;
    std::string phone;
    std::optional<Time> last_challenged_at;
    Time created_at{};
    Time updated_at{};

    bool is_verified() const { return status == "verified"; }
};
BOOST_DESCRIBE_STRUCT(FactorView, (),
                      (id, factor_type, status, friendly_name, phone, last_challenged_at, created_at, updated_at))

/// The whole row.
struct FactorRow : FactorView {
    UserId user_id;
    std::optional<db::Bytea> secret;  // sealed
    std::int64_t last_step = 0;
};
BOOST_DESCRIBE_STRUCT(FactorRow, (FactorView), (user_id, secret, last_step))

struct FactorChallengeRow {
    UserId user_id;
    Uuid id;
    Uuid factor_id;
    std::string ip;
    std::optional<db::Bytea> challenge;
    std::optional<db::Bytea> code_hash;
    Time created_at{};
    std::optional<Time> used_at;
};
BOOST_DESCRIBE_STRUCT(FactorChallengeRow, (), (user_id, id, factor_id, ip, challenge, code_hash, created_at, used_at))

struct RecoveryCount {
    std::int64_t total = 0;
    std::int64_t remaining = 0;
};
BOOST_DESCRIBE_STRUCT(RecoveryCount, (), (total, remaining))

namespace store {

/// Whether a second factor (recovery codes do not count) is set up: then aal2 is asked for.
Task<bool> has_verified_factor(db::Tx& tx, UserId user_id);
/// Forgets the WebAuthn credentials of a person who is being removed; the rest goes with the account's row.
Task<void> release_credentials(db::Tx& tx, UserId user_id);

}  // namespace store
}  // namespace tt::auth
