#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/options.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::restql {

/// A cursor over one parameter's text, which must be UTF-8. Upstream parses with Parsec, and clients see what that says
/// of a wrong text; so a lexer that explains keeps the same account of what could have stood where: the failure at the
/// furthest place counts, failures at one place add up, reading on forgets them. A text that is right needs no account,
/// so parse_text() parses quietly first.
///
/// Whatever parses returns whether it succeeded. What fails without moving the cursor leaves room for an alternative;
/// what fails further on ends the parse, unless attempt() takes the cursor back.
class Lexer {
public:
    Lexer(std::string_view text, bool explains) : text_(text), explains_(explains) {}

    std::size_t position() const { return position_; }
    bool is_refused() const { return !refusal_.empty(); }

    bool take(char c);
    /// A word that begins right moves the cursor, even if it ends wrong.
    bool take_word(std::string_view word);
    /// The whole word, or the cursor stays.
    bool attempt_word(std::string_view word);
    /// Letters, digits, _, $ and blanks, at least one; given without the blanks at its ends.
    bool take_identifier(std::string& out);
    bool take_digits(std::string& out);
    /// At least one character, and none of `stops` (ASCII).
    bool take_until(std::string_view stops, std::string& out);
    /// The same, perhaps of no character.
    bool take_perhaps_until(std::string_view stops, std::string& out);
    bool take_any(std::string& out);
    void take_rest(std::string& out);
    void skip_blanks();

    /// These look at what comes next and leave the cursor where it is.
    bool is_before(std::string_view word);
    bool is_at_end();
    bool is_not_before(char c);
    bool is_before_end_or(std::string_view stops);

    /// What fails takes the cursor back.
    template <class Parse>
    bool attempt(Parse&& parse) {
        const std::size_t start = position_;
        Failure before = failure_;
        if (parse()) return true;
        if (position_ != start) rewind(start, std::move(before));
        return false;
    }
    /// `second` is tried where `first` fails at once.
    template <class First, class Second>
    bool either(First&& first, Second&& second) {
        const std::size_t start = position_;
        return first() || (position_ == start && second());
    }
    /// False only where `parse` fails half-way.
    template <class Parse>
    bool optional(Parse&& parse) {
        const std::size_t start = position_;
        return parse() || position_ == start;
    }
    /// Items with separators between them.
    template <class Item, class Separator>
    bool separated(Item&& item, Separator&& separator) {
        if (!item()) return false;
        while (true) {
            const std::size_t start = position_;
            if (!separator() || !item()) return position_ == start;
            failure_.notes.clear();
        }
    }
    /// An account says `name` instead of all that `parse` expects at its beginning.
    template <class Parse>
    bool named(std::string_view name, Parse&& parse) {
        if (!explains_) return parse();
        Failure before = std::exchange(failure_, Failure{position_, {}});
        const std::size_t start = position_;
        const bool is_read = parse();
        if (position_ == start) rename(name, is_read, std::move(before));
        return is_read;
    }

    /// Ends the parse whatever follows: a limit is exceeded.
    bool refuse(std::string reason);
    /// PGRST100: `"failed to parse <what> (<shown>)" (line 1, column n)` with the account as details.
    ApiError error(std::string_view what, std::string_view shown) const;

private:
    struct Note {
        enum class Kind : std::uint8_t { found, unexpected, expected };  ///< in the order they are told
        Kind kind;
        std::string text;
    };
    struct Failure {
        std::size_t offset = 0;
        std::vector<Note> notes{};
    };

    static void merge(Failure& into, Failure more);
    std::string_view rest() const { return text_.substr(position_); }
    bool is_identifier_character(std::size_t& length) const;
    void advance(std::size_t bytes);
    void rewind(std::size_t position, Failure before);
    void rename(std::string_view name, bool is_read, Failure before);
    bool fail(std::size_t offset, std::initializer_list<Note> notes);
    /// What comes at `offset`, as the library quotes it; the end of the text is nothing.
    std::string shown_at(std::size_t offset, char quote) const;
    std::string account() const;

    std::string_view text_;
    std::size_t position_ = 0;
    bool explains_;
    Failure failure_{};
    std::string refusal_{};
};

/// What is left of a request's limits.
struct Budget {
    Options::Limits limits{};
    std::size_t select_items = 0;
    std::size_t embeds = 0;
    std::size_t conditions = 0;
};

/// Parses `text` with parse(Lexer&, Budget&, T&). Error: PGRST100, which tells `shown` as the text of `what`.
template <class T, class Parse>
ApiResult<T> parse_text(std::string_view what, std::string_view shown, std::string_view text, Budget& budget,
                        Parse&& parse) {
    const auto attempt = [&](bool explains, Budget left) -> ApiResult<T> {
        Lexer in(text, explains);
        T value{};
        const bool is_read = parse(in, left, value);
        if (!is_read || in.is_refused()) return in.error(what, shown);
        budget = std::move(left);
        return value;
    };
    auto result = attempt(false, budget);
    return result ? std::move(result) : attempt(true, budget);
}

}  // namespace platform::restql
