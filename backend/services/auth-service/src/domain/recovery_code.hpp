#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

inline constexpr std::size_t recovery_codes_per_set = 10;
/// Letters of base32, five bits each: 80 bit, so that a keyed hash is enough to keep them (ASVS 6.5.2).
inline constexpr std::size_t recovery_code_length = 16;

/// Sixteen lower-case letters and digits each, all different.
std::vector<std::string> make_recovery_codes();
/// What was typed, in lower case and without blanks and dashes; nothing when it cannot be a code.
std::optional<std::string> normal_recovery_code(std::string_view typed);
/// What is kept of a code: HMAC-SHA-256 under the key of its set.
std::string hash_of_recovery_code(std::string_view key, std::string_view code);

}  // namespace tt::auth
