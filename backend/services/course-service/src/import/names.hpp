#pragma once

#include <string>
#include <string_view>

namespace tt::course::import {

/// "Étude & Practice: 1" → "tude-practice-1": lower-case ASCII letters and digits with single dashes, at most 60 bytes,
/// empty when the title has none of them.
std::string slugify(std::string_view title);

/// %41 → A; a broken escape stays as it is.
std::string percent_decode(std::string_view text);

/// How Open edX spells the name of an uploaded file in a reference: everything but letters, digits, ._-% becomes one
/// "_".
std::string reference_name(std::string_view file_name);

/// Trims white space at both ends.
std::string trimmed(std::string_view text);

}  // namespace tt::course::import
