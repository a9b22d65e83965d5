#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What every layer does with text: UTF-8, ASCII letters, blanks, HTML. What needs the Unicode tables is platform/intl.
namespace platform {

/// & < > " ' as references: safe as text and inside a quoted attribute, of HTML and of XML.
std::string escape_html(std::string_view text);

/// Length of the UTF-8 sequence at the front of `text`, 0 when there is none that is valid (RFC 3629).
std::size_t utf8_sequence_length(std::string_view text);
bool is_utf8(std::string_view text);
/// Unicode code points of valid UTF-8.
std::size_t count_characters(std::string_view utf8);

/// A-Z only, whatever the locale.
constexpr char lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
std::string lower_ascii(std::string_view text);
/// 0-9 only, whatever the locale.
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Without `blanks` at both ends. The result points into `text`.
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n");

}  // namespace platform
