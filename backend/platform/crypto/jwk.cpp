#include "platform/crypto/jwk.hpp"

#include "platform/crypto/ecdsa_der.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/openssl.hpp"
#include "platform/json/member.hpp"

#include <openssl/core_names.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace platform::crypto {
namespace {

namespace bj = boost::json;

using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;

enum class Scheme { hmac, rsa, rsa_pss, ecdsa, eddsa };

struct Algorithm {
    std::string_view name;
    Scheme scheme;
    const EVP_MD* (*digest)();
    std::string_view curve{};     ///< JWK spelling
    const char* group = nullptr;  ///< OpenSSL's
    std::size_t coordinate_bytes = 0;
};

const std::array<Algorithm, 13> algorithms{{{"HS256", Scheme::hmac, EVP_sha256},
                                            {"HS384", Scheme::hmac, EVP_sha384},
                                            {"HS512", Scheme::hmac, EVP_sha512},
                                            {"RS256", Scheme::rsa, EVP_sha256},
                                            {"RS384", Scheme::rsa, EVP_sha384},
                                            {"RS512", Scheme::rsa, EVP_sha512},
                                            {"PS256", Scheme::rsa_pss, EVP_sha256},
                                            {"PS384", Scheme::rsa_pss, EVP_sha384},
                                            {"PS512", Scheme::rsa_pss, EVP_sha512},
                                            {"ES256", Scheme::ecdsa, EVP_sha256, "P-256", "prime256v1", 32},
                                            {"ES384", Scheme::ecdsa, EVP_sha384, "P-384", "secp384r1", 48},
                                            {"ES512", Scheme::ecdsa, EVP_sha512, "P-521", "secp521r1", 66},
                                            {"EdDSA", Scheme::eddsa, nullptr, "Ed25519"}}};

const Algorithm* find(std::string_view name) {
    const auto found =
        std::find_if(algorithms.begin(), algorithms.end(), [&](const Algorithm& a) { return a.name == name; });
    return found == algorithms.end() ? nullptr : &*found;
}

std::optional<std::string> bytes_member(const bj::object& object, std::string_view name) {
    const auto text = json::text_member(object, name);
    return text.empty() ? std::nullopt : base64url_decode(text);
}

std::shared_ptr<EVP_PKEY> public_key_from(const char* type, OSSL_PARAM* params) {
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) <= 0) return nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) <= 0) return nullptr;
    return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const bj::object& jwk) {
    constexpr std::size_t min_modulus_bytes = 256;  // RFC 7518 §3.3
    const auto n = bytes_member(jwk, "n");
    const auto e = bytes_member(jwk, "e");
    if (!n || !e || n->size() < min_modulus_bytes) return nullptr;
    const Number modulus = number_of(*n);
    const Number exponent = number_of(*e);
    const Builder builder(OSSL_PARAM_BLD_new());
    require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()), "OSSL_PARAM_BLD_push_BN");
    require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()), "OSSL_PARAM_BLD_push_BN");
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return public_key_from("RSA", params.get());
}

std::shared_ptr<EVP_PKEY> ec_key(const bj::object& jwk, const Algorithm& algorithm) {
    const auto x = bytes_member(jwk, "x");
    const auto y = bytes_member(jwk, "y");
    if (!x || !y || x->size() != algorithm.coordinate_bytes || y->size() != algorithm.coordinate_bytes) return nullptr;
    const std::string point = std::string(1, '\x04') + *x + *y;  // uncompressed, SEC 1 §2.3.3
    const Builder builder(OSSL_PARAM_BLD_new());
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, algorithm.group, 0),
            "OSSL_PARAM_BLD_push_utf8_string");
    require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
            "OSSL_PARAM_BLD_push_octet_string");
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return public_key_from("EC", params.get());
}

std::shared_ptr<EVP_PKEY> ed25519_key(const bj::object& jwk) {
    const auto x = bytes_member(jwk, "x");
    if (!x) return nullptr;
    EVP_PKEY* key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(std::string_view(*x)), x->size());
    if (key == nullptr) return nullptr;
    return {key, EVP_PKEY_free};
}

bool verify_hmac(const Algorithm& algorithm, std::string_view secret, std::string_view data,
                 std::string_view signature) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    HMAC(algorithm.digest(), secret.data(), static_cast<int>(secret.size()), octets(data), data.size(), mac.data(),
         &size);
    return constant_time_equal({reinterpret_cast<const char*>(mac.data()), size}, signature);
}

