#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace platform::crypto {

/// RFC 4648 §6 in capitals and without padding: how authenticator apps read a secret.
std::string base32_encode(std::string_view bytes);
/// Letters of either case, without padding. Strict otherwise: foreign characters, impossible lengths and non-zero
/// trailing bits are refused.
std::optional<std::string> base32_decode(std::string_view text);

}  // namespace platform::crypto
