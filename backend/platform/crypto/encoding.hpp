#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

/// RFC 4648 §5 without padding.
std::string base64url_encode(std::string_view bytes);
/// Strict: padding, white space, foreign characters and non-zero trailing bits are refused, so that one byte string
/// has exactly one spelling.
std::optional<std::string> base64url_decode(std::string_view text);

/// RFC 4648 §4 with padding.
std::string base64_encode(std::string_view bytes);
/// Accepts padding; refuses white space and foreign characters.
std::optional<std::string> base64_decode(std::string_view text);

std::string hex_encode(std::string_view bytes);
std::optional<std::string> hex_decode(std::string_view text);

}  // namespace platform::crypto
