#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/crypto/jwk.hpp"

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

typedef struct evp_pkey_st EVP_PKEY;

namespace platform::crypto {

/// A key pair of ES256 (ECDSA P-256, SHA-256). Signatures are the raw 64 bytes r‖s of RFC 7518 §3.4.
class Es256Key {
public:
    /// A fresh pair; the key id is 128 random bits.
    static Es256Key generate();
    /// Reads what private_pem() wrote. Throws std::invalid_argument for anything but a P-256 private key.
    static Es256Key from_private_pem(const std::string& pem, std::string kid);

    const std::string& kid() const { return kid_; }
    /// PKCS#8; goes to disk or database only sealed by an Envelope.
    std::string private_pem() const;
    /// The public part as a JWK object: kty, crv, x, y, kid, alg, use.
    boost::json::object public_jwk() const;
    std::string sign(std::string_view data) const;

private:
    Es256Key(std::shared_ptr<EVP_PKEY> pair, std::string kid) : pair_(std::move(pair)), kid_(std::move(kid)) {}
    std::shared_ptr<EVP_PKEY> pair_;
    std::string kid_;
};

/// `{alg, typ, kid}.claims.signature` in compact serialisation.
std::string sign_jwt(const Es256Key& key, const boost::json::object& claims);
/// HS256 without a kid: the form of the anon and service_role API keys that supabase clients carry.
std::string sign_jwt_hs256(std::string_view secret, const boost::json::object& claims);

/// What a verified token says.
struct Claims {
    std::string algorithm;
    std::string issuer;
    std::string subject;
    std::vector<std::string> audience;
    std::int64_t expires_at = 0;  // Unix seconds
    std::int64_t issued_at = 0;   // Unix seconds, 0 when absent
    boost::json::object members;  // all claims
    std::string json;             // all claims as the token spelled them
};

/// What is demanded beyond a valid signature and time (RFC 8725 §3.8, §3.9). ES256 tokens need all of it. HS256 tokens
/// are API keys: they are judged by `role` alone, which must be one of `api_key_roles`.
struct JwtPolicy {
    std::string issuer{};          // empty = any
    std::string audience{};        // empty = any
    std::string api_key_secret{};  // empty = HS256 is refused altogether
    std::vector<std::string> api_key_roles{"anon", "service_role"};
    std::chrono::seconds clock_skew{30};
    /// RS256 keys of test suites that bring their own API keys: judged by `role`, which may be "supabase_admin", too;
    /// they need no exp. Never in production.
    std::vector<VerificationKey> test_keys{};
};

/// The public keys of an issuer. Only P-256 keys for ES256 are taken; others in the document are passed over.
class KeySet {
public:
    /// Errors: `jwks_invalid`.
    static Result<KeySet> parse(std::string_view jwks_json);
    bool contains(std::string_view kid) const { return keys_.find(kid) != keys_.end(); }
    std::size_t size() const { return keys_.size(); }
    bool verify(std::string_view kid, std::string_view data, std::string_view raw_signature) const;

private:
    std::map<std::string, std::shared_ptr<EVP_PKEY>, std::less<>> keys_;
};

/// Splits and reads the header only: which key a token claims. Trust nothing of it.
struct JwtHeader {
    std::string algorithm;
    std::string kid;
};
/// Errors: `bad_jwt`.
Result<JwtHeader> peek_jwt_header(std::string_view token);

/// Everything at once: form, algorithm allow-list by key, signature, exp/nbf/iat, issuer, audience.
/// Errors: `bad_jwt` (401); message says which check failed, without any part of the token. `unknown_key` (401): the
/// kid is not in `keys`.
Result<Claims> verify_jwt(std::string_view token, const KeySet& keys, const JwtPolicy& policy, Time now);

}  // namespace platform::crypto
