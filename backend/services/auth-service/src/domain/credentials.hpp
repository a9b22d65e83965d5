#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>

namespace tt::auth {

/// Longer ones are refused before they are hashed.
inline constexpr std::size_t password_limit = 1024;

/// The form in which a password is hashed and compared: NFC, because one keyboard sends "é" as one code point and
/// another as two (NIST 800-63B-4 §3.1.1.2). Empty, which nobody's password is, for what is too long to be one.
std::string normal_password(std::string_view typed);

/// A new password in its normal form. Its characters (Unicode code points) count, not the bytes; no composition rules.
/// Errors: `weak_password` (422) with GoTrue's text.
platform::Result<std::string> check_password(std::string_view typed, unsigned minimum);

}  // namespace tt::auth
