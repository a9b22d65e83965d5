#include "services/progress-service/src/domain/exact.hpp"

#include "platform/core/text.hpp"

#include <stdexcept>

namespace tt::progress {
namespace {

using boost::multiprecision::cpp_int;

constexpr std::size_t max_digits = 40;  // numeric(14,4) needs 14; the rest is head-room for catalogue values

}  // namespace

std::optional<Exact> parse_exact(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    cpp_int digits = 0;
    std::size_t count = 0;
    int decimals = 0;
    bool seen_point = false;
    for (const char c : text) {
        if (c == '.' && !seen_point && count > 0) {
            seen_point = true;
            continue;
        }
        if (!platform::is_digit(c) || ++count > max_digits) return std::nullopt;
        digits = digits * 10 + (c - '0');
        decimals += seen_point ? 1 : 0;
    }
    if (count == 0 || text.ends_with('.')) return std::nullopt;
    const Exact value = Exact(digits) * power_of_ten(-decimals);
    return negative ? Exact(-value) : value;
}

Exact exact(std::string_view text) {
    auto value = parse_exact(text);
    if (!value) throw std::invalid_argument("not a decimal number: " + std::string(text.substr(0, 60)));
    return *value;
}

std::string to_fixed(const Exact& value, int decimals) {
    const bool negative = value < 0;
    const Exact scaled = abs(value) * power_of_ten(decimals) + Exact(1, 2);
    const cpp_int units = numerator(scaled) / denominator(scaled);
    std::string digits = units.str();
    const auto places = static_cast<std::size_t>(decimals);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - places, 1, '.');
    return negative && units != 0 ? "-" + digits : digits;
}

std::string to_display(const Exact& value, int decimals) {
    std::string text = to_fixed(value, decimals);
    if (text.find('.') == std::string::npos) return text;
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

Exact power_of_ten(int exponent) {
    const cpp_int power = boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(std::abs(exponent)));
    return exponent >= 0 ? Exact(power) : Exact(cpp_int(1), power);
}

}  // namespace tt::progress
