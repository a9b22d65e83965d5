#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tt::auth {

/// The one spelling of an address that identifies an account: lower case, ASCII only, so that look-alikes from other
/// scripts cannot pose as somebody else. Nothing for what is no plain address.
std::optional<std::string> normalized_email(std::string_view email);

}  // namespace tt::auth
