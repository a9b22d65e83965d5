#include "services/auth-service/src/domain/key_rotation.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using namespace std::chrono_literals;
using platform::Time;

const Time rotation_noon{std::chrono::seconds(1'800'000'000)};

/// "publish", "promote KID", "retire KID" or "nothing".
std::string due(const std::vector<KeyState>& keys, KeyPeriods periods = {}) {
    const auto move = next_key_move(keys, periods, rotation_noon);
    if (!move) return "nothing";
    switch (move->step) {
        case KeyStep::publish_next:
            return "publish";
        case KeyStep::promote_next:
            return "promote " + move->kid;
        case KeyStep::retire:
            return "retire " + move->kid;
    }
    return "?";
}

Time ago(std::chrono::seconds age) {
    return rotation_noon - age;
}

TEST(KeyRotation, AKeySignsForThirtyDays) {
    EXPECT_EQ(due({{"a", "current", ago(std::chrono::days(30) - 1s)}}), "nothing");
    EXPECT_EQ(due({{"a", "current", ago(std::chrono::days(30))}}), "publish");
}

TEST(KeyRotation, TheNextOneIsPublishedAQuarterOfAnHourBeforeItSigns) {
    const KeyState current{"a", "current", ago(std::chrono::days(31))};
    EXPECT_EQ(due({current, {"b", "next", ago(15min - 1s)}}), "nothing");
    EXPECT_EQ(due({current, {"b", "next", ago(15min)}}), "promote b");
    // One that was asked for by hand, too.
    EXPECT_EQ(due({{"a", "current", ago(1h)}, {"b", "next", ago(15min)}}), "promote b");
}

TEST(KeyRotation, ThePreviousOneStaysForADayAndAsLongAsATokenLives) {
    const KeyState current{"b", "current", ago(1h)};
    EXPECT_EQ(due({current, {"a", "previous", ago(24h - 1s)}}), "nothing");
    EXPECT_EQ(due({current, {"a", "previous", ago(24h)}}), "retire a");
    EXPECT_EQ(due({current, {"a", "previous", ago(24h)}}, {.published_after_use = 48h}), "nothing");
}

TEST(KeyRotation, MovesOneAtATime) {
    EXPECT_EQ(due({{"a", "previous", ago(24h)}, {"b", "current", ago(std::chrono::days(40))}, {"c", "next", ago(1h)}}),
              "retire a");
    EXPECT_EQ(due({}), "nothing");
}

}  // namespace
}  // namespace tt::auth
