#include "platform/core/uuid.hpp"

#include <gtest/gtest.h>

#include <set>

namespace platform {
namespace {

TEST(Uuid, Version7CarriesItsTimeAndSortsByIt) {
    const Uuid early = uuid_v7_at(1'700'000'000'000);
    const Uuid late = uuid_v7_at(1'700'000'000'001);
    EXPECT_LT(early, late);
    EXPECT_EQ(uuid_v7_unix_ms(early), 1'700'000'000'000);
    EXPECT_EQ(to_string(early)[14], '7');
}

TEST(Uuid, ParsesWhatItPrintsAndNothingElse) {
    const Uuid id = uuid_v4();
    EXPECT_EQ(parse_uuid(to_string(id)), id);
    for (const char* bad : {"", "x", "0190c8f0-0000-7000-8000-00000000000", "0190c8f0-0000-7000-8000-0000000000000",
                            "0190c8f000000-7000-8000-000000000000", "0190c8f0-0000-7000-8000-00000000000g"}) {
        EXPECT_FALSE(parse_uuid(bad)) << bad;
    }
    EXPECT_FALSE(uuid_v7_unix_ms(id));
}

TEST(Uuid, DoesNotRepeat) {
    std::set<Uuid> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(uuid_v7());
    EXPECT_EQ(seen.size(), 10'000U);
}

}  // namespace
}  // namespace platform
