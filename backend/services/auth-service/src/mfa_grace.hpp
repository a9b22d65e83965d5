#pragma once

#include "platform/db/tx.hpp"
#include "services/auth-service/src/mfa_config.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <string>

namespace tt::auth {

/// The app_metadata for a token of a session of this `aal`, under the policy (domain/mfa_policy.hpp). Starts the grace
/// of a person who is seen for the first time with a role that needs a second factor and without one.
Task<std::string> metadata_for_token(db::Tx& tx, const UserRow& user, std::string aal, const MfaConfig& config,
                                     Time now);

}  // namespace tt::auth
