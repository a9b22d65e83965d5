#pragma once

#include <string_view>

namespace platform::json {

/// Whether `text` has the named format of a Rule; an unknown name is a programming error and throws.
bool has_format(std::string_view format, std::string_view text);
/// How an error message names it: "an e-mail address".
std::string_view format_description(std::string_view format);

bool is_email(std::string_view text);
bool is_http_url(std::string_view text);
bool is_slug(std::string_view text);
bool is_date(std::string_view text);

}  // namespace platform::json
