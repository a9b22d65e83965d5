#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text for SET LOCAL, which takes no parameters. Works without a connection because every connection of the pool runs
/// with standard_conforming_strings=on and client_encoding=UTF8.
namespace platform::db {

/// Appends 'text' as a string literal. Error: std::invalid_argument for a NUL byte.
void append_literal(std::string& sql, std::string_view text);

/// Appends "name", a quoted identifier or setting name. Error: std::invalid_argument for a NUL byte or an empty name.
void append_name(std::string& sql, std::string_view name);
/// The same for several, separated by commas.
void append_names(std::string& sql, const std::vector<std::string>& names);
/// A role to switch to: "none" would mean the login role. Error: std::invalid_argument for that, and as append_name.
void append_role(std::string& sql, std::string_view role);

}  // namespace platform::db
