#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

/// Bytes as one big number in digits 0-9A-Za-z, always as many as the largest value of that many bytes needs: 16 bytes
/// are 22 characters, 32 are 43. Nothing that a URL, a shell or a double click would stumble over.
std::string base62_encode(std::string_view bytes);
/// Exactly `byte_count` bytes; nothing for another length, other characters or a number that is too large.
std::optional<std::string> base62_decode(std::string_view text, std::size_t byte_count);

}  // namespace platform::crypto
