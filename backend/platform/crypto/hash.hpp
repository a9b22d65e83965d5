#pragma once

#include <string>
#include <string_view>

namespace platform::crypto {

/// The 32 raw bytes; hex_encode() them for people.
std::string sha256(std::string_view data);
std::string sha256_hex(std::string_view data);
/// The 20 raw bytes. Broken: only where somebody else's format asks for it.
std::string sha1(std::string_view data);
/// The 32 raw bytes of HMAC-SHA-256.
std::string hmac_sha256(std::string_view key, std::string_view data);

/// Compares secrets without telling by its duration where they differ; the lengths are not secret.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace platform::crypto
