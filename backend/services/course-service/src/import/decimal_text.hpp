#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tt::course::import {

/// A decimal number written out: "1e3" → "1000", "+.5" → "0.5", "007.50" → "7.50". `shift` moves the point to the
/// right, so that -2 turns per cent into a fraction. Empty for anything else, also for more than 40 digits.
std::optional<std::string> plain_decimal(std::string_view text, int shift = 0);

/// The shortest text that names this double with at most `digits` decimals: 0.35 → "0.35".
std::string decimal_of(double value, int digits);

}  // namespace tt::course::import
