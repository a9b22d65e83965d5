#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Exact numbers for marks, weights and percentages. Points arrive from the database as decimal text and leave as
/// decimal text; whatever happens in between (averages, weights, shares) is a fraction without rounding, so that a
/// pass mark is never missed by a rounding error.
namespace tt::progress {

using Exact = boost::multiprecision::cpp_rational;

/// Reads `-12.50`; nothing else (no exponent, no separators, no spaces). At most 40 digits.
std::optional<Exact> parse_exact(std::string_view text);

/// For text written by our own database or catalogue. Throws std::invalid_argument.
Exact exact(std::string_view text);

/// Rounded half away from zero to `decimals` places, which are always written: to_fixed(2/3, 2) = "0.67".
std::string to_fixed(const Exact& value, int decimals);

/// Rounded as to_fixed, without trailing zeros: "2.5", "0", "66.67".
std::string to_display(const Exact& value, int decimals);

/// 10^exponent, also for negative exponents.
Exact power_of_ten(int exponent);

}  // namespace tt::progress
