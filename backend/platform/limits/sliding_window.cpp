#include "platform/limits/sliding_window.hpp"

#include <cmath>

namespace platform::limits {
namespace {

constexpr double rounding = 1e-6;  // requests: a share such as 3 × (1 − 20/60) is not exactly 2

}  // namespace

void SlidingWindow::roll(Counter& counter, std::int64_t window_no) {
    if (counter.window_no == window_no) return;
    counter.previous = counter.window_no == window_no - 1 ? counter.current : 0;
    counter.current = 0;
    counter.window_no = window_no;
}

void SlidingWindow::sweep(Shard& shard, std::int64_t window_no) {
    if (shard.counters.size() < sweep_at_keys) return;
    std::erase_if(shard.counters, [&](const auto& entry) { return entry.second.window_no < window_no - 1; });
}

double SlidingWindow::wait_of(const Counter& counter, double elapsed_s, double window_s) const {
    const double room = static_cast<double>(quota_) - 1 - counter.current;
    // Within this window only the previous one's share shrinks.
    if (room >= 0 && counter.previous > 0) return (1.0 - room / counter.previous) * window_s - elapsed_s;
    // When that cannot make room, this window must end and then its own share shrink.
    const double shrink = counter.current == 0 ? 0 : std::max(0.0, 1.0 - (quota_ - 1.0) / counter.current);
    return window_s - elapsed_s + shrink * window_s;
}

Decision SlidingWindow::take(std::uint64_t key) {
    const double now_s = std::chrono::duration<double>(clock_.now().time_since_epoch()).count();
    const double window_s = static_cast<double>(window_.count());
    const auto window_no = static_cast<std::int64_t>(std::floor(now_s / window_s));
    const double elapsed_s = now_s - static_cast<double>(window_no) * window_s;

    Shard& shard = shards_[key % shard_count];
    const std::lock_guard lock(shard.mutex);
    sweep(shard, window_no);
    Counter& counter = shard.counters[key];
    roll(counter, window_no);

    const double overlap = 1.0 - elapsed_s / window_s;
    const double used = counter.current + counter.previous * overlap;
    Decision decision{.quota = quota_, .reset_s = static_cast<std::uint32_t>(std::ceil(window_s - elapsed_s))};
    if (used + 1 > quota_ + rounding) {
        decision.is_allowed = false;
        decision.reset_s = static_cast<std::uint32_t>(std::max(1.0, std::ceil(wait_of(counter, elapsed_s, window_s))));
        return decision;
    }
    ++counter.current;
    decision.remaining = static_cast<std::uint32_t>(std::max(0.0, std::floor(quota_ - used - 1)));
    return decision;
}

}  // namespace platform::limits