bool verify_public(const Algorithm& algorithm, EVP_PKEY* key, std::string_view data, std::string signature) {
    if (algorithm.scheme == Scheme::ecdsa) {
        if (signature.size() != 2 * algorithm.coordinate_bytes) return false;
        signature = ecdsa_der(signature, algorithm.coordinate_bytes);
    }
    const Digest context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* options = nullptr;
    const EVP_MD* digest = algorithm.digest ? algorithm.digest() : nullptr;
    if (EVP_DigestVerifyInit(context.get(), &options, digest, nullptr, key) <= 0) return false;
    if (algorithm.scheme == Scheme::rsa_pss) {
        require(EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING), "EVP_PKEY_CTX_set_rsa_padding");
        require(EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST), "EVP_PKEY_CTX_set_rsa_pss_saltlen");
    }
    return EVP_DigestVerify(context.get(), octets(std::string_view(signature)), signature.size(), octets(data),
                            data.size()) == 1;
}

std::vector<std::string_view> algorithms_of(auto matches) {
    std::vector<std::string_view> names;
    for (const auto& algorithm : algorithms) {
        if (matches(algorithm)) names.push_back(algorithm.name);
    }
    return names;
}

Error invalid(std::string why) {
    return {Code::invalid_argument, "jwk_invalid", std::move(why)};
}

}  // namespace

VerificationKey VerificationKey::from_secret(std::string secret, std::string algorithm) {
    VerificationKey key;
    key.secret_ = std::move(secret);
    key.algorithms_ =
        algorithms_of([&](const Algorithm& a) { return a.scheme == Scheme::hmac && a.name == algorithm; });
    return key;
}

Result<VerificationKey> VerificationKey::from_jwk(const bj::object& jwk) {
    VerificationKey key;
    key.kid_ = json::text_member(jwk, "kid");
    const std::string type = json::text_member(jwk, "kty");
    const std::string curve = json::text_member(jwk, "crv");
    if (json::text_member(jwk, "use") == "enc") return invalid("the key is for encryption");
    if (type == "oct") {
        const auto secret = bytes_member(jwk, "k");
        if (!secret) return invalid("the key has no valid k");
        key.secret_ = *secret;
        key.algorithms_ = algorithms_of([](const Algorithm& a) { return a.scheme == Scheme::hmac; });
    } else if (type == "RSA") {
        key.public_key_ = rsa_key(jwk);
        key.algorithms_ =
            algorithms_of([](const Algorithm& a) { return a.scheme == Scheme::rsa || a.scheme == Scheme::rsa_pss; });
    } else if (type == "EC" || type == "OKP") {
        key.algorithms_ = algorithms_of([&](const Algorithm& a) { return a.curve == curve; });
        if (key.algorithms_.empty()) return invalid("unknown curve");
        key.public_key_ = type == "EC" ? ec_key(jwk, *find(key.algorithms_.front())) : ed25519_key(jwk);
    }
    if (type != "oct" && !key.public_key_) return invalid("the key cannot be read");
    if (const auto only = json::text_member(jwk, "alg"); !only.empty()) {
        std::erase_if(key.algorithms_, [&](std::string_view name) { return name != only; });
        if (key.algorithms_.empty()) return invalid("the key's alg does not fit it");
    }
    return key;
}

bool VerificationKey::allows(std::string_view algorithm) const {
    return std::find(algorithms_.begin(), algorithms_.end(), algorithm) != algorithms_.end();
}

bool VerificationKey::verify(std::string_view algorithm, std::string_view data, std::string_view signature) const {
    if (!allows(algorithm)) return false;
    const Algorithm& used = *find(algorithm);
    if (used.scheme == Scheme::hmac) return verify_hmac(used, secret_, data, signature);
    return verify_public(used, public_key_.get(), data, std::string(signature));
}

Result<std::vector<VerificationKey>> parse_jwk_or_set(std::string_view text) {
    const Error neither{Code::invalid_argument, "jwks_invalid", "neither a JSON Web Key nor a key set"};
    boost::system::error_code failure;
    const auto document = bj::parse(text, failure);
    if (failure || !document.is_object()) return neither;
    const auto& object = document.get_object();
    std::vector<VerificationKey> keys;
    const auto* list = object.if_contains("keys");
    if (!list) {
        auto key = VerificationKey::from_jwk(object);
        if (!key) return neither;
        keys.push_back(std::move(*key));
        return keys;
    }
    if (!list->is_array()) return neither;
    for (const auto& entry : list->get_array()) {
        auto key = entry.is_object() ? VerificationKey::from_jwk(entry.get_object()) : Result<VerificationKey>(neither);
        if (key) keys.push_back(std::move(*key));
    }
    return keys;
}

}  // namespace platform::crypto
