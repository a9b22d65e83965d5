#pragma once

#include <string>
#include <string_view>

namespace platform::intl {

/// Unicode's normalisation form C: "é" is one code point, however the keyboard spelled it.
/// Malformed UTF-8 becomes U+FFFD.
std::string nfc(std::string_view text);

/// For comparing without regard to case: Unicode's default case folding ("ß" = "SS"), in form C.
std::string folded(std::string_view text);

}  // namespace platform::intl
