#include "platform/restql/parse/lexer.hpp"

#include "platform/core/text.hpp"
#include "platform/intl/characters.hpp"

#include <algorithm>
#include <array>

namespace platform::restql {
namespace {

constexpr std::string_view blanks = " \t";

/// The code point at the front of valid UTF-8.
char32_t code_point(std::string_view text, std::size_t length) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (length == 1) return lead;
    char32_t code = lead & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = code << 6u | (static_cast<unsigned char>(text[i]) & 0x3fu);
    return code;
}

/// 1 where the text is not UTF-8, so that a cursor always moves.
std::size_t character_length(std::string_view text) {
    return std::max<std::size_t>(utf8_sequence_length(text), 1);
}

/// A character as Haskell writes it inside `quote`s.
std::string haskell_character(char32_t c, char quote) {
    constexpr std::array<std::string_view, 33> names{
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "a",   "b",  "t",   "n",   "v",  "f",  "r",  "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US", " "};
    if (c == '\\' || c == static_cast<unsigned char>(quote)) return std::string("\\") + static_cast<char>(c);
    if (c < ' ') return "\\" + std::string(names[c]);
    if (c == 0x7f) return "\\DEL";
    return c < 0x7f ? std::string(1, static_cast<char>(c)) : "\\" + std::to_string(static_cast<std::uint32_t>(c));
}

std::string quoted(std::string_view word) {
    std::string text = "\"";
    for (const char c : word) text += haskell_character(static_cast<unsigned char>(c), '"');
    return text + '"';
}

/// "a, b or c"
std::string listed(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

/// Line and column as Parsec counts them: by characters, a tab goes to the next multiple of eight.
std::string shown_position(std::string_view before) {
    std::size_t line = 1;
    std::size_t column = 1;
    while (!before.empty()) {
        const char c = before.front();
        if (c == '\n') {
            ++line;
            column = 1;
        } else {
            column += c == '\t' ? 8 - (column - 1) % 8 : 1;
        }
        before.remove_prefix(character_length(before));
    }
    return "(line " + std::to_string(line) + ", column " + std::to_string(column) + ")";
}

bool is_ascii_identifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ' ' ||
           c == '$';
}

}  // namespace

void Lexer::advance(std::size_t bytes) {
    position_ += bytes;
    failure_.notes.clear();
}

void Lexer::merge(Failure& into, Failure more) {
    if (more.notes.empty()) return;
    if (into.notes.empty() || more.offset > into.offset) {
        into = std::move(more);
    } else if (more.offset == into.offset) {
        std::ranges::move(more.notes, std::back_inserter(into.notes));
    }
}

void Lexer::rewind(std::size_t position, Failure before) {
    position_ = position;
    merge(before, std::move(failure_));
    failure_ = std::move(before);
}

void Lexer::rename(std::string_view name, bool is_read, Failure before) {
    auto& notes = failure_.notes;
    if (!is_read || !notes.empty()) {
        std::erase_if(notes, [](const Note& note) { return note.kind == Note::Kind::expected; });
        notes.push_back({Note::Kind::expected, std::string(name)});
    }
    merge(before, std::move(failure_));
    failure_ = std::move(before);
}

bool Lexer::fail(std::size_t offset, std::initializer_list<Note> notes) {
    merge(failure_, {offset, notes});
    return false;
}

std::string Lexer::shown_at(std::size_t offset, char quote) const {
    const auto text = text_.substr(offset);
    if (text.empty()) return {};
    return quote + haskell_character(code_point(text, character_length(text)), quote) + quote;
}

bool Lexer::take(char c) {
    if (rest().starts_with(c)) {
        advance(1);
        return true;
    }
    if (!explains_) return false;
    return fail(position_, {{Note::Kind::found, shown_at(position_, '"')},
                            {Note::Kind::expected, quoted(std::string_view(&c, 1))}});
}

bool Lexer::take_word(std::string_view word) {
    const auto mismatch = std::ranges::mismatch(rest(), word);
    const auto equal = static_cast<std::size_t>(mismatch.in2 - word.begin());
    if (equal == word.size()) {
        advance(equal);
        return true;
    }
    const std::size_t start = position_;
    if (equal > 0) advance(equal);
    if (!explains_) return false;
    return fail(start, {{Note::Kind::found, shown_at(start + equal, '"')}, {Note::Kind::expected, quoted(word)}});
}

bool Lexer::attempt_word(std::string_view word) {
    if (rest().starts_with(word)) {
        advance(word.size());
        return true;
    }
    return is_before(word);  // it is not, and that says so
}

bool Lexer::is_before(std::string_view word) {
    const auto mismatch = std::ranges::mismatch(rest(), word);
    if (mismatch.in2 == word.end()) return true;
    if (!explains_) return false;
    const auto equal = static_cast<std::size_t>(mismatch.in2 - word.begin());
    return fail(position_,
                {{Note::Kind::found, shown_at(position_ + equal, '"')}, {Note::Kind::expected, quoted(word)}});
}

