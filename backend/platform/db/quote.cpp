#include "platform/db/quote.hpp"

#include <algorithm>
#include <stdexcept>

namespace platform::db {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

void append_literal(std::string& sql, std::string_view text) {
    if (text.find('\0') != std::string_view::npos) throw std::invalid_argument("NUL byte in a setting");
    const bool has_backslash = text.find('\\') != std::string_view::npos;
    sql.reserve(sql.size() + text.size() + 16);
    sql += has_backslash ? " E'" : "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') sql += c;
        sql += c;
    }
    sql += '\'';
}

std::string_view checked_role(std::string_view role) {
    const bool is_valid = !role.empty() && std::all_of(role.begin(), role.end(), is_word) && role != "none";
    if (!is_valid) throw std::invalid_argument("not a role name: " + std::string(role));
    return role;
}

std::string_view checked_setting(std::string_view name) {
    const bool is_valid =
        !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return is_word(c) || c == '.'; });
    if (!is_valid) throw std::invalid_argument("not a setting name: " + std::string(name));
    return name;
}

}  // namespace platform::db
