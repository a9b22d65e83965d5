#pragma once

#include "platform/limits/sliding_window.hpp"
#include "platform/redis/client.hpp"
#include "shared/types/prelude.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tt {

/// What several windows say together.
struct SharedDecision {
    std::size_t window = 0;  ///< which has decided
    limits::Decision decision;
};

/// limits::SlidingWindow counted in Redis, so that a caller has one quota at all gateways: one round trip, by the
/// server's clock. While Redis is away each gateway counts by itself and allows its share of the quota.
class SharedWindow {
public:
    SharedWindow(redis::Client& redis, std::string name, std::uint32_t quota, std::chrono::seconds window,
                 unsigned gateways, const Clock& clock);

    /// As SlidingWindow::take. Never throws for an outage.
    Task<limits::Decision> take(std::uint64_t key);
    /// The same for one window after the other, until one refuses; one round trip for all of them.
    static Task<SharedDecision> take_in_turn(std::vector<SharedWindow*> windows, std::uint64_t key);

private:
    static Task<redis::Reply> count(redis::Client& redis, std::vector<std::string> words);

    redis::Client& redis_;
    std::string name_;
    std::uint32_t quota_;
    std::chrono::seconds window_;
    limits::SlidingWindow alone_;
};

}  // namespace tt
