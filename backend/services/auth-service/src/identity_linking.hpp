#pragma once

#include "platform/core/result.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/domain/provider_person.hpp"
#include "services/auth-service/src/standing.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <string>

namespace tt::auth {

/// Whether the caller may add and remove identities: nobody for another person, guests always, everybody else like any
/// way to sign in. Errors: not_while_impersonating (403), those of may_change_credentials().
Result<void> may_link(const Standing& standing, const AuthConfig& config, Time now);

/// Adds the identity to the account, and what the provider tells of the person where the account tells nothing. A guest
/// becomes a lasting account. Error: identity_already_exists (422).
Task<Result<UserRow>> link_identity(db::Tx& tx, UserRow user, ProviderPerson person, Time now);
/// The same for an account that is somebody's already, who hears of it.
Task<Result<UserRow>> add_identity(db::Tx& tx, AuthMails& mails, UserRow user, ProviderPerson person, Time now);

/// Keeps a proven identity until the client shows the verifier of `code`.
Task<void> keep_identity(db::Tx& tx, UserId user, std::string code, ProviderPerson person, Time now);
/// Adds what was kept for this code, if anything. Error: identity_already_exists (422).
Task<Result<void>> add_kept_identity(db::Tx& tx, AuthMails& mails, UserId user, std::string code, Time now);

}  // namespace tt::auth
