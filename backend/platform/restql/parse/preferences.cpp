#include "platform/restql/parse/preferences.hpp"

#include "platform/core/text.hpp"

#include <charconv>

namespace platform::restql {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

void apply(Preferences& preferences, std::string_view word, bool& has_return, std::string& count) {
    if (word.starts_with("return=") && !has_return) {
        const auto value = word.substr(7);
        if (value != "minimal" && value != "headers-only" && value != "representation") return;
        preferences.returns = value;
        has_return = true;
    } else if (word.starts_with("count=") && count.empty()) {
        const auto value = word.substr(6);
        if (value == "exact" || value == "planned" || value == "estimated") count = word;
    }
}

}  // namespace

Preferences read_preferences(const http::Request& request) {
    Preferences preferences;
    bool has_return = false;
    std::string count;
    for (const auto [name, value] : request.headers) {
        if (!http::iequals(name, "prefer")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto comma = std::min(rest.find(','), rest.size());
            apply(preferences, trimmed(rest.substr(0, comma), " "), has_return, count);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    preferences.counts_total = !count.empty();
    const bool is_write = request.method == http::Method::post;
    if (is_write && has_return) preferences.applied = "return=" + preferences.returns;
    if (!count.empty()) preferences.applied += (preferences.applied.empty() ? "" : ", ") + count;
    return preferences;
}

std::optional<Range> read_range(const http::Request& request) {
    std::string_view text = request.header("range");
    if (request.method != http::Method::get || text.empty()) return std::nullopt;
    if (const auto equals = text.find('='); equals != std::string_view::npos) text.remove_prefix(equals + 1);
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto first = whole_number(text.substr(0, dash));
    if (!first) return std::nullopt;
    return Range{*first, whole_number(text.substr(dash + 1))};
}

}  // namespace platform::restql
