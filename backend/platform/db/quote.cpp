#include "platform/db/quote.hpp"

#include <stdexcept>

namespace platform::db {
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

void append_name(std::string& sql, std::string_view name) {
    if (name.empty() || name.find('\0') != std::string_view::npos) throw std::invalid_argument("not a name");
    sql += '"';
    for (const char c : name) {
        if (c == '"') sql += c;
        sql += c;
    }
    sql += '"';
}

void append_names(std::string& sql, const std::vector<std::string>& names) {
    for (const auto& name : names) {
        if (&name != &names.front()) sql += ", ";
        append_name(sql, name);
    }
}

void append_role(std::string& sql, std::string_view role) {
    if (role == "none") throw std::invalid_argument("not a role: none");
    append_name(sql, role);
}

}  // namespace platform::db
