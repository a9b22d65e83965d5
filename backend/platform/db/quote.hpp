#pragma once

#include <string>
#include <string_view>

/// Text for SET LOCAL, which takes no parameters. Works without a connection because every connection of the pool runs
/// with standard_conforming_strings=on and client_encoding=UTF8.
namespace platform::db {

/// Appends 'text' as a string literal. Error: std::invalid_argument for a NUL byte.
void append_literal(std::string& sql, std::string_view text);

/// A role or a dotted setting name as it may stand in SQL. Error: std::invalid_argument unless it consists of lower
/// case letters, digits, underscores and, in a setting, dots.
std::string_view checked_role(std::string_view role);
std::string_view checked_setting(std::string_view name);

}  // namespace platform::db
