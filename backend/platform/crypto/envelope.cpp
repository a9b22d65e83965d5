#include "platform/crypto/envelope.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/openssl.hpp"
#include "platform/crypto/random.hpp"

#include <openssl/evp.h>

namespace platform::crypto {
namespace {

constexpr char format_version = 1;
constexpr std::size_t key_bytes = 32;
constexpr std::size_t key_id_bytes = 8;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t header_bytes = 1 + key_id_bytes;
constexpr std::size_t wrapped_key_bytes = nonce_bytes + key_bytes + tag_bytes;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

// nonce ‖ ciphertext ‖ tag
std::string encrypt(const std::string& key, std::string_view plaintext, std::string_view associated) {
    const std::string nonce = random_bytes(nonce_bytes);
    std::string ciphertext(plaintext.size(), '\0');
    std::string tag(tag_bytes, '\0');
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int written = 0;
    require(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(nonce)),
            "EVP_EncryptInit");
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, octets(associated), static_cast<int>(associated.size())),
            "EVP_EncryptUpdate");
    if (!plaintext.empty()) {
        require(EVP_EncryptUpdate(cipher.get(), octets(ciphertext), &written, octets(plaintext),
                                  static_cast<int>(plaintext.size())),
                "EVP_EncryptUpdate");
    }
    require(EVP_EncryptFinal_ex(cipher.get(), octets(tag), &written), "EVP_EncryptFinal");
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()), "GCM_GET_TAG");
    return nonce + ciphertext + tag;
}

std::optional<std::string> decrypt(const std::string& key, std::string_view sealed, std::string_view associated) {
    if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
    const std::string_view nonce = sealed.substr(0, nonce_bytes);
    const std::string_view ciphertext = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    std::string tag(sealed.substr(sealed.size() - tag_bytes));
    std::string plaintext(ciphertext.size(), '\0');
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int written = 0;
    require(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, octets(key), octets(nonce)),
            "EVP_DecryptInit");
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &written, octets(associated), static_cast<int>(associated.size())),
            "EVP_DecryptUpdate");
    if (!ciphertext.empty()) {
        require(EVP_DecryptUpdate(cipher.get(), octets(plaintext), &written, octets(ciphertext),
                                  static_cast<int>(ciphertext.size())),
                "EVP_DecryptUpdate");
    }
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()), "GCM_SET_TAG");
    unsigned char rest[tag_bytes];
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &written) != 1) return std::nullopt;
    return plaintext;
}

}  // namespace

Envelope::Envelope(std::vector<std::string> master_keys) {
    if (master_keys.empty()) throw std::invalid_argument("envelope: no master key");
    for (std::string& key : master_keys) {
        if (key.size() != key_bytes) throw std::invalid_argument("envelope: a master key has 32 bytes");
        std::string id = sha256("tt master key id" + key).substr(0, key_id_bytes);
        keys_.push_back({std::move(id), std::move(key)});
    }
}

std::string Envelope::seal(std::string_view plaintext, std::string_view context) const {
    const MasterKey& master = keys_.front();
    const std::string header = std::string(1, format_version) + master.id;
    const std::string data_key = random_bytes(key_bytes);
    const std::string associated = header + std::string(context);
    return header + encrypt(master.bytes, data_key, associated) + encrypt(data_key, plaintext, associated);
}

std::optional<std::string> Envelope::open(std::string_view sealed, std::string_view context) const {
    if (sealed.size() < header_bytes + wrapped_key_bytes || sealed[0] != format_version) return std::nullopt;
    const std::string header(sealed.substr(0, header_bytes));
    const std::string associated = header + std::string(context);
    for (const MasterKey& master : keys_) {
        if (master.id != header.substr(1)) continue;
        const auto data_key = decrypt(master.bytes, sealed.substr(header_bytes, wrapped_key_bytes), associated);
        if (!data_key) return std::nullopt;
        return decrypt(*data_key, sealed.substr(header_bytes + wrapped_key_bytes), associated);
    }
    return std::nullopt;
}

bool Envelope::is_outdated(std::string_view sealed) const {
    return sealed.substr(0, header_bytes) != std::string(1, format_version) + keys_.front().id;
}

}  // namespace platform::crypto
