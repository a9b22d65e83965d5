#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tt::auth {

/// E.164 without the plus, as it is stored: a plus and spaces in what was typed do not count. Nothing for what is no
/// such number.
std::optional<std::string> normalized_phone(std::string_view typed);

}  // namespace tt::auth
