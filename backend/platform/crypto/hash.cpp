#include "platform/crypto/hash.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace platform::crypto {
namespace {

// Fetching the algorithm costs more than hashing a token, so it is done once.
const EVP_MD* sha256_algorithm() {
    static const std::unique_ptr<EVP_MD, Free<EVP_MD_free>> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return algorithm.get();
}

}  // namespace

std::string sha256(std::string_view data) {
    thread_local const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    std::string digest(32, '\0');
    require(EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr), "EVP_DigestInit");
    require(EVP_DigestUpdate(context.get(), data.data(), data.size()), "EVP_DigestUpdate");
    require(EVP_DigestFinal_ex(context.get(), octets(digest), nullptr), "EVP_DigestFinal");
    return digest;
}

std::string sha256_hex(std::string_view data) {
    return hex_encode(sha256(data));
}

std::string sha1(std::string_view data) {
    std::string digest(20, '\0');
    require(EVP_Q_digest(nullptr, "SHA1", nullptr, data.data(), data.size(), octets(digest), nullptr), "EVP_Q_digest");
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
    std::string mac(32, '\0');
    const unsigned char* done = HMAC(sha256_algorithm(), key.data(), static_cast<int>(key.size()), octets(data),
                                     data.size(), octets(mac), nullptr);
    require(done ? 1 : 0, "HMAC");
    return mac;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace platform::crypto
