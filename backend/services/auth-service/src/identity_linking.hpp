#pragma once

#include "platform/core/result.hpp"
#include "services/auth-service/src/domain/provider_person.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <string>

namespace tt::auth {

/// Adds the identity to the account, and what the provider tells of the person where the account tells nothing. A guest
/// becomes a lasting account. Error: identity_already_exists (422).
Task<Result<UserRow>> link_identity(db::Tx& tx, UserRow user, ProviderPerson person, Time now);

/// Keeps a proven identity until the client shows the verifier of `code`.
Task<void> keep_identity(db::Tx& tx, UserId user, std::string code, ProviderPerson person, Time now);
/// Adds what was kept for this code, if anything. Error: identity_already_exists (422).
Task<Result<void>> add_kept_identity(db::Tx& tx, UserId user, std::string code, Time now);

}  // namespace tt::auth
