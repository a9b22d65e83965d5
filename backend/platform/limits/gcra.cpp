#include "platform/limits/gcra.hpp"

#include <algorithm>
#include <stdexcept>

namespace platform::limits {
namespace {

std::uint32_t seconds_up(std::chrono::microseconds time) {
    return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::seconds>(time).count());
}

}  // namespace

Gcra::Gcra(std::uint32_t quota, std::chrono::seconds window, const Clock& clock)
    : quota_(quota), window_(window), per_request_(window_ / std::max(1U, quota)), clock_(clock) {
    if (quota == 0) throw std::invalid_argument("a limit of 0 would refuse everybody");
}

Decision Gcra::take(std::uint64_t key) {
    const Time now = clock_.now();
    Shard& shard = shards_[key % shard_count];
    const std::lock_guard lock(shard.mutex);
    if (shard.whole_again_at.size() >= sweep_at_keys) {
        std::erase_if(shard.whole_again_at, [&](const auto& entry) { return entry.second <= now; });
    }
    Time& stored = shard.whole_again_at[key];
    const Time after = std::max(stored, now) + per_request_;
    Decision decision{.quota = quota_};
    if (after - now > window_) {
        decision.is_allowed = false;
        decision.reset_s = std::max(1U, seconds_up(after - now - window_));
        return decision;
    }
    stored = after;
    decision.remaining = static_cast<std::uint32_t>((window_ - (after - now)) / per_request_);
    decision.reset_s = seconds_up(after - now);
    return decision;
}

}  // namespace platform::limits
