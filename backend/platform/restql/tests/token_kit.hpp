#pragma once

#include <memory>
#include <string>
#include <string_view>

typedef struct evp_pkey_st EVP_PKEY;

namespace platform::restql::token_test {

/// A key that signs tokens the way an issuer does, in one algorithm.
class Signer {
public:
    /// HS256, HS384, HS512 with `secret`; RS…, PS…, ES…, EdDSA with a new key pair.
    explicit Signer(std::string algorithm, std::string secret = {});

    /// The public half (or the secret) as a JWK, without the braces' end: `extra` is appended as further members.
    std::string jwk(std::string_view extra = "") const;
    std::string sign(std::string_view claims_json) const { return sign(header(), claims_json); }
    std::string sign(std::string_view header_json, std::string_view claims_json) const;
    std::string header(std::string_view extra = "") const;

private:
    std::string signature(std::string_view text) const;
    std::string raw_ecdsa(std::string_view der) const;

    std::string algorithm_;
    std::string secret_;
    std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace platform::restql::token_test
