#pragma once

#include "services/auth-service/src/migration/text_source.hpp"

#include <string>

namespace tt::auth {

struct SqlToken {
    enum class Kind {
        end,
        word,    ///< identifier or keyword, in lower case unless it was quoted; also a number
        text,    ///< string literal, its quotes and escapes resolved
        symbol,  ///< one character
    };
    Kind kind = Kind::end;
    std::string text{};
    bool is_quoted = false;  ///< a quoted identifier is no keyword
    bool is_cut = false;     ///< longer than what is kept

    bool is(Kind wanted, std::string_view value) const { return kind == wanted && text == value && !is_quoted; }
    bool is_symbol(char c) const { return kind == Kind::symbol && text[0] == c; }
    bool is_word(std::string_view keyword) const { return is(Kind::word, keyword); }
};

/// The tokens of a pg_dump: what stands in strings, dollar quotes, quoted names and comments is never taken for SQL.
class SqlTokens {
public:
    explicit SqlTokens(TextSource& source) : source_(source) {}
    /// Text beyond `limit` bytes is read but not kept.
    SqlToken next(std::size_t limit);
    /// To the first character of the next token, or to the end.
    void skip_blanks();

private:
    SqlToken quoted(char quote, bool has_escapes, std::size_t limit);
    SqlToken dollar_quoted(std::size_t limit);
    void skip_block_comment();

    TextSource& source_;
};

}  // namespace tt::auth
