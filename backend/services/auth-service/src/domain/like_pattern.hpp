#pragma once

#include <string>
#include <string_view>

namespace tt::auth {

/// "%text%" for LIKE, in which the text stands for itself; "" for no text.
std::string like_pattern(std::string_view text);

}  // namespace tt::auth
