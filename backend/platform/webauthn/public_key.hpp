#pragma once

#include "platform/crypto/jwk.hpp"

#include <cstdint>
#include <string_view>

namespace platform::webauthn {

/// COSE algorithm numbers we verify (RFC 9053), in the order we prefer them.
inline constexpr std::int64_t cose_es256 = -7;
inline constexpr std::int64_t cose_eddsa = -8;
inline constexpr std::int64_t cose_rs256 = -257;

/// The public key of a credential.
class PublicKey {
public:
    /// A COSE_Key (RFC 9052 §7): EC2 on P-256 for ES256, OKP with Ed25519 for EdDSA, RSA of at least 2048 bit for
    /// RS256. Errors: cbor_invalid, webauthn_key_unsupported.
    static Result<PublicKey> from_cose(std::string_view bytes);

    std::int64_t algorithm() const { return algorithm_; }
    /// `signature` as authenticators write it: DER for ES256 (WebAuthn §6.5.5).
    bool verify(std::string_view data, std::string_view signature) const;

private:
    PublicKey(std::int64_t algorithm, crypto::VerificationKey key) : algorithm_(algorithm), key_(std::move(key)) {}

    std::int64_t algorithm_;
    crypto::VerificationKey key_;
};

}  // namespace platform::webauthn
