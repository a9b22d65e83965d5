#pragma once

#include "platform/core/result.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

typedef struct evp_pkey_st EVP_PKEY;

namespace platform::crypto {

/// A key that can verify JSON Web Signatures (RFC 7517, RFC 7518 §3.1, RFC 8037): oct for HS256/384/512, RSA for RS*
/// and PS*, EC for the ES* of its curve, OKP with Ed25519 for EdDSA. The algorithm is a property of the key (RFC 8725
/// §3.1).
class VerificationKey {
public:
    /// Errors: `jwk_invalid`; also for a private or encryption-only use, or a curve we do not know.
    static Result<VerificationKey> from_jwk(const boost::json::object& jwk);
    /// A shared secret for one algorithm: HS256, HS384 or HS512.
    static VerificationKey from_secret(std::string secret, std::string algorithm);

    /// Empty when the key has none.
    const std::string& kid() const { return kid_; }
    bool allows(std::string_view algorithm) const;
    /// False for a wrong signature and for an algorithm that the key does not allow.
    bool verify(std::string_view algorithm, std::string_view data, std::string_view signature) const;

private:
    std::string kid_;
    std::vector<std::string_view> algorithms_;  ///< of the static table in jwk.cpp
    std::string secret_;
    std::shared_ptr<EVP_PKEY> public_key_;
};

/// The keys of a JWK or JWK Set document. Keys of kinds we do not know are passed over. Errors: `jwks_invalid` when the
/// text is neither.
Result<std::vector<VerificationKey>> parse_jwk_or_set(std::string_view json);

}  // namespace platform::crypto
