#pragma once

namespace platform::intl {

/// A letter of any script: Unicode's general category L.
bool is_letter(char32_t character);
/// A blank of any script: Unicode's general category Zs, which has no tab and no line end.
bool is_space(char32_t character);

}  // namespace platform::intl
