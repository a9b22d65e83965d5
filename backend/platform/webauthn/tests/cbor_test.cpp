#include "platform/webauthn/cbor.hpp"

#include "platform/testing/software_authenticator.hpp"

#include <gtest/gtest.h>

namespace platform::webauthn {
namespace {

using testing::cbor_bytes;
using testing::cbor_head;
using testing::cbor_int;
using testing::cbor_text;

constexpr unsigned cbor_array = 4;
constexpr unsigned cbor_map = 5;

TEST(Cbor, ReadsWhatAuthenticatorsSend) {
    const std::string text = cbor_head(cbor_map, 3) + cbor_text("fmt") + cbor_text("none") + cbor_int(-7) +
                             cbor_head(cbor_array, 2) + cbor_int(1'000'000) + "\xF5" + cbor_int(3) + cbor_bytes("xyz");
    const auto value = cbor::parse(text);
    ASSERT_TRUE(value) << value.error().message;
    const auto& map = *value->as<cbor::Map>();
    EXPECT_EQ(*cbor::find(map, "fmt")->as<std::string>(), "none");
    const auto& list = *cbor::find(map, -7)->as<cbor::Array>();
    EXPECT_EQ(*list[0].as<std::int64_t>(), 1'000'000);
    EXPECT_EQ(*list[1].as<bool>(), true);
    EXPECT_EQ(cbor::bytes_member(map, 3), "xyz");
    EXPECT_EQ(cbor::find(map, "none"), nullptr);
}

TEST(Cbor, IntegersOfEverySize) {
    for (const std::int64_t number :
         {std::int64_t{0}, std::int64_t{23}, std::int64_t{24}, std::int64_t{255}, std::int64_t{65536},
          std::int64_t{1} << 40, std::int64_t{-1}, std::int64_t{-257}, std::numeric_limits<std::int64_t>::max(),
          std::numeric_limits<std::int64_t>::min()}) {
        const auto value = cbor::parse(cbor_int(number));
        ASSERT_TRUE(value) << number;
        EXPECT_EQ(*value->as<std::int64_t>(), number);
    }
}

TEST(Cbor, WhatWouldCostOrConfuseIsRefused) {
    std::string deep;
    for (int i = 0; i < 5; ++i) deep += cbor_head(cbor_array, 1);
    deep += cbor_int(0);
    const std::string same_key = cbor_text("a") + cbor_int(1);
    const std::pair<const char*, std::string> cases[] = {
        {"nothing", ""},
        {"a head cut short", cbor_head(2, 300).substr(0, 2)},
        {"a string longer than the input", cbor_head(2, 100) + "abc"},
        {"a string of 2^63 bytes", cbor_head(3, 1ULL << 63)},
        {"an array of four thousand million", cbor_head(cbor_array, 0xFFFFFFFF)},
        {"a map with more members than bytes", cbor_head(cbor_map, 20) + "\x01\x02"},
        {"five levels", deep},
        {"a key twice", cbor_head(cbor_map, 2) + same_key + same_key},
        {"a map as a key", cbor_head(cbor_map, 1) + cbor_head(cbor_map, 0) + cbor_int(1)},
        {"a tag", "\xC0" + cbor_text("2026-01-01T00:00:00Z")},
        {"a float", std::string("\xF9\x3C\x00", 3)},
        {"an array without a length", "\x9F\x01\xFF"},
        {"break", "\xFF"},
        {"a number beyond 63 bits", std::string("\x1B") + std::string(8, '\xFF')},
        {"text that is not UTF-8", cbor_text("\xC3\x28")},
        {"something behind it", cbor_int(1) + cbor_int(2)},
        {"too large", cbor_bytes(std::string(cbor::max_bytes, 'x'))},
    };
    for (const auto& [name, bytes] : cases) {
        const auto value = cbor::parse(bytes);
        ASSERT_FALSE(value) << name;
        EXPECT_EQ(value.error().reason, "cbor_invalid") << name;
    }
}

}  // namespace
}  // namespace platform::webauthn
