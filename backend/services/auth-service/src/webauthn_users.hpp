#pragma once

#include "platform/webauthn/assertion.hpp"
#include "platform/webauthn/options.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/credentials.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// The sites, as browsers and authenticators know them.
webauthn::RelyingParty relying_party_of(const AuthConfig& config);
/// A person as an authenticator shows them. The handle is the 16 bytes of the id.
webauthn::UserEntity webauthn_user(const UserRow& user);
std::optional<UserId> user_of_handle(const std::string& handle);
std::vector<webauthn::CredentialDescriptor> descriptors_of(const std::vector<CredentialRow>& credentials);
webauthn::StoredCredential stored_credential(const CredentialRow& row);

}  // namespace tt::auth
