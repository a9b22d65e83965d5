#include "services/auth-service/src/webauthn_users.hpp"

#include "services/auth-service/src/domain/credential_party.hpp"
#include "services/auth-service/src/domain/metadata.hpp"

#include <algorithm>

namespace tt::auth {

webauthn::RelyingParty relying_party_of(const AuthConfig& config) {
    return credential_party({config.site_url, config.redirect_origins}, config.mfa.rp_id, config.mfa.rp_name,
                            config.mfa.rp_origins);
}

webauthn::UserEntity webauthn_user(const UserRow& user) {
    const std::string name = user.email.empty() ? user.phone : user.email;
    const std::string shown = display_name_of(user.user_metadata.text);
    const auto& bytes = user.id.value.bytes;
    return {std::string(bytes.begin(), bytes.end()), name, shown.empty() ? name : shown};
}

std::optional<UserId> user_of_handle(const std::string& handle) {
    UserId id;
    if (handle.size() != id.value.bytes.size()) return std::nullopt;
    std::ranges::copy(handle, id.value.bytes.begin());
    return id;
}

std::vector<webauthn::CredentialDescriptor> descriptors_of(const std::vector<CredentialRow>& credentials) {
    std::vector<webauthn::CredentialDescriptor> descriptors;
    for (const CredentialRow& row : credentials) descriptors.push_back({row.credential_id.bytes, row.transports});
    return descriptors;
}

webauthn::StoredCredential stored_credential(const CredentialRow& row) {
    return {row.public_key.bytes, row.sign_count, row.is_backup_eligible};
}

}  // namespace tt::auth
