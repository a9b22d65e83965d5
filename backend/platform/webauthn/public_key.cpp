#include "platform/webauthn/public_key.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/webauthn/cbor.hpp"

#include <openssl/ecdsa.h>

#include <memory>
#include <optional>

namespace platform::webauthn {
namespace {

// Labels of RFC 9052 §7.1 and RFC 9053 §7; -1 … -3 mean other things for other key types.
constexpr std::int64_t label_type = 1;
constexpr std::int64_t label_algorithm = 3;
constexpr std::int64_t label_curve = -1;
constexpr std::int64_t label_x = -2;
constexpr std::int64_t label_y = -3;
constexpr std::int64_t label_modulus = -1;
constexpr std::int64_t label_exponent = -2;

constexpr std::int64_t type_okp = 1;
constexpr std::int64_t type_ec2 = 2;
constexpr std::int64_t type_rsa = 3;
constexpr std::int64_t curve_p256 = 1;
constexpr std::int64_t curve_ed25519 = 6;

constexpr std::size_t max_modulus_bytes = 1024;  // 8192 bit; a larger one only costs time

Error unsupported_key() {
    return {Code::invalid_argument, "webauthn_key_unsupported", "the credential's public key is of no kind we verify"};
}

std::optional<std::int64_t> number_at(const cbor::Map& key, std::int64_t label) {
    const auto* value = cbor::find(key, label);
    const auto* number = value ? value->as<std::int64_t>() : nullptr;
    return number ? std::optional(*number) : std::nullopt;
}

std::string encoded(const cbor::Map& key, std::int64_t label) {
    return crypto::base64url_encode(cbor::bytes_member(key, label));
}

/// As a JSON Web Key, which platform/crypto checks and verifies with. Empty for a combination we do not know.
boost::json::object jwk_of(const cbor::Map& key) {
    const auto type = number_at(key, label_type);
    const auto algorithm = number_at(key, label_algorithm);
    const auto curve = number_at(key, label_curve);
    if (type == type_ec2 && algorithm == cose_es256 && curve == curve_p256) {
        return {{"kty", "EC"}, {"crv", "P-256"}, {"x", encoded(key, label_x)}, {"y", encoded(key, label_y)}};
    }
    if (type == type_okp && algorithm == cose_eddsa && curve == curve_ed25519) {
        return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", encoded(key, label_x)}};
    }
    const bool is_rsa = type == type_rsa && algorithm == cose_rs256;
    if (is_rsa && cbor::bytes_member(key, label_modulus).size() <= max_modulus_bytes) {
        return {
            {"kty", "RSA"}, {"alg", "RS256"}, {"n", encoded(key, label_modulus)}, {"e", encoded(key, label_exponent)}};
    }
    return {};
}

struct FreeSignature {
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};

/// r ‖ s, 32 bytes each; nothing when `der` is not exactly one ECDSA-Sig-Value of that size.
std::optional<std::string> raw_p256_signature(std::string_view der) {
    constexpr int coordinate_bytes = 32;
    constexpr std::size_t max_der_bytes = 72;
    if (der.empty() || der.size() > max_der_bytes) return std::nullopt;
    const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
    const auto* end = begin;
    const std::unique_ptr<ECDSA_SIG, FreeSignature> signature(
        d2i_ECDSA_SIG(nullptr, &end, static_cast<long>(der.size())));
    if (!signature || end != begin + der.size()) return std::nullopt;
    std::string raw(2 * coordinate_bytes, '\0');
    auto* out = reinterpret_cast<unsigned char*>(raw.data());
    const BIGNUM* r = ECDSA_SIG_get0_r(signature.get());
    const BIGNUM* s = ECDSA_SIG_get0_s(signature.get());
    if (BN_is_negative(r) || BN_is_negative(s)) return std::nullopt;
    if (BN_bn2binpad(r, out, coordinate_bytes) < 0) return std::nullopt;
    if (BN_bn2binpad(s, out + coordinate_bytes, coordinate_bytes) < 0) return std::nullopt;
    return raw;
}

}  // namespace

Result<PublicKey> PublicKey::from_cose(std::string_view bytes) {
    const auto value = cbor::parse(bytes);
    if (!value) return value.error();
    const auto* map = value->as<cbor::Map>();
    if (!map) return unsupported_key();
    const auto jwk = jwk_of(*map);
    if (jwk.empty()) return unsupported_key();
    auto key = crypto::VerificationKey::from_jwk(jwk);
    if (!key) return unsupported_key();
    return PublicKey(*number_at(*map, label_algorithm), std::move(*key));
}

bool PublicKey::verify(std::string_view data, std::string_view signature) const {
    if (algorithm_ == cose_es256) {
        const auto raw = raw_p256_signature(signature);
        return raw && key_.verify("ES256", data, *raw);
    }
    return key_.verify(algorithm_ == cose_eddsa ? "EdDSA" : "RS256", data, signature);
}

}  // namespace platform::webauthn
