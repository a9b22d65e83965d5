#include "platform/limits/sliding_window.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace platform::limits {
namespace {

class SetClock final : public Clock {
public:
    Time now() const override { return time; }
    Time time{std::chrono::seconds(1'800'000'000)};  // a multiple of 60
};

std::uint32_t allowed_of(SlidingWindow& limiter, std::uint64_t key, int tries) {
    std::uint32_t allowed = 0;
    for (int i = 0; i < tries; ++i) allowed += limiter.take(key).is_allowed ? 1 : 0;
    return allowed;
}

TEST(SlidingWindow, LetsTheQuotaThroughAndNoMore) {
    SetClock clock;
    SlidingWindow limiter(100, std::chrono::seconds(60), clock);
    EXPECT_EQ(allowed_of(limiter, 1, 150), 100U);
    EXPECT_EQ(allowed_of(limiter, 2, 1), 1U) << "another caller has their own quota";
}

TEST(SlidingWindow, AnEdgeOfTwoWindowsIsNoLoophole) {
    SetClock clock;
    SlidingWindow limiter(100, std::chrono::seconds(60), clock);
    clock.time += std::chrono::seconds(59);
    EXPECT_EQ(allowed_of(limiter, 1, 100), 100U);
    clock.time += std::chrono::seconds(2);
    EXPECT_LE(allowed_of(limiter, 1, 100), 2U);
}

TEST(SlidingWindow, SaysWhenToComeBackAndKeepsItsWord) {
    SetClock clock;
    SlidingWindow limiter(10, std::chrono::seconds(60), clock);
    clock.time += std::chrono::seconds(30);
    allowed_of(limiter, 1, 10);
    clock.time += std::chrono::seconds(31);
    allowed_of(limiter, 1, 10);
    const auto refused = limiter.take(1);
    ASSERT_FALSE(refused.is_allowed);
    clock.time += std::chrono::seconds(refused.reset_s);
    EXPECT_TRUE(limiter.take(1).is_allowed);
}

TEST(SlidingWindow, KeepsItsWordWhateverTheQuotaAndTheMoment) {
    for (const std::uint32_t quota : {1U, 3U, 7U, 100U}) {
        for (const int second : {0, 1, 29, 59}) {
            SetClock clock;
            SlidingWindow limiter(quota, std::chrono::seconds(60), clock);
            clock.time += std::chrono::seconds(second);
            allowed_of(limiter, 1, static_cast<int>(quota));
            for (int round = 0; round < 5; ++round) {
                const auto refused = limiter.take(1);
                ASSERT_FALSE(refused.is_allowed);
                clock.time += std::chrono::seconds(refused.reset_s);
                EXPECT_TRUE(limiter.take(1).is_allowed) << quota << " after " << refused.reset_s << " s";
                allowed_of(limiter, 1, static_cast<int>(quota));
            }
        }
    }
}

TEST(SlidingWindow, ConcurrentCallersNeverExceedTheQuota) {
    SetClock clock;
    SlidingWindow limiter(1000, std::chrono::seconds(60), clock);
    std::atomic<std::uint32_t> allowed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { allowed += allowed_of(limiter, 7, 500); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(allowed, 1000U);
}

}  // namespace
}  // namespace platform::limits
