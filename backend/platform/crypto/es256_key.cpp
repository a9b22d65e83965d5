#include "platform/crypto/ecdsa_der.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/es256.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/crypto/openssl.hpp"
#include "platform/crypto/random.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

namespace platform::crypto {
namespace {

constexpr std::size_t coordinate_bytes = 32;
constexpr std::size_t kid_bytes = 16;

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) {
    return {key, EVP_PKEY_free};
}

std::string coordinate(EVP_PKEY* key, const char* name) {
    BIGNUM* raw = nullptr;
    require(EVP_PKEY_get_bn_param(key, name, &raw), "EVP_PKEY_get_bn_param");
    const Number number(raw);
    std::string bytes(coordinate_bytes, '\0');
    require(BN_bn2binpad(number.get(), octets(bytes), coordinate_bytes), "BN_bn2binpad");
    return bytes;
}

bool is_p256(EVP_PKEY* key) {
    char group[32] = {};
    return EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 && std::string_view(group) == "prime256v1";
}

std::string der_to_raw(const std::string& der) {
    const unsigned char* position = octets(std::string_view(der));
    const Signature signature(d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())));
    require(signature ? 1 : 0, "d2i_ECDSA_SIG");
    std::string raw(2 * coordinate_bytes, '\0');
    require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), octets(raw), coordinate_bytes), "BN_bn2binpad");
    require(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), octets(raw) + coordinate_bytes, coordinate_bytes),
            "BN_bn2binpad");
    return raw;
}

}  // namespace

Es256Key Es256Key::generate() {
    auto pair = owned(EVP_EC_gen("P-256"));
    require(pair ? 1 : 0, "EVP_EC_gen");
    return {std::move(pair), random_token(kid_bytes)};
}

Es256Key Es256Key::from_private_pem(const std::string& pem, std::string kid) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    auto pair = owned(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    if (!pair || !is_p256(pair.get())) throw std::invalid_argument("not a P-256 private key");
    return {std::move(pair), std::move(kid)};
}

std::string Es256Key::private_pem() const {
    const Bio bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_PrivateKey(bio.get(), pair_.get(), nullptr, nullptr, 0, nullptr, nullptr),
            "PEM_write_bio_PrivateKey");
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return std::string(data, static_cast<std::size_t>(length));
}

boost::json::object Es256Key::public_jwk() const {
    return {{"kty", "EC"},
            {"crv", "P-256"},
            {"x", base64url_encode(coordinate(pair_.get(), OSSL_PKEY_PARAM_EC_PUB_X))},
            {"y", base64url_encode(coordinate(pair_.get(), OSSL_PKEY_PARAM_EC_PUB_Y))},
            {"kid", kid_},
            {"alg", "ES256"},
            {"use", "sig"},
            {"key_ops", {"verify"}}};
}

std::string Es256Key::sign(std::string_view data) const {
    const Digest digest(EVP_MD_CTX_new());
    require(EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, pair_.get()), "EVP_DigestSignInit");
    std::size_t length = 0;
    require(EVP_DigestSign(digest.get(), nullptr, &length, octets(data), data.size()), "EVP_DigestSign");
    std::string der(length, '\0');
    require(EVP_DigestSign(digest.get(), octets(der), &length, octets(data), data.size()), "EVP_DigestSign");
    der.resize(length);
    return der_to_raw(der);
}

std::shared_ptr<EVP_PKEY> p256_public_key(std::string_view x, std::string_view y) {
    if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) return nullptr;
    const std::string point = "\x04" + std::string(x) + std::string(y);
    const std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0), "PARAM_BLD");
    require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
            "PARAM_BLD");
    const std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>> params(OSSL_PARAM_BLD_to_param(builder.get()));
    const std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    require(EVP_PKEY_fromdata_init(context.get()), "EVP_PKEY_fromdata_init");
    // Refuses points that are not on the curve.
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
    return owned(key);
}

bool verify_es256(EVP_PKEY* key, std::string_view data, std::string_view raw_signature) {
    // Exactly r‖s: a DER signature or trailing bytes would be a second spelling of the same token.
    if (raw_signature.size() != 2 * coordinate_bytes) return false;
    const std::string der = ecdsa_der(raw_signature, coordinate_bytes);
    const Digest digest(EVP_MD_CTX_new());
    require(EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key), "EVP_DigestVerifyInit");
    return EVP_DigestVerify(digest.get(), octets(std::string_view(der)), der.size(), octets(data), data.size()) == 1;
}

}  // namespace platform::crypto
