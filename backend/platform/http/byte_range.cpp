#include "platform/http/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace platform::http {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc() || stop != end || value > std::uint64_t(INT64_MAX)) return std::nullopt;
    return value;
}

RangeResult suffix_range(std::string_view text, std::uint64_t size, ByteRange& out) {
    const auto wanted = number(text);
    if (!wanted) return RangeResult::whole;
    if (*wanted == 0 || size == 0) return RangeResult::unsatisfiable;
    const auto length = std::min(*wanted, size);
    out = {size - length, length};
    return RangeResult::part;
}

}  // namespace

RangeResult parse_range(std::string_view field, std::uint64_t size, ByteRange& out) {
    if (!field.starts_with("bytes=")) return RangeResult::whole;
    field.remove_prefix(6);
    const auto dash = field.find('-');
    if (dash == std::string_view::npos || field.find(',') != std::string_view::npos) return RangeResult::whole;
    if (dash == 0) return suffix_range(field.substr(1), size, out);
    const auto first = number(field.substr(0, dash));
    const auto rest = field.substr(dash + 1);
    const auto last = rest.empty() ? std::optional<std::uint64_t>(size) : number(rest);
    if (!first || !last || (!rest.empty() && *last < *first)) return RangeResult::whole;
    if (*first >= size) return RangeResult::unsatisfiable;
    out = {*first, std::min(*last, size - 1) - *first + 1};
    return RangeResult::part;
}

}  // namespace platform::http
