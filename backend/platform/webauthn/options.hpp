#pragma once

#include "platform/webauthn/relying_party.hpp"

#include <boost/json/object.hpp>
#include <chrono>

namespace platform::webauthn {

/// A credential that exists already.
struct CredentialDescriptor {
    std::string id;
    std::vector<std::string> transports;
};

struct UserEntity {
    std::string handle;  ///< at most 64 bytes, nothing personal; comes back with a discoverable credential
    std::string name;
    std::string display_name;
};

/// How long the browser may take; the challenge lives as long.
inline constexpr std::chrono::milliseconds ceremony_timeout{300'000};

/// PublicKeyCredentialCreationOptionsJSON (WebAuthn §5.1.9). `is_discoverable` makes a passkey.
boost::json::object creation_options(const RelyingParty& party, const Ceremony& ceremony, const UserEntity& user,
                                     const std::vector<CredentialDescriptor>& excluded, bool is_discoverable);

/// PublicKeyCredentialRequestOptionsJSON (WebAuthn §5.1.10). Without `allowed` the person chooses a passkey.
boost::json::object request_options(const RelyingParty& party, const Ceremony& ceremony,
                                    const std::vector<CredentialDescriptor>& allowed);

}  // namespace platform::webauthn
