#include "platform/restql/tests/token_kit.hpp"

#include "platform/crypto/encoding.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <stdexcept>

namespace platform::restql::token_test {
namespace {

using crypto::base64url_encode;

template <auto Function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};

unsigned char* octets(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

struct Curve {
    std::string_view algorithm;
    const char* name;
    int coordinate_bytes;
};
constexpr Curve curves[] = {{"ES256", "P-256", 32}, {"ES384", "P-384", 48}, {"ES512", "P-521", 66}};

const Curve& curve_of(std::string_view algorithm) {
    for (const auto& curve : curves) {
        if (curve.algorithm == algorithm) return curve;
    }
    throw std::invalid_argument(std::string(algorithm));
}

const EVP_MD* digest_of(std::string_view algorithm) {
    if (algorithm == "EdDSA") return nullptr;
    return algorithm.ends_with("256") ? EVP_sha256() : algorithm.ends_with("384") ? EVP_sha384() : EVP_sha512();
}

EVP_PKEY* generate(std::string_view algorithm) {
    if (algorithm == "EdDSA") return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    if (algorithm.starts_with("ES")) return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve_of(algorithm).name);
    return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
}

std::string number_of(EVP_PKEY* key, const char* name, int bytes = 0) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error(name);
    const std::unique_ptr<BIGNUM, Free<BN_free>> held(number);
    std::string out(static_cast<std::size_t>(bytes > 0 ? bytes : BN_num_bytes(number)), '\0');
    BN_bn2binpad(number, octets(out), static_cast<int>(out.size()));
    return base64url_encode(out);
}

std::string member(std::string_view name, std::string_view text) {
    return ",\"" + std::string(name) + "\":\"" + std::string(text) + "\"";
}

}  // namespace

Signer::Signer(std::string algorithm, std::string secret)
    : algorithm_(std::move(algorithm)), secret_(std::move(secret)) {
    if (!algorithm_.starts_with("HS")) key_ = std::shared_ptr<EVP_PKEY>(generate(algorithm_), EVP_PKEY_free);
}

std::string Signer::jwk(std::string_view extra) const {
    std::string text = "{\"alg\":\"" + algorithm_ + "\"";
    if (!key_) {
        text += member("kty", "oct") + member("k", base64url_encode(secret_));
    } else if (algorithm_ == "EdDSA") {
        std::string point(32, '\0');
        std::size_t size = point.size();
        EVP_PKEY_get_raw_public_key(key_.get(), octets(point), &size);
        text += member("kty", "OKP") + member("crv", "Ed25519") + member("x", base64url_encode(point));
    } else if (algorithm_.starts_with("ES")) {
        const auto& curve = curve_of(algorithm_);
        text += member("kty", "EC") + member("crv", curve.name) +
                member("x", number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, curve.coordinate_bytes)) +
                member("y", number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, curve.coordinate_bytes));
    } else {
        text += member("kty", "RSA") + member("n", number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N)) +
                member("e", number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E));
    }
    return text + std::string(extra) + "}";
}

std::string Signer::header(std::string_view extra) const {
    return R"({"typ":"JWT","alg":")" + algorithm_ + "\"" + std::string(extra) + "}";
}

std::string Signer::sign(std::string_view header_json, std::string_view claims_json) const {
    const std::string text = base64url_encode(header_json) + "." + base64url_encode(claims_json);
    return text + "." + base64url_encode(signature(text));
}

std::string Signer::signature(std::string_view text) const {
    std::string out(1024, '\0');
    if (!key_) {
        unsigned size = 0;
        HMAC(digest_of(algorithm_), secret_.data(), static_cast<int>(secret_.size()), octets(text), text.size(),
             octets(out), &size);
        return out.substr(0, size);
    }
    const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    EVP_DigestSignInit(context.get(), &parameters, digest_of(algorithm_), nullptr, key_.get());
    if (algorithm_.starts_with("PS")) {
        EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST);
    }
    std::size_t size = out.size();
    if (EVP_DigestSign(context.get(), octets(out), &size, octets(text), text.size()) != 1) {
        throw std::runtime_error("cannot sign with " + algorithm_);
    }
    out.resize(size);
    return algorithm_.starts_with("ES") ? raw_ecdsa(out) : out;
}

/// JWS wants both numbers side by side, OpenSSL gives DER.
std::string Signer::raw_ecdsa(std::string_view der) const {
    const unsigned char* begin = octets(der);
    const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> parts(
        d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
    const int bytes = curve_of(algorithm_).coordinate_bytes;
    std::string out(static_cast<std::size_t>(2 * bytes), '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), octets(out), bytes);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), octets(out) + bytes, bytes);
    return out;
}

}  // namespace platform::restql::token_test
