#include "services/auth-service/src/domain/ban_duration.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace tt::auth {
namespace {

using platform::Code;
using platform::Error;

constexpr double longest_ban_s = 300.0 * 365 * 86400;

// Longer names first: "ms" is not "m" and a rest.
constexpr std::array<std::pair<std::string_view, double>, 6> duration_units{
    {{"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}}};

Error bad_duration(std::string_view text) {
    return Error{Code::invalid_argument, "validation_failed",
                 "invalid format for ban duration: time: invalid duration \"" + std::string(text) + '"'};
}

}  // namespace

platform::Result<std::chrono::seconds> parse_ban_duration(std::string_view text) {
    if (text == "none" || text == "0") return std::chrono::seconds(0);
    std::string_view rest = text;
    const bool is_negative = rest.starts_with('-');
    if (is_negative || rest.starts_with('+')) rest.remove_prefix(1);
    if (rest.empty()) return bad_duration(text);
    double total_s = 0;
    while (!rest.empty()) {
        double number = 0;
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number, std::chars_format::fixed);
        if (read.ec != std::errc() || number < 0) return bad_duration(text);
        rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
        double unit_s = 0;
        for (const auto& [name, seconds] : duration_units) {
            if (!rest.starts_with(name)) continue;
            unit_s = seconds;
            rest.remove_prefix(name.size());
            break;
        }
        if (unit_s == 0) return bad_duration(text);
        total_s += number * unit_s;
    }
    if (!(total_s <= longest_ban_s)) return bad_duration(text);
    return std::chrono::seconds(std::llround(std::ceil(is_negative ? -total_s : total_s)));
}

}  // namespace tt::auth
