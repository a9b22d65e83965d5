#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace tt::auth {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

Milliseconds median(std::vector<Milliseconds> times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

/// Ten tries each of twenty accounts and of twenty that do not exist: beyond ten, both are told to wait.
constexpr int accounts = 20;
constexpr int tries_each = 10;

Milliseconds time_of_failure(AuthWorld& world, const std::string& email) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(world.sign_in(email, "wrong horse").status, 400U);
    return std::chrono::steady_clock::now() - start;
}

// S007 of the security plan, with the real cost of a password: 200 tries each, their medians less than 5 % apart.
// Interleaved, so that load on the machine hits both.
TEST(AuthTiming, UnknownPersonCostsWhatAKnownOneDoes) {
    AuthConfig config = test_config(true);
    config.failures_per_5min = 1'000'000;
    AuthWorld world(config, 0, crypto::PasswordConfig{});
    for (int i = 0; i < accounts; ++i) world.sign_up("known" + std::to_string(i) + "@example.com");
    std::vector<Milliseconds> known;
    std::vector<Milliseconds> unknown;
    for (int i = 0; i < accounts * tries_each; ++i) {
        const std::string person = std::to_string(i % accounts) + "@example.com";
        known.push_back(time_of_failure(world, "known" + person));
        unknown.push_back(time_of_failure(world, "other" + person));
    }
    EXPECT_NEAR(median(known).count(), median(unknown).count(), median(known).count() * 0.05);
    RecordProperty("known_ms", std::to_string(median(known).count()));
    RecordProperty("unknown_ms", std::to_string(median(unknown).count()));
}

}  // namespace
}  // namespace tt::auth
