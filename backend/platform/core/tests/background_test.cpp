#include "platform/core/background.hpp"

#include "platform/core/backoff.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

Task<void> wait_then_stop(Runtime& runtime, Wakeup& wakeup, milliseconds& waited) {
    const auto start = steady_clock::now();
    co_await wakeup.wait_for(milliseconds(5000));
    waited = std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
    runtime.stop();
}

TEST(Wakeup, AnotherThreadEndsTheWait) {
    Runtime runtime(1);
    Wakeup wakeup(runtime, 0);
    milliseconds waited{0};
    runtime.spawn(0, wait_then_stop(runtime, wakeup, waited));
    std::thread waker([&] {
        std::this_thread::sleep_for(milliseconds(30));
        wakeup.wake();
    });
    runtime.run();
    waker.join();
    EXPECT_LT(waited, milliseconds(2000));
    EXPECT_GE(waited, milliseconds(20));
}

TEST(Wakeup, AWakeBeforeTheWaitIsKept) {
    Runtime runtime(1);
    Wakeup wakeup(runtime, 0);
    wakeup.wake();
    milliseconds waited{9999};
    runtime.spawn(0, wait_then_stop(runtime, wakeup, waited));
    runtime.run();
    EXPECT_LT(waited, milliseconds(1000));
}

Task<void> nap(milliseconds duration, int& finished) {
    co_await sleep_for(duration);
    ++finished;
}

Task<void> run_group(Runtime& runtime, TaskGroup& group, int& finished, int& seen) {
    for (int i = 0; i < 5; ++i) group.spawn(nap(milliseconds(10 * i), finished));
    co_await group.join();
    seen = finished;
    runtime.stop();
}

TEST(TaskGroup, JoinWaitsForAll) {
    Runtime runtime(1);
    TaskGroup group(runtime, 0);
    int finished = 0;
    int seen = 0;
    runtime.spawn(0, run_group(runtime, group, finished, seen));
    runtime.run();
    EXPECT_EQ(seen, 5);
}

TEST(Backoff, DoublesUpToItsLimitWithJitter) {
    for (int i = 0; i < 100; ++i) {
        const auto first = backoff(0, milliseconds(100), milliseconds(1000));
        EXPECT_TRUE(first >= milliseconds(50) && first <= milliseconds(100));
        const auto third = backoff(2, milliseconds(100), milliseconds(1000));
        EXPECT_TRUE(third >= milliseconds(200) && third <= milliseconds(400));
        EXPECT_LE(backoff(1000, milliseconds(100), milliseconds(1000)), milliseconds(1000));
    }
}

}  // namespace
}  // namespace platform
