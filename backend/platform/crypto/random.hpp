#pragma once

#include <cstddef>
#include <string>

namespace platform::crypto {

/// Bytes of the operating system's generator (through OpenSSL's DRBG). Throws when it cannot deliver.
std::string random_bytes(std::size_t count);
/// A secret for links and keys: `byte_count` random bytes as base64url. 32 bytes = 43 characters = 256 bit.
std::string random_token(std::size_t byte_count = 32);
/// `length` decimal digits without modulo bias, for codes that a person types.
std::string random_digits(std::size_t length);

}  // namespace platform::crypto
