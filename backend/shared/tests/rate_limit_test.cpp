#include "shared/middleware/rate_limit.hpp"

#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "shared/tests/answer_ok.hpp"
#include "shared/types/principal.hpp"

#include <gmock/gmock.h>

namespace tt {
namespace {

using ::testing::HasSubstr;

Task<http::Response> dispatch(const http::Router& router, std::string path, Principal caller, std::string ip) {
    http::Request request;
    request.target = std::move(path);
    request.client_ip = std::move(ip);
    request.attach(std::move(caller));
    co_return co_await router.dispatch(request);
}

Principal person(UserId id) {
    Principal principal;
    principal.role = "authenticated";
    principal.user_id = id;
    return principal;
}

class RateLimit : public ::testing::Test {
protected:
    RateLimit()
        : limiter_(
              {.api_per_minute = 3, .telemetry_per_minute = 2, .anonymous_per_minute = 4, .sensitive_per_minute = 2},
              clock_) {
        router_.use(limiter_.middleware());
        router_.route(http::Method::get, "/api", answer_ok);
        router_.route(http::Method::get, "/telemetry", answer_ok, {.rate_bucket = "telemetry"});
        router_.route(http::Method::get, "/password", answer_ok, {.rate_bucket = "sensitive"});
        router_.route(http::Method::get, "/odd", answer_ok, {.rate_bucket = "not-configured"});
        router_.route(http::Method::get, "/free", answer_ok, {.rate_bucket = "none"});
        router_.fallback(answer_ok);
    }
    http::Response call(std::string path, Principal caller = {}, std::string ip = "10.0.0.1") {
        return runtime_.run(dispatch(router_, std::move(path), std::move(caller), std::move(ip)));
    }
    unsigned last_of(int times, const std::string& path, const Principal& caller, const std::string& ip = "10.0.0.1") {
        unsigned status = 0;
        for (int i = 0; i < times; ++i) status = call(path, caller, ip).status;
        return status;
    }

    platform::testing::FakeClock clock_;
    RateLimiter limiter_;
    http::Router router_;
    platform::testing::TestRuntime runtime_;
};

TEST_F(RateLimit, SensitiveCallsHaveALowerLimitWithinTheOthers) {
    EXPECT_EQ(last_of(2, "/password", {}), 200U);
    const auto refused = call("/password");
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.headers.find("x-ratelimit-limit"), "2");
    EXPECT_EQ(call("/api").status, 200U);  // the fourth call of the address, which is all it has
    EXPECT_EQ(call("/api").status, 429U);
    const auto ada = person(UserId::make());
    EXPECT_EQ(last_of(2, "/password", ada), 200U);
    EXPECT_EQ(call("/password", ada).status, 429U);
}

TEST_F(RateLimit, TheRequestAfterTheQuotaIsRefusedAndToldWhen) {
    const auto ada = person(UserId::make());
    EXPECT_EQ(last_of(3, "/api", ada), 200U);
    const auto refused = call("/api", ada);
    EXPECT_EQ(refused.status, 429U);
    EXPECT_THAT(std::get<std::string>(refused.body), HasSubstr("rate_limit_exceeded"));
    const int wait_s = std::stoi(std::string(refused.headers.find("Retry-After").value()));
    EXPECT_GT(wait_s, 0);
    EXPECT_LE(wait_s, 120);
    EXPECT_EQ(refused.headers.count("Retry-After"), 1U);
    EXPECT_EQ(refused.headers.find("X-RateLimit-Remaining"), "0");
    clock_.advance(std::chrono::seconds(wait_s));
    EXPECT_EQ(call("/api", ada).status, 200U) << "what Retry-After promised";
}

TEST_F(RateLimit, HeadersCountDown) {
    const auto ada = person(UserId::make());
    const auto first = call("/api", ada);
    EXPECT_EQ(first.headers.find("RateLimit-Policy"), "\"minute\";q=3;w=60");
    EXPECT_EQ(first.headers.find("X-RateLimit-Limit"), "3");
    EXPECT_EQ(first.headers.find("X-RateLimit-Remaining"), "2");
    EXPECT_THAT(std::string(first.headers.find("RateLimit").value()), HasSubstr("r=2;t="));
    EXPECT_EQ(call("/api", ada).headers.find("X-RateLimit-Remaining"), "1");
}

TEST_F(RateLimit, PeopleAndBucketsDoNotShare) {
    const auto ada = person(UserId::make()), bob = person(UserId::make());
    EXPECT_EQ(last_of(4, "/api", ada), 429U);
    EXPECT_EQ(call("/api", bob).status, 200U) << "from the same address";
    EXPECT_EQ(last_of(2, "/telemetry", ada), 200U);
    EXPECT_EQ(call("/telemetry", ada).status, 429U);
    EXPECT_EQ(call("/odd", ada).status, 429U) << "an unknown bucket is api";
}

TEST_F(RateLimit, VisitorsAreCountedByAddress) {
    EXPECT_EQ(last_of(4, "/api", {}), 200U);
    EXPECT_EQ(call("/telemetry").status, 429U) << "one quota for all of a visitor's requests";
    EXPECT_EQ(call("/api", {}, "10.0.0.2").status, 200U);
    EXPECT_EQ(last_of(4, "/api", {}, "2001:db8::1"), 200U);
    EXPECT_EQ(call("/api", {}, "2001:db8::ffff:1").status, 429U) << "the same network of one person";
    EXPECT_EQ(call("/api", {}, "2001:db8:0:1::1").status, 200U);
}

TEST_F(RateLimit, ServicesPagesAndFreeRoutesAreNotCounted) {
    Principal service;
    service.role = "service_role";
    EXPECT_EQ(last_of(20, "/api", service), 200U);
    EXPECT_EQ(last_of(20, "/free", {}), 200U);
    EXPECT_EQ(last_of(20, "/some/page", {}), 200U);
    EXPECT_EQ(call("/api").headers.find("X-RateLimit-Remaining"), "3");
    EXPECT_FALSE(call("/free").headers.contains("RateLimit"));
}

}  // namespace
}  // namespace tt
