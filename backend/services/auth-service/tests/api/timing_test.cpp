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

// S007 of the security plan, with the real cost of a password. Interleaved, so that load on the machine hits both.
TEST(AuthTiming, UnknownPersonCostsWhatAKnownOneDoes) {
    AuthWorld world(test_config(true), 0, crypto::PasswordConfig{});
    world.sign_up("timing@example.com");
    std::vector<Milliseconds> known;
    std::vector<Milliseconds> unknown;
    for (int i = 0; i < 25; ++i) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(world.sign_in("timing@example.com", "wrong password").status, 400U);
        const auto middle = std::chrono::steady_clock::now();
        EXPECT_EQ(world.sign_in("nobody@example.com", "wrong password").status, 400U);
        known.push_back(middle - start);
        unknown.push_back(std::chrono::steady_clock::now() - middle);
    }
    EXPECT_NEAR(median(known).count(), median(unknown).count(), std::max(5.0, median(known).count() * 0.25));
    RecordProperty("known_ms", std::to_string(median(known).count()));
    RecordProperty("unknown_ms", std::to_string(median(unknown).count()));
}

}  // namespace
}  // namespace tt::auth
