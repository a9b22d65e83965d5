#include "platform/restql/query/sql.hpp"

namespace platform::restql {
namespace {

/// PostgreSQL's texts end at NUL; a name or literal of ours must not go on behind it.
std::string_view before_nul(std::string_view text) {
    return text.substr(0, text.find('\0'));
}

}  // namespace

std::string Sql::bind(std::string value) {
    params.emplace_back(std::move(value));
    return "$" + std::to_string(params.size());
}

std::string quote_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : before_nul(name)) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

std::string quote_name(const QualifiedName& name) {
    return name.schema.empty() ? quote_name(name.name) : quote_name(name.schema) + "." + quote_name(name.name);
}

std::string quote_literal(std::string_view text) {
    std::string literal = text.find('\\') == std::string_view::npos ? "'" : "E'";
    for (const char c : before_nul(text)) {
        if (c == '\'' || c == '\\') literal += c;
        literal += c;
    }
    return literal + '\'';
}

}  // namespace platform::restql
