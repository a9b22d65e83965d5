#include "services/progress-service/src/domain/certificate_number.hpp"

#include "platform/core/text.hpp"

#include <algorithm>

namespace tt::progress {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // crockford.com/base32.html
constexpr std::size_t number_digits = 12;
constexpr std::size_t code_digits = 26;
constexpr std::string_view prefix = "TT-";

/// Luhn over base 32: doubles every second digit from the right, folds what exceeds one digit.
char check_character(std::string_view digits) {
    std::size_t sum = 0;
    bool doubled = true;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        std::size_t value = alphabet.find(*digit) * (doubled ? 2 : 1);
        value = value / alphabet.size() + value % alphabet.size();
        sum += value;
        doubled = !doubled;
    }
    return alphabet[(alphabet.size() - sum % alphabet.size()) % alphabet.size()];
}

int year_of(Time time) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    return static_cast<int>(date.year());
}

char canonical(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    return c;
}

}  // namespace

std::string certificate_number(std::int64_t random, Time issued_at) {
    auto bits = static_cast<std::uint64_t>(random);
    std::string digits(number_digits, '0');
    for (auto& digit : digits) {
        digit = alphabet[bits & 31U];
        bits >>= 5U;
    }
    return std::string(prefix) + std::to_string(year_of(issued_at)) + '-' + digits + check_character(digits);
}

bool is_certificate_number(std::string_view text) {
    constexpr std::size_t year_digits = 4;
    if (text.size() != prefix.size() + year_digits + 1 + number_digits + 1) return false;
    const std::string_view year = text.substr(prefix.size(), year_digits);
    const std::string_view digits = text.substr(prefix.size() + year_digits + 1, number_digits);
    const bool known =
        std::all_of(digits.begin(), digits.end(), [](char c) { return alphabet.find(c) != std::string_view::npos; });
    return text.starts_with(prefix) && std::all_of(year.begin(), year.end(), is_digit) &&
           text[prefix.size() + year_digits] == '-' && known && text.back() == check_character(digits);
}

std::string verification_code(const std::array<std::uint8_t, 16>& random) {
    std::string code;
    std::uint32_t pending = 0;  // two zero bits lead, so that 128 bits fill 26 digits of five
    int bits = 2;
    for (const std::uint8_t byte : random) {
        pending = (pending << 8U) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            code += alphabet[(pending >> static_cast<unsigned>(bits)) & 31U];
        }
    }
    return code;
}

std::optional<std::string> normalise_verification_code(std::string_view text) {
    std::string code;
    for (const char c : text) {
        if (c == '-' || c == ' ') continue;
        code += canonical(c);
        if (alphabet.find(code.back()) == std::string_view::npos || code.size() > code_digits) return std::nullopt;
    }
    return code.size() == code_digits ? std::optional(code) : std::nullopt;
}

}  // namespace tt::progress
