#include "platform/crypto/firebase_scrypt.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/form_fields.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/openssl.hpp"

#include <array>

namespace platform::crypto {
namespace {

constexpr std::uint32_t blocks_exponent_limit = 17;
constexpr std::uint64_t memory_limit_bytes = 128ULL * 1024 * 1024;
/// N·r·p of the usual parameters (n=14, r=8, p=1) is 2^17 and takes about 50 ms.
constexpr std::uint64_t scrypt_work_limit = 1ULL << 20;
constexpr std::size_t stored_limit_bytes = 1024;
constexpr std::size_t cipher_key_bytes = 32;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

bool is_affordable(const FirebaseScrypt& form) {
    const std::uint64_t memory = 128 * form.blocks * form.block_size;
    return form.block_size >= 1 && form.block_size <= 32 && form.lanes >= 1 && form.lanes <= 16 &&
           memory <= memory_limit_bytes && form.blocks * form.block_size * form.lanes <= scrypt_work_limit;
}

std::string encrypted(const std::string& key, const std::string& plain) {
    const std::array<unsigned char, 16> zero_counter{};
    const Cipher cipher(EVP_CIPHER_CTX_new());
    require(EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_ctr(), octets(key), zero_counter.data(), nullptr),
            "EVP_EncryptInit_ex2");
    std::string out(plain.size(), '\0');
    int written = 0;
    require(EVP_EncryptUpdate(cipher.get(), octets(out), &written, octets(plain), static_cast<int>(plain.size())),
            "EVP_EncryptUpdate");
    return out;
}

}  // namespace

std::optional<FirebaseScrypt> parse_firebase_scrypt(std::string_view stored) {
    const auto parts = form_parts(stored);
    if (parts.size() != 4 || parts[0] != "fbscrypt") return std::nullopt;
    const auto fields = form_fields(parts[1]);
    const auto exponent = form_number(fields, "n");
    const auto block_size = form_number(fields, "r");
    const auto lanes = form_number(fields, "p");
    if (form_field(fields, "v") != "1" || !exponent || !block_size || !lanes) return std::nullopt;
    if (*exponent < 1 || *exponent > blocks_exponent_limit) return std::nullopt;
    const auto separator = base64_decode(form_field(fields, "ss").value_or(""));
    const auto signer_key = base64_decode(form_field(fields, "sk").value_or(""));
    const auto salt = base64_decode(parts[2]);
    const auto hash = base64_decode(parts[3]);
    if (!separator || !signer_key || !salt || !hash) return std::nullopt;
    // The ciphertext is as long as the key; without one it would be empty and every password right.
    const bool has_sizes = stored.size() <= stored_limit_bytes && signer_key->size() >= 16 &&
                           hash->size() == signer_key->size() && !salt->empty();
    FirebaseScrypt form{1ULL << *exponent, *block_size, *lanes, *salt + *separator, *signer_key, *hash};
    return has_sizes && is_affordable(form) ? std::optional(std::move(form)) : std::nullopt;
}

bool matches(const std::string& password, const FirebaseScrypt& form) {
    std::string key(cipher_key_bytes, '\0');
    require(EVP_PBE_scrypt(password.data(), password.size(), octets(form.salt), form.salt.size(), form.blocks,
                           form.block_size, form.lanes, 2 * memory_limit_bytes, octets(key), key.size()),
            "EVP_PBE_scrypt");
    return constant_time_equal(encrypted(key, form.signer_key), form.hash);
}

}  // namespace platform::crypto
