#include "services/progress-service/src/domain/watched.hpp"

#include <algorithm>
#include <charconv>

namespace tt::progress {
namespace {

bool read_int(std::string_view& text, int& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool skip(std::string_view& text, char expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

void Watched::add(int from_ms, int to_ms) {
    if (from_ms >= to_ms) return;
    const auto first = std::lower_bound(parts_.begin(), parts_.end(), from_ms,
                                        [](const Part& part, int from) { return part.to_ms < from; });
    auto last = first;
    for (; last != parts_.end() && last->from_ms <= to_ms; ++last) {
        from_ms = std::min(from_ms, last->from_ms);
        to_ms = std::max(to_ms, last->to_ms);
    }
    parts_.insert(parts_.erase(first, last), {from_ms, to_ms});
}

int Watched::measure_ms() const {
    int sum = 0;
    for (const auto& part : parts_) sum += part.to_ms - part.from_ms;
    return sum;
}

int Watched::measure_within(int duration_ms) const {
    int sum = 0;
    for (const auto& part : parts_) sum += std::max(0, std::min(part.to_ms, duration_ms) - part.from_ms);
    return sum;
}

std::string Watched::to_multirange() const {
    std::string text = "{";
    for (const auto& part : parts_) {
        if (text.size() > 1) text += ',';
        text += '[' + std::to_string(part.from_ms) + ',' + std::to_string(part.to_ms) + ')';
    }
    return text + '}';
}

std::optional<Watched> Watched::from_multirange(std::string_view text) {
    Watched watched;
    if (!skip(text, '{')) return std::nullopt;
    while (!text.starts_with('}')) {
        int from = 0;
        int to = 0;
        if (!watched.parts_.empty() && !skip(text, ',')) return std::nullopt;
        if (!skip(text, '[') || !read_int(text, from) || !skip(text, ',') || !read_int(text, to) || !skip(text, ')')) {
            return std::nullopt;
        }
        watched.add(from, to);
    }
    return watched;
}

}  // namespace tt::progress
