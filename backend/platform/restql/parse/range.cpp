#include "platform/restql/parse/range.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

namespace platform::restql {
namespace {

/// Larger numbers count as this one: sums of two stay numbers.
constexpr std::int64_t largest = std::int64_t{1} << 62u;

/// Rows [first, last]; all from `first` on when there is no last. Empty ranges keep their bounds: which one it is
/// decides whether limit=0 was meant.
struct Range {
    std::int64_t first = 0;
    std::optional<std::int64_t> last{};

    bool is_empty() const { return last && *last < first; }
    std::int64_t size() const { return last ? *last - first + 1 : 0; }
    bool operator==(const Range&) const = default;
};

constexpr Range all{};
constexpr Range limit_zero{0, -1};

/// Of what limit=0 alone makes, whatever else ends before the first row.
bool is_limit_zero(const Range& range) {
    return range.last == limit_zero.last;
}

Range intersection(const Range& a, const Range& b) {
    if (a.is_empty()) return a;
    if (b.is_empty()) return b;
    Range both{std::max(a.first, b.first), a.last};
    if (b.last && (!both.last || *b.last < *both.last)) both.last = b.last;
    return both;
}

std::optional<std::int64_t> digits(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) value = value >= largest / 10 ? largest : value * 10 + (c - '0');
    return value;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    text = trimmed(text, " \t\r\n\v\f");
    const bool is_negative = text.starts_with('-');
    const auto value = digits(is_negative ? trimmed(text.substr(1)) : text);
    return value && is_negative ? -*value : value;
}

/// `a-b` or `a-`. Other forms, such as bytes=…, are not for us and ask for everything.
Range header_range(const http::Headers& headers) {
    const auto text = headers.find("Range").value_or("");
    const auto dash = text.find('-');
    const auto first = digits(text.substr(0, dash));
    if (dash == std::string_view::npos || !first) return all;
    const auto last = text.substr(dash + 1);
    if (!last.empty() && !digits(last)) return all;
    return {*first, digits(last)};
}

struct LevelLimits {
    std::optional<Range> limit{};
    std::optional<Range> offset{};

    /// An offset with a limit that is no number selects nothing; so upstream.
    Range range() const {
        if (!limit || !offset) return limit.value_or(offset.value_or(all));
        return {offset->first, offset->first + limit->size() - 1};
    }
};

/// By the key with which limit is spelled.
std::map<std::string, LevelLimits, std::less<>> read_levels(std::span<const QueryParameter> parameters) {
    std::map<std::string, LevelLimits, std::less<>> levels;
    for (const auto& [key, value] : parameters) {
        const auto word = last_word(key);
        if (!value || (word != "limit" && word != "offset")) continue;
        const auto number = whole_number(*value);
        if (word == "limit") {
            levels[key].limit = number ? Range{0, *number - 1} : all;
        } else {
            levels[key.substr(0, key.size() - word.size()) + "limit"].offset = number ? Range{*number, {}} : all;
        }
    }
    return levels;
}

Window window_of(const Range& range) {
    return {range.first, range.last ? std::optional(range.size()) : std::nullopt};
}

ApiError unsatisfiable(std::string details) {
    return {
        .status = 416, .code = "PGRST103", .message = "Requested range not satisfiable", .details = std::move(details)};
}

}  // namespace

ApiResult<Windows> parse_windows(std::span<const QueryParameter> parameters, std::string_view method,
                                 const http::Headers& headers) {
    const auto levels = read_levels(parameters);
    const auto root = levels.find("limit");
    const Range asked = root == levels.end() ? all : root->second.range();
    const Range header = method == "GET" ? header_range(headers) : all;
    const bool has_limit_zero = is_limit_zero(asked);
    const Range range = has_limit_zero ? limit_zero : intersection(header, asked);
    if (range.is_empty() && !has_limit_zero) {
        return unsatisfiable(header.is_empty() ? "The lower boundary must be lower than or equal to the upper boundary "
                                                 "in the Range header."
                                               : "Limit should be greater than or equal to zero.");
    }
    if (method == "PUT" && range != all) {
        return ApiError{.status = 400,
                        .code = "PGRST114",
                        .message = "limit/offset querystring parameters are not allowed for PUT"};
    }
    Windows windows{window_of(range), has_limit_zero, {}};
    for (const auto& [key, level] : levels) {
        if (key != "limit") windows.embedded.emplace_back(key, window_of(level.range()));
    }
    return windows;
}

}  // namespace platform::restql
