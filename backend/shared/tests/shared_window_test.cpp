#include "shared/middleware/shared_window.hpp"

#include "platform/testing/redis_server.hpp"
#include "platform/testing/run_task.hpp"
#include "shared/middleware/rate_limit.hpp"
#include "shared/tests/answer_ok.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace tt {
namespace {

using namespace std::chrono_literals;
using platform::testing::RedisServer;
using platform::testing::TestRuntime;

constexpr std::uint64_t shared_caller = 42;

redis::Config patient_config(const RedisServer& server) {
    redis::Config config = redis::config_of_url(server.url());
    config.command_timeout = 1s;
    return config;
}

class SharedLimits : public ::testing::Test {
protected:
    ~SharedLimits() override { runtime_.stop(); }

    limits::Decision take(SharedWindow& window, std::uint64_t key = shared_caller) {
        return runtime_.run(window.take(key));
    }
    int allowed_of(int times, SharedWindow& window) {
        int allowed = 0;
        for (int i = 0; i < times; ++i) allowed += take(window).is_allowed ? 1 : 0;
        return allowed;
    }
    /// The counter stands at the beginning of a window, so that none ends while a test looks.
    static void wait_for_a_fresh_window(std::chrono::seconds window) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto rest = window - now % window;
        if (rest < 3s) std::this_thread::sleep_for(rest);
    }

    RedisServer server_;
    TestRuntime runtime_;
    SystemClock clock_;
    redis::Client first_redis_{runtime_.get(), patient_config(server_)};
    redis::Client second_redis_{runtime_.get(), patient_config(server_)};
    SharedWindow first_{first_redis_, "api", 10, 60s, 2, clock_};
    SharedWindow second_{second_redis_, "api", 10, 60s, 2, clock_};
};

TEST_F(SharedLimits, TwoGatewaysHaveOneQuota) {  // S153
    wait_for_a_fresh_window(60s);
    EXPECT_EQ(allowed_of(7, first_), 7);
    const auto third_last = take(second_);
    EXPECT_TRUE(third_last.is_allowed);
    EXPECT_EQ(third_last.quota, 10U);
    EXPECT_EQ(third_last.remaining, 2U);
    EXPECT_EQ(allowed_of(10, second_), 2);
    const auto refused = take(first_);
    EXPECT_FALSE(refused.is_allowed);
    EXPECT_GE(refused.reset_s, 1U);
    EXPECT_LE(refused.reset_s, 120U);
    EXPECT_TRUE(take(first_, shared_caller + 1).is_allowed) << "of each caller";
}

TEST_F(SharedLimits, AWindowSlides) {
    SharedWindow window(first_redis_, "short", 4, 1s, 1, clock_);
    for (int i = 0; i < 8; ++i) take(window);
    EXPECT_FALSE(take(window).is_allowed);
    std::this_thread::sleep_for(2100ms);
    EXPECT_TRUE(take(window).is_allowed);
}

TEST_F(SharedLimits, ParallelTakesAreCountedOnce) {
    wait_for_a_fresh_window(60s);
    std::vector<std::future<limits::Decision>> takes;
    for (int i = 0; i < 40; ++i) takes.push_back(runtime_.start((i % 2 == 0 ? first_ : second_).take(shared_caller)));
    int allowed = 0;
    for (auto& one : takes) allowed += one.get().is_allowed ? 1 : 0;
    EXPECT_EQ(allowed, 10);
}

TEST_F(SharedLimits, WithoutRedisEachAllowsItsShare) {
    take(first_);
    server_.kill();
    const auto started = std::chrono::steady_clock::now();
    EXPECT_EQ(allowed_of(20, first_), 5);
    EXPECT_EQ(allowed_of(20, second_), 5);
    EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
    server_.start();
    bool is_back = false;
    for (int i = 0; i < 100 && !is_back; ++i) {
        is_back = take(first_).quota == 10;  // by itself a gateway has 5
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_TRUE(is_back);
}

TEST_F(SharedLimits, SeveralAreCountedInTurnUntilOneRefuses) {
    wait_for_a_fresh_window(60s);
    SharedWindow narrow(first_redis_, "narrow", 3, 60s, 1, clock_);
    const auto both = [&] { return runtime_.run(SharedWindow::take_in_turn({&first_, &narrow}, shared_caller)); };
    EXPECT_EQ(both().decision.remaining, 2U);
    both();
    const auto last = both();
    EXPECT_EQ(last.window, 1U);
    EXPECT_TRUE(last.decision.is_allowed);
    const auto refused = both();
    EXPECT_EQ(refused.window, 1U);
    EXPECT_FALSE(refused.decision.is_allowed);
    EXPECT_EQ(refused.decision.quota, 3U);
    EXPECT_EQ(take(second_).remaining, 5U) << "the wide one counted what the narrow one refused, too";
    EXPECT_EQ(allowed_of(9, first_), 5);
    const auto refused_by_wide = both();
    EXPECT_EQ(refused_by_wide.window, 0U);
    EXPECT_FALSE(refused_by_wide.decision.is_allowed);
    server_.kill();
    EXPECT_EQ(both().window, 1U) << "each gateway by itself";
    for (int i = 0; i < 2; ++i) both();
    EXPECT_FALSE(both().decision.is_allowed);
}

TEST_F(SharedLimits, TheLimiterCountsThere) {
    wait_for_a_fresh_window(60s);
    RateLimiter one({.anonymous_per_minute = 3}, clock_, &first_redis_, 2);
    RateLimiter other({.anonymous_per_minute = 3}, clock_, &second_redis_, 2);
    http::Router routers[2];
    routers[0].use(one.middleware());
    routers[1].use(other.middleware());
    for (auto& router : routers) router.route(http::Method::get, "/api", answer_ok);
    const auto call = [&](const http::Router& router) {
        return runtime_.run([](const http::Router& router) -> Task<http::Response> {
            http::Request request;
            request.target = "/api";
            request.client_ip = "192.0.2.1";
            co_return co_await router.dispatch(request);
        }(router));
    };
    EXPECT_EQ(call(routers[0]).headers.find("X-RateLimit-Remaining"), "2");
    EXPECT_EQ(call(routers[1]).headers.find("X-RateLimit-Remaining"), "1");
    EXPECT_EQ(call(routers[0]).status, 200U);
    const auto refused = call(routers[1]);
    EXPECT_EQ(refused.status, 429U);
    EXPECT_TRUE(refused.headers.contains("Retry-After"));
}

}  // namespace
}  // namespace tt