bool Lexer::is_identifier_character(std::size_t& length) const {
    if (position_ == text_.size()) return false;
    length = 1;
    if (static_cast<unsigned char>(text_[position_]) < 0x80) return is_ascii_identifier(text_[position_]);
    length = character_length(rest());
    return intl::is_letter(code_point(rest(), length));
}

bool Lexer::take_identifier(std::string& out) {
    const std::size_t start = position_;
    for (std::size_t length = 0; is_identifier_character(length);) advance(length);
    out = trimmed(text_.substr(start, position_ - start), " ");
    if (explains_) {
        fail(position_, {{Note::Kind::found, shown_at(position_, '"')},
                         {Note::Kind::expected, "letter"},
                         {Note::Kind::expected, "digit"}});
    }
    return position_ != start;
}

bool Lexer::take_digits(std::string& out) {
    const auto size = std::min(rest().find_first_not_of("0123456789"), rest().size());
    out += rest().substr(0, size);
    if (size > 0) advance(size);
    if (explains_) {
        fail(position_, {{Note::Kind::found, shown_at(position_, '"')}, {Note::Kind::expected, "digit"}});
    }
    return size > 0;
}

bool Lexer::take_until(std::string_view stops, std::string& out) {
    const std::size_t start = position_;
    return take_perhaps_until(stops, out) && position_ != start;
}

bool Lexer::take_perhaps_until(std::string_view stops, std::string& out) {
    const auto size = std::min(rest().find_first_of(stops), rest().size());
    out += rest().substr(0, size);
    if (size > 0) advance(size);
    if (explains_) fail(position_, {{Note::Kind::found, shown_at(position_, '"')}});
    return true;
}

bool Lexer::take_any(std::string& out) {
    if (rest().empty()) return explains_ && fail(position_, {{Note::Kind::found, ""}});
    const auto length = character_length(rest());
    out += rest().substr(0, length);
    advance(length);
    return true;
}

void Lexer::take_rest(std::string& out) {
    out += rest();
    advance(rest().size());
}

void Lexer::skip_blanks() {
    const auto size = std::min(rest().find_first_not_of(blanks), rest().size());
    if (size > 0) advance(size);
    if (explains_) fail(position_, {{Note::Kind::found, shown_at(position_, '"')}});
}

bool Lexer::is_at_end() {
    const bool is_end = position_ == text_.size();
    if (explains_) {
        const auto kind = is_end ? Note::Kind::found : Note::Kind::unexpected;
        fail(position_, {{kind, shown_at(position_, '\'')}, {Note::Kind::expected, "end of input"}});
    }
    return is_end;
}

bool Lexer::is_not_before(char c) {
    const bool is_other = !rest().starts_with(c);
    if (explains_ && is_other) {
        fail(position_,
             {{Note::Kind::found, shown_at(position_, '"')}, {Note::Kind::expected, quoted(std::string_view(&c, 1))}});
    } else if (explains_) {
        fail(position_ + 1, {{Note::Kind::unexpected, shown_at(position_, '\'')}});
    }
    return is_other;
}

bool Lexer::is_before_end_or(std::string_view stops) {
    const bool is_before = rest().empty() || stops.find(rest().front()) != std::string_view::npos;
    if (explains_ && is_before) {
        fail(position_, {{Note::Kind::found, shown_at(position_, '"')}});
    } else if (explains_) {
        fail(position_ + character_length(rest()), {{Note::Kind::unexpected, shown_at(position_, '\'')}});
    }
    return is_before;
}

bool Lexer::refuse(std::string reason) {
    if (!is_refused()) refusal_ = std::move(reason);
    text_ = text_.substr(0, position_);
    return false;
}

std::string Lexer::account() const {
    std::array<std::vector<std::string_view>, 3> told;
    for (const Note& note : failure_.notes) {
        auto& same = told[static_cast<std::size_t>(note.kind)];
        if (std::ranges::find(same, note.text) == same.end()) same.push_back(note.text);
    }
    const auto& [found, unexpected, expected] = told;
    if (failure_.notes.empty()) return "unknown parse error";
    std::string text;
    if (!unexpected.empty()) {
        text = "unexpected " + listed(unexpected);
    } else if (!found.empty()) {
        text = "unexpected " + std::string(found.front().empty() ? "end of input" : found.front());
    }
    if (!expected.empty()) text += (text.empty() ? "expecting " : " expecting ") + listed(expected);
    return text;
}

ApiError Lexer::error(std::string_view what, std::string_view shown) const {
    ApiError error{.status = 400, .code = "PGRST100", .message = "\"failed to parse " + std::string(what)};
    if (is_refused()) {
        // What exceeds a limit is too long to be repeated.
        error.message += "\" " + shown_position(text_);
        error.details = refusal_;
    } else {
        error.message += " (" + std::string(shown) + ")\" " + shown_position(text_.substr(0, failure_.offset));
        error.details = account();
    }
    return error;
}

}  // namespace platform::restql
