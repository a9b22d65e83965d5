#pragma once

#include "platform/core/time.hpp"
#include "platform/limits/sliding_window.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace platform::limits {

/// "At most `quota` in `window`, then one every window/quota": the generic cell rate algorithm (ITU-T I.371). One time
/// stamp per key says when the quota would be whole again; a burst may use it up at once and it comes back evenly, so
/// nobody waits for the end of a window.
///
/// Sharded by key; each shard is one small lock. Keys whose quota is whole again are dropped when a shard is swept.
class Gcra {
public:
    Gcra(std::uint32_t quota, std::chrono::seconds window, const Clock& clock);

    /// `key` is a hash of who is limited; counts the request when it is allowed.
    Decision take(std::uint64_t key);

private:
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::uint64_t, Time> whole_again_at;
    };
    static constexpr std::size_t shard_count = 16;
    static constexpr std::size_t sweep_at_keys = 16'384;  // per shard

    std::uint32_t quota_;
    std::chrono::microseconds window_;
    std::chrono::microseconds per_request_;
    const Clock& clock_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace platform::limits
