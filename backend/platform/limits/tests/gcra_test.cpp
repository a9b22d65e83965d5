#include "platform/limits/gcra.hpp"
#include "platform/testing/fake_clock.hpp"

#include <gtest/gtest.h>

namespace platform::limits {
namespace {

using std::chrono::seconds;

TEST(Gcra, TheWholeQuotaMayComeAtOnce) {
    testing::FakeClock clock;
    Gcra limit(30, seconds(300), clock);
    for (unsigned i = 0; i < 30; ++i) {
        const auto decision = limit.take(1);
        EXPECT_TRUE(decision.is_allowed);
        EXPECT_EQ(decision.remaining, 29 - i);
    }
    const auto refused = limit.take(1);
    EXPECT_FALSE(refused.is_allowed);
    EXPECT_EQ(refused.reset_s, 10U);
    EXPECT_TRUE(limit.take(2).is_allowed) << "another key has a quota of its own";
}

TEST(Gcra, TheQuotaComesBackEvenly) {
    testing::FakeClock clock;
    Gcra limit(30, seconds(300), clock);
    for (int i = 0; i < 30; ++i) limit.take(1);
    clock.advance(seconds(10));
    EXPECT_TRUE(limit.take(1).is_allowed);
    EXPECT_FALSE(limit.take(1).is_allowed);
    clock.advance(seconds(30));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.take(1).is_allowed);
    EXPECT_FALSE(limit.take(1).is_allowed);
    clock.advance(seconds(300));
    EXPECT_EQ(limit.take(1).remaining, 29U);
}

TEST(Gcra, RefusedRequestsCostNothing) {
    testing::FakeClock clock;
    Gcra limit(2, seconds(60), clock);
    limit.take(1);
    limit.take(1);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(limit.take(1).reset_s, 30U);
    clock.advance(seconds(30));
    EXPECT_TRUE(limit.take(1).is_allowed);
}

TEST(Gcra, AnyWindowHoldsAtMostTwiceTheQuota) {
    testing::FakeClock clock;
    Gcra limit(10, seconds(60), clock);
    int allowed = 0;
    for (int second = 0; second < 60; ++second) {
        for (int i = 0; i < 5; ++i) allowed += limit.take(1).is_allowed ? 1 : 0;
        clock.advance(seconds(1));
    }
    EXPECT_LE(allowed, 20);
    EXPECT_GE(allowed, 19);
}

TEST(Gcra, KeysThatAreWholeAgainAreForgotten) {
    testing::FakeClock clock;
    Gcra limit(1, seconds(1), clock);
    for (std::uint64_t key = 0; key < 600'000; ++key) {
        if (key % 1000 == 0) clock.advance(seconds(1));
        ASSERT_TRUE(limit.take(key).is_allowed);
    }
}

TEST(Gcra, ALimitOfNothingIsAMistake) {
    testing::FakeClock clock;
    EXPECT_THROW(Gcra(0, seconds(1), clock), std::invalid_argument);
}

}  // namespace
}  // namespace platform::limits
