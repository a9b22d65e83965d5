#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

/// Firebase's variant of scrypt: the derived key encrypts a key of the project, and the ciphertext is what is kept.
struct FirebaseScrypt {
    std::uint64_t blocks = 0;  // scrypt's N
    std::uint32_t block_size = 0;
    std::uint32_t lanes = 0;
    std::string salt;  // the user's and the project's separator
    std::string signer_key;
    std::string hash;
};

/// Nothing for what is malformed or costs more than a sign-in may.
std::optional<FirebaseScrypt> parse_firebase_scrypt(std::string_view stored);
bool matches(const std::string& password, const FirebaseScrypt& form);

}  // namespace platform::crypto
