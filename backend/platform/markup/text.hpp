#pragma once

#include <string>
#include <string_view>

namespace platform::markup {

/// & < > " ' as references: safe as text and inside a quoted attribute.
std::string escape_html(std::string_view text);

/// Runs of white space (also no-break spaces) become one blank, ends are trimmed.
std::string collapse_space(std::string_view text);

/// HTML names these elements without an end tag.
bool is_void_element(std::string_view name);

}  // namespace platform::markup
