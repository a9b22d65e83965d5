#pragma once

#include "shared/types/prelude.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The two names of a certificate. Both are random, never sequential: the number is for people to read out, the
/// verification code opens the public page and cannot be guessed.
namespace tt::progress {

/// `TT-2026-` + 60 random bits as 12 Crockford base32 characters + a check character (Luhn modulo 32).
std::string certificate_number(std::int64_t random, Time issued_at);

/// Whether the check character fits, so that a mistyped number is told apart from an unknown one.
bool is_certificate_number(std::string_view text);

/// 128 random bits as 26 Crockford base32 characters.
std::string verification_code(const std::array<std::uint8_t, 16>& random);

/// Upper case, O → 0, I and L → 1, separators dropped; nothing when it cannot be a code.
std::optional<std::string> normalise_verification_code(std::string_view text);

}  // namespace tt::progress
