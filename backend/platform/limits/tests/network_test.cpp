#include "platform/limits/network.hpp"

#include <gtest/gtest.h>

namespace platform::limits {
namespace {

TEST(NetworkOf, OneAddressOfVersionFourIsItsOwnNetwork) {
    EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7/32");
    EXPECT_EQ(network_of("192.0.2.7", 24), "192.0.2.0/24");
}

TEST(NetworkOf, WhoHasOneAddressOfVersionSixHasTheSlash64) {
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:2:ffff::9"));
    EXPECT_NE(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
}

TEST(NetworkOf, VersionFourInClothesOfSixIsFour) {
    EXPECT_EQ(network_of("::ffff:192.0.2.7"), network_of("192.0.2.7"));
}

TEST(NetworkOf, WhatIsNoAddressStaysWhatItIs) {
    EXPECT_EQ(network_of("unix"), "unix");
    EXPECT_EQ(network_of(""), "");
}

}  // namespace
}  // namespace platform::limits
