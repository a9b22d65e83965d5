#pragma once

#include "platform/crypto/envelope.hpp"
#include "services/auth-service/src/store/factors.hpp"

#include <string>

namespace tt::auth {

/// What a factor knows (a TOTP secret, the key of a set of recovery codes) as the table keeps it: good for this row
/// only.
db::Bytea seal_factor_secret(const crypto::Envelope& envelope, UserId user_id, Uuid factor_id,
                             const std::string& secret);
/// Throws when the factor has none or the master key does not open it.
std::string open_factor_secret(const crypto::Envelope& envelope, const FactorRow& factor);

}  // namespace tt::auth
