#include "services/course-service/src/import/decimal_text.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace tt::course::import {
namespace {

constexpr int max_digits = 40;

/// Reads "[digits][.digits]" from the front of `text`: the digits, and how many of them follow the point.
std::optional<std::string> take_mantissa(std::string_view& text, int& decimals) {
    std::string digits;
    bool has_point = false;
    decimals = 0;
    while (!text.empty() && (platform::is_digit(text.front()) || (text.front() == '.' && !has_point))) {
        if (text.front() == '.') {
            has_point = true;
        } else {
            digits += text.front();
            if (has_point) ++decimals;
        }
        text.remove_prefix(1);
    }
    return digits.empty() ? std::nullopt : std::optional(digits);
}

std::optional<int> take_exponent(std::string_view& text) {
    if (text.empty()) return 0;
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    int exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return exponent;
}

}  // namespace

std::optional<std::string> plain_decimal(std::string_view input, int shift) {
    const std::string clean = trimmed(input);
    std::string_view text = clean;
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+')) text.remove_prefix(1);
    int decimals = 0;
    auto digits = take_mantissa(text, decimals);
    if (!digits) return std::nullopt;
    const auto exponent = take_exponent(text);
    if (!exponent || *exponent > max_digits || *exponent < -max_digits) return std::nullopt;
    decimals -= *exponent + shift;
    if (decimals < 0) {
        digits->append(static_cast<std::size_t>(-decimals), '0');
        decimals = 0;
    }
    const auto point = static_cast<std::size_t>(decimals);
    if (digits->size() <= point) digits->insert(0, point + 1 - digits->size(), '0');
    if (digits->size() > max_digits) return std::nullopt;
    std::string whole = digits->substr(0, digits->size() - point);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    const std::string fraction = digits->substr(digits->size() - point);
    const bool is_zero = (whole + fraction).find_first_not_of('0') == std::string::npos;
    return (is_negative && !is_zero ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

std::string decimal_of(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    std::string result(text);
    if (result.find('.') != std::string::npos) {
        while (result.back() == '0') result.pop_back();
        if (result.back() == '.') result.pop_back();
    }
    return result;
}

}  // namespace tt::course::import
