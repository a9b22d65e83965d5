#pragma once

#include "platform/webauthn/authenticator_data.hpp"
#include "platform/webauthn/cbor.hpp"
#include "platform/webauthn/public_key.hpp"

#include <string>

namespace platform::webauthn {

/// What an authenticator answers to "make a credential" (WebAuthn §6.5).
struct AttestationObject {
    std::string format;
    cbor::Map statement;
    std::string authenticator_data;  ///< as signed

    /// Errors: cbor_invalid, webauthn_malformed.
    static Result<AttestationObject> parse(std::string_view bytes);
};

/// Checks the statement (WebAuthn §8.2, §8.7) against the credential's key and the hash of the client data. Errors:
/// webauthn_refused, webauthn_attestation_unsupported.
Result<void> check_attestation(const AttestationObject& object, const PublicKey& credential_key,
                               const std::string& client_data_hash);

}  // namespace platform::webauthn
