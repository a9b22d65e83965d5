#include "services/progress-service/src/domain/number_input.hpp"

#include "platform/core/text.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace tt::progress {
namespace {

constexpr std::size_t max_input_bytes = 256;  // 64 characters of any script
constexpr int max_characters = 64;
constexpr int max_exponent = 300;  // the range of an IEEE double; larger powers only burn memory

constexpr std::array comma_languages{"af", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr",
                                     "hr", "hu", "id", "is", "it", "lt", "lv", "nb", "nl", "no", "pl",
                                     "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi"};
constexpr std::array point_languages{"en", "he", "hi", "ja", "ko", "th", "zh", "ms", "bn", "ta", "ur"};

/// One reading: digits with the decimal separator already decided.
std::optional<Exact> with_decimals(std::string_view integer, std::string_view decimals) {
    std::string plain(integer.empty() ? std::string_view("0") : integer);
    if (!decimals.empty()) plain.append(".").append(decimals);
    return parse_exact(plain);
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Groups of thousands: `1,234,567` and the Indian `12,34,567`. Returns the digits, or nothing.
std::optional<std::string> join_groups(std::string_view text, char separator) {
    std::string digits;
    bool first = true;
    while (true) {
        const auto cut = text.find(separator);
        const std::string_view group = text.substr(0, cut);
        const bool last = cut == std::string_view::npos;
        if (!all_digits(group) || group.empty() || group.size() > 3) return std::nullopt;
        if (last && !first && group.size() != 3) return std::nullopt;
        if (!last && !first && group.size() < 2) return std::nullopt;
        digits += group;
        if (last) return digits;
        text.remove_prefix(cut + 1);
        first = false;
    }
}

std::optional<Exact> read_grouped(std::string_view integer, char separator, std::string_view decimals) {
    if (!all_digits(decimals)) return std::nullopt;
    if (integer.find(separator) == std::string_view::npos) {
        return all_digits(integer) ? with_decimals(integer, decimals) : std::nullopt;
    }
    const auto digits = join_groups(integer, separator);
    return digits ? with_decimals(*digits, decimals) : std::nullopt;
}

void keep(std::vector<Exact>& readings, const std::optional<Exact>& value) {
    if (value && std::find(readings.begin(), readings.end(), *value) == readings.end()) readings.push_back(*value);
}

/// One kind of separator, once: "3,5" is decimal; "1,234" may be either.
std::vector<Exact> read_single(std::string_view text, char separator, DecimalMark mark) {
    const auto cut = text.find(separator);
    const std::string_view before = text.substr(0, cut);
    const std::string_view after = text.substr(cut + 1);
    std::vector<Exact> readings;
    if (after.empty() && before.empty()) return readings;
    if (!all_digits(before) || !all_digits(after)) return readings;
    const bool may_group = after.size() == 3 && !before.empty() && before.size() <= 3 && before.front() != '0';
    const DecimalMark own = separator == ',' ? DecimalMark::comma : DecimalMark::point;
    const bool is_foreign = mark != DecimalMark::unknown && mark != own;
    const bool decimal = !may_group || !is_foreign || separator == '.';
    const bool grouped = may_group && (is_foreign || (mark == DecimalMark::unknown && separator == ','));
    if (decimal) keep(readings, with_decimals(before, after));
    if (grouped) keep(readings, join_groups(text, separator) ? read_grouped(text, separator, "") : std::nullopt);
    return readings;
}

std::vector<Exact> read_magnitude(std::string_view text, DecimalMark mark) {
    std::vector<Exact> readings;
    if (text.empty()) return readings;
    const auto points = std::count(text.begin(), text.end(), '.');
    const auto commas = std::count(text.begin(), text.end(), ',');
    if (points > 0 && commas > 0) {
        const char decimal = text.rfind('.') > text.rfind(',') ? '.' : ',';
        if ((decimal == '.' ? points : commas) > 1) return readings;
        const auto cut = text.find(decimal);
        keep(readings, read_grouped(text.substr(0, cut), decimal == '.' ? ',' : '.', text.substr(cut + 1)));
        return readings;
    }
    if (points + commas == 1) return read_single(text, points == 1 ? '.' : ',', mark);
    if (points + commas > 1) {
        keep(readings, read_grouped(text, points > 0 ? '.' : ',', ""));
        return readings;
    }
    if (all_digits(text)) keep(readings, with_decimals(text, ""));
    return readings;
}

bool is_group_mark(UChar32 c) {
    return u_isUWhiteSpace(c) || c == U'\u2009' || c == U'\u202F' || c == U'\'' || c == U'\u2019' || c == U'_';
}

/// ASCII for everything a number may contain; nothing when a character does not belong in one.
std::optional<std::string> to_ascii(std::string_view text) {
    const auto unicode =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))).trim();
    if (unicode.countChar32() > max_characters) return std::nullopt;
    std::string ascii;
    for (std::int32_t i = 0; i < unicode.length(); i = unicode.moveIndex32(i, 1)) {
        const UChar32 c = unicode.char32At(i);
        if (const int digit = u_charDigitValue(c); digit >= 0) {
            ascii += static_cast<char>('0' + digit);
        } else if (c == U'\u2212' || c == U'\u2013') {
            ascii += '-';
        } else if (c == U'\u00D7' || c == U'\u22C5' || c == U'\u00B7') {
            ascii += '*';
        } else if (c == U'\u066B') {
            ascii += ',';
        } else if (c == U'\u066A' || c == U'\uFF05') {
            ascii += '%';
        } else if (c == U'\u066C' || is_group_mark(c)) {
            ascii += ' ';
        } else if (c < 0x80) {
            ascii += static_cast<char>(u_tolower(c));
        } else {
            return std::nullopt;
        }
    }
    return ascii;
}

