#pragma once

#include <string>
#include <string_view>

/// Comparison of short free-text answers.
namespace tt::progress {

/// NFC, trimmed, runs of white space collapsed to one space; folded when `fold_case`.
/// Malformed UTF-8 becomes U+FFFD, so it never equals an accepted answer.
std::string normalise_text(std::string_view text, bool fold_case);

/// Whether the whole text matches. RE2: time linear in the text whatever the pattern is; a pattern RE2 refuses
/// (back-references, look-around, too large) matches nothing.
bool matches_pattern(std::string_view text, const std::string& pattern, bool case_sensitive);

}  // namespace tt::progress
