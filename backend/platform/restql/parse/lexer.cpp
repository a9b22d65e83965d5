#include "platform/restql/parse/lexer.hpp"

#include "platform/core/text.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ' ' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool Lexer::take(char c) {
    if (peek() != c || at_end()) return false;
    rest_.remove_prefix(1);
    return true;
}

bool Lexer::take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
}

void Lexer::skip_space() {
    while (peek() == ' ' || peek() == '\t') rest_.remove_prefix(1);
}

std::string_view Lexer::take_until(std::string_view stops) {
    const auto end = std::min(rest_.find_first_of(stops), rest_.size());
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
}

bool Lexer::take_quoted(std::string& out) {
    if (peek() != '"') return false;
    std::string text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
        if (rest_[i] == '"') {
            rest_.remove_prefix(i + 1);
            out = std::move(text);
            return true;
        }
        if (rest_[i] == '\\' && i + 1 < rest_.size()) ++i;
        text += rest_[i];
    }
    return false;
}

std::string Lexer::take_name() {
    std::string name;
    if (take_quoted(name)) return name;
    std::size_t end = 0;
    while (end < rest_.size()) {
        const bool is_inner_hyphen = rest_[end] == '-' && end + 1 < rest_.size() && rest_[end + 1] != '>' && end > 0;
        if (!is_name_char(rest_[end]) && !is_inner_hyphen) break;
        ++end;
    }
    name = trimmed(rest_.substr(0, end), " \t");
    rest_.remove_prefix(end);
    return name;
}

}  // namespace platform::restql
