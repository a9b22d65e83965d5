#pragma once

#include <string>
#include <string_view>

namespace platform::restql {

/// A cursor over one parameter's text with the small words of the grammar (data-api.md §1.2).
class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text), rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    std::string_view rest() const { return rest_; }
    /// 1-based, for error messages.
    std::size_t column() const { return text_.size() - rest_.size() + 1; }

    bool take(char c);
    bool take(std::string_view word);
    void skip_space();
    /// Characters up to one of `stops`.
    std::string_view take_until(std::string_view stops);
    /// A quoted text ("…" with \ escapes) or, when it does not start with a quote, nothing.
    bool take_quoted(std::string& out);
    /// A name: quoted, or letters, digits, _ $ blank and inner hyphens, trimmed. Empty when there is none.
    std::string take_name();

private:
    std::string_view text_;
    std::string_view rest_;
};

}  // namespace platform::restql
