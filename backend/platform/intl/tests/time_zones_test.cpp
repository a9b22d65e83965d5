#include "platform/intl/time_zones.hpp"

#include <gtest/gtest.h>

namespace platform::intl {
namespace {

TEST(TimeZones, ZonesAndLinksAreKnown) {
    for (const auto* name : {"UTC", "Etc/UTC", "Etc/GMT+5", "Europe/Paris", "Asia/Calcutta", "Asia/Kolkata",
                             "America/Argentina/Buenos_Aires", "Europe/Kyiv", "America/Coyhaique"}) {
        EXPECT_TRUE(is_time_zone(name)) << name;
    }
}

TEST(TimeZones, NothingElseIs) {
    for (const auto* name : {"", "Mars/Phobos", "europe/paris", "Europe/Paris ", "Paris", "GMT+3", "+02:00", "../UTC",
                             "Factory", "Etc/UTC 0", "tzdata.zi"}) {
        EXPECT_FALSE(is_time_zone(name)) << name;
    }
}

}  // namespace
}  // namespace platform::intl
