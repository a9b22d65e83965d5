#pragma once

#include "platform/core/result.hpp"

#include <string_view>

namespace tt::auth {

/// Longer ones are refused before they are hashed.
inline constexpr std::size_t password_limit = 1024;

/// Characters (Unicode code points) count, not bytes; no composition rules (NIST 800-63B-4).
/// Errors: `weak_password` (422) with GoTrue's text.
platform::Result<void> check_password(std::string_view password, unsigned minimum);

}  // namespace tt::auth
