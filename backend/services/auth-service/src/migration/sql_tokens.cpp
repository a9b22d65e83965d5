#include "services/auth-service/src/migration/sql_tokens.hpp"

#include "platform/core/text.hpp"

namespace tt::auth {
namespace {

bool is_blank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_word_character(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c >= 0x80;
}

void keep(SqlToken& token, int c, std::size_t limit) {
    if (token.text.size() < limit) {
        token.text += static_cast<char>(c);
    } else {
        token.is_cut = true;
    }
}

/// Of E'…'; what pg_dump writes there.
int unescaped(int c) {
    switch (c) {
        case 'n':
            return '\n';
        case 't':
            return '\t';
        case 'r':
            return '\r';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        default:
            return c;
    }
}

}  // namespace

void SqlTokens::skip_block_comment() {
    for (int depth = 1; depth > 0;) {
        const int c = source_.take();
        if (c == TextSource::end) return;
        if (c == '*' && source_.take_if('/')) --depth;
        if (c == '/' && source_.take_if('*')) ++depth;
    }
}

void SqlTokens::skip_blanks() {
    while (is_blank(source_.peek())) source_.take();
}

SqlToken SqlTokens::quoted(char quote, bool has_escapes, std::size_t limit) {
    SqlToken token{.kind = quote == '"' ? SqlToken::Kind::word : SqlToken::Kind::text, .is_quoted = quote == '"'};
    for (int c = source_.take(); c != TextSource::end; c = source_.take()) {
        if (c == quote && !source_.take_if(quote)) return token;
        if (c == '\\' && has_escapes) c = unescaped(source_.take());
        keep(token, c, limit);
    }
    token.is_cut = true;
    return token;
}

SqlToken SqlTokens::dollar_quoted(std::size_t limit) {
    SqlToken token{.kind = SqlToken::Kind::text};
    std::string tag = "$";
    while (is_word_character(source_.peek())) tag += static_cast<char>(source_.take());
    if (!source_.take_if('$')) return {.kind = SqlToken::Kind::symbol, .text = "$"};
    tag += '$';
    std::string tail;  // the last characters, as many as the tag has
    for (int c = source_.take(); c != TextSource::end; c = source_.take()) {
        keep(token, c, limit);
        tail += static_cast<char>(c);
        if (tail.size() > tag.size()) tail.erase(0, 1);
        if (tail == tag) break;
    }
    return token;
}

SqlToken SqlTokens::next(std::size_t limit) {
    while (true) {
        skip_blanks();
        const int c = source_.take();
        if (c == TextSource::end) return {};
        if (c == '-' && source_.peek() == '-') {
            source_.skip_line();
        } else if (c == '/' && source_.take_if('*')) {
            skip_block_comment();
        } else if (c == '\'' || c == '"') {
            return quoted(static_cast<char>(c), false, limit);
        } else if ((c == 'E' || c == 'e') && source_.take_if('\'')) {
            return quoted('\'', true, limit);
        } else if (c == '$') {
            return dollar_quoted(limit);
        } else if (is_word_character(c) && c != '.') {
            SqlToken token{.kind = SqlToken::Kind::word, .text = {platform::lower_ascii(static_cast<char>(c))}};
            while (is_word_character(source_.peek()) && source_.peek() != '.') {
                keep(token, platform::lower_ascii(static_cast<char>(source_.take())), limit);
            }
            return token;
        } else {
            return {.kind = SqlToken::Kind::symbol, .text = {static_cast<char>(c)}};
        }
    }
}

}  // namespace tt::auth
