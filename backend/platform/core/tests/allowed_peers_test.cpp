#include "platform/core/allowed_peers.hpp"

#include <gtest/gtest.h>

namespace platform {
namespace {

bool is_public(const char* text) {
    return is_public_address(boost::asio::ip::make_address(text));
}

TEST(AllowedPeers, PublicServersArePublic) {
    for (const char* text : {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.0",
                             "192.0.1.1", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111",
                             "2001:4860:4860::8888", "2a00::1", "::ffff:8.8.8.8"}) {
        EXPECT_TRUE(is_public(text)) << text;
    }
}

TEST(AllowedPeers, EverythingElseIsNot) {
    for (const char* text :
         {"0.0.0.0",     "10.255.255.255",   "100.64.0.0",      "100.127.255.255", "127.0.0.1",    "127.255.255.255",
          "169.254.0.1", "169.254.169.254",  "172.16.0.0",      "172.31.255.255",  "192.0.0.170",  "192.0.2.1",
          "192.88.99.1", "192.168.255.1",    "198.18.0.1",      "198.19.255.255",  "198.51.100.9", "203.0.113.9",
          "224.0.0.1",   "239.255.255.255",  "240.0.0.1",       "255.255.255.255", "::",           "::1",
          "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::1",      "64:ff9b:1::1", "100::1",
          "2001::1",     "2001:20::1",       "2001:db8::1",     "2002:7f00:1::",   "3fff::1",      "4000::1",
          "fc00::1",     "fd00:ec2::254",    "fe80::1",         "fec0::1",         "ff02::1"}) {
        EXPECT_FALSE(is_public(text)) << text;
    }
}

TEST(AllowedPeers, NetworksAreReadStrictly) {
    for (const char* text : {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0/8", "::/129", "x/8", "10.0.0.0/8 ",
                             "10.0.0.0/-1", "/8"}) {
        EXPECT_FALSE(parse_network(text)) << text;
    }
    const auto network = parse_network("10.1.128.0/17").value();
    EXPECT_TRUE(network.contains(boost::asio::ip::make_address("10.1.255.1")));
    EXPECT_FALSE(network.contains(boost::asio::ip::make_address("10.1.127.1")));
    EXPECT_FALSE(network.contains(boost::asio::ip::make_address("::a01:ff01")));
    EXPECT_TRUE(parse_network("0.0.0.0/0")->contains(boost::asio::ip::make_address("9.9.9.9")));
    EXPECT_TRUE(parse_network("fd00::1/128")->contains(boost::asio::ip::make_address("fd00::1")));
}

TEST(AllowedPeers, WhatIsAddedIsAllowedInAnyClothes) {
    AllowedPeers peers = AllowedPeers::public_only();
    peers.add(parse_network("10.1.0.0/16").value());
    EXPECT_TRUE(peers.allow(boost::asio::ip::make_address("10.1.2.3")));
    EXPECT_TRUE(peers.allow(boost::asio::ip::make_address("::ffff:10.1.2.3")));
    EXPECT_FALSE(peers.allow(boost::asio::ip::make_address("10.2.0.1")));
    EXPECT_FALSE(peers.allow(boost::asio::ip::make_address("127.0.0.1")));
    EXPECT_TRUE(AllowedPeers::any().allow(boost::asio::ip::make_address("127.0.0.1")));
}

}  // namespace
}  // namespace platform
