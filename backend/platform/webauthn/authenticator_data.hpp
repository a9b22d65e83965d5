#pragma once

#include "platform/core/result.hpp"
#include "platform/core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::webauthn {

/// A credential as the authenticator presents it when it makes one.
struct AttestedCredential {
    Uuid aaguid;             ///< the model of the authenticator; all zero when it does not tell
    std::string id;          ///< at most 1023 bytes
    std::string public_key;  ///< COSE_Key, see PublicKey
};

/// What the authenticator signs (WebAuthn §6.1).
struct AuthenticatorData {
    std::string rp_id_hash;  ///< SHA-256 of the relying party's id
    bool is_user_present = false;
    bool is_user_verified = false;
    bool is_backup_eligible = false;
    bool is_backed_up = false;
    std::uint32_t sign_count = 0;
    std::optional<AttestedCredential> credential;

    /// Error: webauthn_malformed.
    static Result<AuthenticatorData> parse(std::string_view bytes);
};

}  // namespace platform::webauthn
