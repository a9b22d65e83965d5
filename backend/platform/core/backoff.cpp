#include "platform/core/backoff.hpp"

#include <algorithm>
#include <random>

namespace platform {

std::chrono::milliseconds backoff(int attempts, std::chrono::milliseconds first, std::chrono::milliseconds limit) {
    constexpr int most_doublings = 20;  // far above any limit in use, and no overflow
    thread_local std::minstd_rand random{std::random_device{}()};
    const auto whole = std::min(limit, first * (1 << std::clamp(attempts, 0, most_doublings)));
    return std::chrono::milliseconds(
        std::uniform_int_distribution<std::chrono::milliseconds::rep>(whole.count() / 2, whole.count())(random));
}

}  // namespace platform
