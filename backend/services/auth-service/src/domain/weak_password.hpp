#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

/// Whether `normal` is one of the passwords that everybody tries first, or one of them dressed up: other case, digits
/// for letters, a few digits or signs around it, the same again. Pure; ASVS 6.2.4.
bool is_common_password(std::string_view normal);

/// Whether hardly more than `words` (the site's name, parts of the person's name and address) is left of `normal`, in
/// any case and with digits for letters. Pure; ASVS 6.2.11.
bool is_made_of(std::string_view normal, const std::vector<std::string>& words);

/// What a person is known by, as words for is_made_of(): the local part of the address and the names, whole and in
/// pieces.
std::vector<std::string> words_of(std::string_view email, std::string_view name);

}  // namespace tt::auth
