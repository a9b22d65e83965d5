#pragma once

#include "platform/core/time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace platform::limits {

/// What a limiter says about one request.
struct Decision {
    bool is_allowed = true;
    std::uint32_t quota = 0;      ///< requests per window
    std::uint32_t remaining = 0;  ///< of the quota, after this request
    std::uint32_t reset_s = 0;    ///< seconds until the current window ends; on refusal, until one request fits again
};

/// "At most `quota` in any `window`": a two-bucket sliding-window counter. The previous window counts by the share of
/// it that still overlaps, so a burst at a window's edge cannot pass twice the quota (gateway-security.md §0.3).
///
/// Sharded by key; each shard is one small lock. Idle keys are dropped when a shard is swept.
class SlidingWindow {
public:
    SlidingWindow(std::uint32_t quota, std::chrono::seconds window, const Clock& clock)
        : quota_(quota), window_(window), clock_(clock) {}

    /// `key` is a hash of who is limited; counts the request when it is allowed.
    Decision take(std::uint64_t key);

private:
    struct Counter {
        std::int64_t window_no = 0;
        std::uint32_t current = 0;
        std::uint32_t previous = 0;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::uint64_t, Counter> counters;
    };
    static constexpr std::size_t shard_count = 64;
    static constexpr std::size_t sweep_at_keys = 16'384;  // per shard: 1 M keys, ~50 MiB in the worst case

    static void roll(Counter& counter, std::int64_t window_no);
    /// Seconds until one request fits, when none comes in between.
    double wait_of(const Counter& counter, double elapsed_s, double window_s) const;
    static void sweep(Shard& shard, std::int64_t window_no);

    std::uint32_t quota_;
    std::chrono::seconds window_;
    const Clock& clock_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace platform::limits
