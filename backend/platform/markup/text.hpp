#pragma once

#include <string>
#include <string_view>

namespace platform::markup {

/// Runs of white space (also no-break spaces) become one blank, ends are trimmed.
std::string collapse_space(std::string_view text);

/// HTML names these elements without an end tag.
bool is_void_element(std::string_view name);

}  // namespace platform::markup
