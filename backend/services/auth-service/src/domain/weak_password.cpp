#include "services/auth-service/src/domain/weak_password.hpp"

#include "platform/core/text.hpp"
#include "services/auth-service/src/domain/common_passwords.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

using platform::is_digit;
using platform::lower_ascii;

/// "2024!" around a word is what composition rules have taught people.
constexpr std::size_t decoration_limit = 5;
constexpr std::size_t base_min = 6;  // around a shorter word, what was added counts for more than the word
constexpr std::size_t context_word_min = 3;
/// Fewer characters than this beside known words are no secret.
constexpr std::size_t own_part_min = 4;
constexpr std::size_t repeated_unit_limit = 4;
/// Of what is longer, even "x" again and again is nothing that guessers try.
constexpr std::size_t pattern_limit = 20;

bool is_ascii_letter(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_listed(std::string_view word) {
    return std::ranges::binary_search(common_passwords, word);
}

char letter_for(char c) {
    switch (c) {
        case '0':
            return 'o';
        case '1':
        case '!':
            return 'i';
        case '3':
            return 'e';
        case '4':
        case '@':
            return 'a';
        case '5':
        case '$':
            return 's';
        case '7':
            return 't';
        default:
            return c;
    }
}

std::string with_letters(std::string text) {
    std::ranges::transform(text, text.begin(), letter_for);
    return text;
}

/// Without the digits and signs at both ends; empty when more than a decoration would go or little would stay.
std::string_view undecorated(std::string_view lower) {
    const auto first = std::ranges::find_if(lower, is_ascii_letter);
    const auto last = std::find_if(lower.rbegin(), lower.rend(), is_ascii_letter).base();
    if (first >= last) return {};
    const auto base = std::string_view(first, last);
    return base.size() >= base_min && lower.size() - base.size() <= decoration_limit ? base : std::string_view();
}

/// The shortest piece that `text` repeats; all of `text` when it repeats none.
std::string_view unit_of(std::string_view text) {
    for (std::size_t size = 1; size <= text.size() / 2; ++size) {
        if (text.size() % size == 0 && text.substr(size) == text.substr(0, text.size() - size)) {
            return text.substr(0, size);
        }
    }
    return text;
}

/// abcdefgh, 87654321
bool is_sequence(std::string_view text) {
    const auto has_step = [&](int step) {
        return std::ranges::adjacent_find(text, [step](char a, char b) { return b - a != step; }) == text.end();
    };
    return has_step(1) || has_step(-1);
}

bool is_pattern(std::string_view text) {
    const bool is_ascii = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    if (!is_ascii || text.size() > pattern_limit) return false;
    const auto unit = unit_of(text);
    if (unit.size() == text.size()) return is_sequence(text);
    return unit.size() <= repeated_unit_limit || is_listed(unit);
}

std::string letters_and_digits(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        const char lower = lower_ascii(c);
        const bool is_other_script = static_cast<unsigned char>(c) >= 0x80;
        if (is_ascii_letter(lower) || is_digit(lower) || is_other_script) kept += lower;
    }
    return kept;
}

bool leaves_little(std::string text, const std::vector<std::string>& words) {
    const std::size_t length = text.size();
    for (const std::string& word : words) {
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
    }
    if (text.size() == length) return false;
    return text.size() < own_part_min || std::ranges::all_of(text, is_digit);
}

void add_word(std::vector<std::string>& words, std::string_view text) {
    std::string word = letters_and_digits(text);
    if (word.size() >= context_word_min) words.push_back(std::move(word));
}

void add_pieces(std::vector<std::string>& words, std::string_view text, std::string_view separators) {
    add_word(words, text);
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        add_word(words, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

bool is_common_password(std::string_view normal) {
    const std::string lower = lower_ascii(normal);
    if (is_listed(lower) || is_listed(with_letters(lower)) || is_pattern(lower)) return true;
    const std::string base(undecorated(lower));
    return !base.empty() && (is_listed(base) || is_listed(with_letters(base)));
}

bool is_made_of(std::string_view normal, const std::vector<std::string>& words) {
    // The longest first: "ada" must not spoil "adalovelace".
    std::vector<std::string> ordered = words;
    std::ranges::sort(ordered, std::greater(), &std::string::size);
    // Signs may stand for letters, so they are translated before they are dropped.
    return leaves_little(letters_and_digits(normal), ordered) ||
           leaves_little(letters_and_digits(with_letters(lower_ascii(normal))), ordered);
}

std::vector<std::string> words_of(std::string_view email, std::string_view name) {
    std::vector<std::string> words;
    add_pieces(words, email.substr(0, email.rfind('@')), "._-+");
    add_pieces(words, name, " .-_");
    return words;
}

}  // namespace tt::auth