/// Removes grouping spaces, which may stand only between digits, in front of % and around a multiplication sign.
std::optional<std::string> without_spaces(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != ' ') {
            out += text[i];
            continue;
        }
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        const bool after_digit = !out.empty() && all_digits(out.substr(out.size() - 1));
        const bool groups = after_digit && i + 3 < text.size() && all_digits(text.substr(i + 1, 3)) &&
                            (i + 4 == text.size() || !all_digits(text.substr(i + 4, 1)));
        const bool around =
            next == '%' || next == '*' || next == 'x' ||
            (!out.empty() && (out.back() == '*' || out.back() == 'x' || out.back() == '-' || out.back() == '+'));
        if (!groups && !around) return std::nullopt;
    }
    return out;
}

struct Scientific {
    std::string_view mantissa;
    int exponent = 0;
};

/// Splits `1.5e-3`, `1.5*10^-3`, `1.5x10^-3`; a bare mantissa has exponent 0.
std::optional<Scientific> split_exponent(std::string_view text) {
    for (const std::string_view marker : {"*10^", "x10^", "*10**", "e"}) {
        const auto cut = text.find(marker);
        if (cut == std::string_view::npos) continue;
        std::string_view digits = text.substr(cut + marker.size());
        const bool negative = digits.starts_with('-');
        if (negative || digits.starts_with('+')) digits.remove_prefix(1);
        if (digits.empty() || digits.size() > 3 || !all_digits(digits)) return std::nullopt;
        const int exponent = std::stoi(std::string(digits));
        if (exponent > max_exponent) return std::nullopt;
        return Scientific{text.substr(0, cut), negative ? -exponent : exponent};
    }
    return Scientific{text, 0};
}

}  // namespace

DecimalMark decimal_mark_of(std::string_view locale) {
    const std::string language = platform::lower_ascii(locale.substr(0, locale.find_first_of("-_")));
    const auto is_it = [&](const char* known) { return language == known; };
    if (std::any_of(comma_languages.begin(), comma_languages.end(), is_it)) return DecimalMark::comma;
    if (std::any_of(point_languages.begin(), point_languages.end(), is_it)) return DecimalMark::point;
    return DecimalMark::unknown;
}

std::vector<Exact> read_number(std::string_view text, DecimalMark mark) {
    if (text.size() > max_input_bytes) return {};
    const auto ascii = to_ascii(text);
    const auto compact = ascii ? without_spaces(*ascii) : std::nullopt;
    if (!compact || compact->empty()) return {};
    std::string_view rest = *compact;
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+')) rest.remove_prefix(1);
    const bool percent = rest.ends_with('%');
    if (percent) rest.remove_suffix(1);
    const auto scientific = split_exponent(rest);
    if (!scientific) return {};
    auto readings = read_magnitude(scientific->mantissa, mark);
    const Exact factor = power_of_ten(scientific->exponent - (percent ? 2 : 0)) * (negative ? -1 : 1);
    for (auto& reading : readings) reading *= factor;
    return readings;
}

}  // namespace tt::progress
