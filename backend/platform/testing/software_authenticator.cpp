#include "platform/testing/software_authenticator.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace platform::testing {
namespace {

constexpr unsigned major_unsigned = 0;
constexpr unsigned major_negative = 1;
constexpr unsigned major_bytes = 2;
constexpr unsigned major_text = 3;
constexpr unsigned major_map = 5;

std::shared_ptr<EVP_PKEY> generate(SoftwareAuthenticator::Algorithm algorithm) {
    EVP_PKEY* key = nullptr;
    switch (algorithm) {
        case SoftwareAuthenticator::Algorithm::es256:
            key = EVP_EC_gen("P-256");
            break;
        case SoftwareAuthenticator::Algorithm::eddsa:
            key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
            break;
        case SoftwareAuthenticator::Algorithm::rs256:
            key = EVP_RSA_gen(2048);
            break;
    }
    if (!key) throw std::runtime_error("OpenSSL makes no key");
    return {key, EVP_PKEY_free};
}

std::string number_of(EVP_PKEY* key, const char* name, int width) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1) throw std::runtime_error("the key has no such number");
    const std::unique_ptr<BIGNUM, void (*)(BIGNUM*)> owned(number, BN_free);
    const int size = width > 0 ? width : BN_num_bytes(number);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size);
    return bytes;
}

std::string big_endian(std::uint64_t number, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i) & 0xFF);
    return out;
}

std::string encoded(std::string_view bytes) {
    return crypto::base64url_encode(bytes);
}

}  // namespace

std::string cbor_head(unsigned major, std::uint64_t number) {
    const auto first = [major](unsigned low) { return std::string(1, static_cast<char>(major << 5 | low)); };
    if (number < 24) return first(static_cast<unsigned>(number));
    if (number < 0x100) return first(24) + big_endian(number, 1);
    if (number < 0x10000) return first(25) + big_endian(number, 2);
    if (number < 0x100000000) return first(26) + big_endian(number, 4);
    return first(27) + big_endian(number, 8);
}

std::string cbor_text(std::string_view text) {
    return cbor_head(major_text, text.size()) + std::string(text);
}

std::string cbor_bytes(std::string_view bytes) {
    return cbor_head(major_bytes, bytes.size()) + std::string(bytes);
}

std::string cbor_int(std::int64_t number) {
    return number >= 0 ? cbor_head(major_unsigned, static_cast<std::uint64_t>(number))
                       : cbor_head(major_negative, static_cast<std::uint64_t>(-1 - number));
}

SoftwareAuthenticator::SoftwareAuthenticator(Algorithm algorithm)
    : algorithm_(algorithm), key_(generate(algorithm)), credential_id_(crypto::random_bytes(32)) {}

std::string SoftwareAuthenticator::cose_key() const {
    switch (algorithm_) {
        case Algorithm::es256:
            return cbor_head(major_map, 5) + cbor_int(1) + cbor_int(2) + cbor_int(3) + cbor_int(-7) + cbor_int(-1) +
                   cbor_int(1) + cbor_int(-2) + cbor_bytes(number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32)) +
                   cbor_int(-3) + cbor_bytes(number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32));
        case Algorithm::eddsa: {
            std::string raw(32, '\0');
            std::size_t size = raw.size();
            EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
            return cbor_head(major_map, 4) + cbor_int(1) + cbor_int(1) + cbor_int(3) + cbor_int(-8) + cbor_int(-1) +
                   cbor_int(6) + cbor_int(-2) + cbor_bytes(raw);
        }
        case Algorithm::rs256:
            return cbor_head(major_map, 4) + cbor_int(1) + cbor_int(3) + cbor_int(3) + cbor_int(-257) + cbor_int(-1) +
                   cbor_bytes(number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N, 0)) + cbor_int(-2) +
                   cbor_bytes(number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E, 0));
    }
    return "";
}

std::string SoftwareAuthenticator::sign(std::string_view data) const {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const EVP_MD* digest = algorithm_ == Algorithm::eddsa ? nullptr : EVP_sha256();
    const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
    std::size_t size = 0;
    EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, data.size());
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, data.size()) !=
        1) {
        throw std::runtime_error("OpenSSL signs nothing");
    }
    signature.resize(size);
    return signature;
}

std::string SoftwareAuthenticator::authenticator_data(bool is_new) {
    const unsigned flags = (is_user_present ? 0x01U : 0U) | (is_user_verified ? 0x04U : 0U) |
                           (is_backup_eligible ? 0x08U : 0U) | (is_backed_up ? 0x10U : 0U) | (is_new ? 0x40U : 0U) |
                           (has_extensions ? 0x80U : 0U);
    std::string data = crypto::sha256(rp_id) + static_cast<char>(flags) + big_endian(sign_count, 4);
    if (sign_count != 0) ++sign_count;
    if (is_new) data += std::string(16, '\0') + big_endian(credential_id_.size(), 2) + credential_id_ + cose_key();
    if (has_extensions) data += cbor_head(major_map, 1) + cbor_text("credProtect") + cbor_int(2);
    return data;
}

std::string SoftwareAuthenticator::client_data(std::string_view type, const boost::json::object& options) const {
    const boost::json::object data{
        {"type", type}, {"challenge", options.at("challenge")}, {"origin", origin}, {"crossOrigin", is_cross_origin}};
    return boost::json::serialize(data);
}

boost::json::object SoftwareAuthenticator::answer(boost::json::object response) const {
    const std::string id = encoded(credential_id_);
    return {{"id", id},
            {"rawId", id},
            {"type", "public-key"},
            {"response", std::move(response)},
            {"clientExtensionResults", boost::json::object()},
            {"authenticatorAttachment", "cross-platform"}};
}

boost::json::object SoftwareAuthenticator::create(const boost::json::object& options) {
    user_handle_ = crypto::base64url_decode(std::string(options.at("user").at("id").as_string())).value();
    const std::string data = authenticator_data(true);
    const std::string client = client_data("webauthn.create", options);
    std::string statement = cbor_text("none") + cbor_text("attStmt") + cbor_head(major_map, 0);
    if (has_self_attestation) {
        const std::int64_t algorithm = algorithm_ == Algorithm::es256 ? -7 : algorithm_ == Algorithm::eddsa ? -8 : -257;
        statement = cbor_text("packed") + cbor_text("attStmt") + cbor_head(major_map, 2) + cbor_text("alg") +
                    cbor_int(algorithm) + cbor_text("sig") + cbor_bytes(sign(data + crypto::sha256(client)));
    }
    const std::string object =
        cbor_head(major_map, 3) + cbor_text("fmt") + statement + cbor_text("authData") + cbor_bytes(data);
    return answer({{"clientDataJSON", encoded(client)},
                   {"attestationObject", encoded(object)},
                   {"transports", boost::json::array{"usb"}}});
}

boost::json::object SoftwareAuthenticator::get(const boost::json::object& options) {
    const std::string data = authenticator_data(false);
    const std::string client = client_data("webauthn.get", options);
    return answer({{"clientDataJSON", encoded(client)},
                   {"authenticatorData", encoded(data)},
                   {"signature", encoded(sign(data + crypto::sha256(client)))},
                   {"userHandle", encoded(user_handle_)}});
}

}  // namespace platform::testing
