#include "platform/crypto/base62.hpp"

#include "platform/crypto/random.hpp"

#include <gtest/gtest.h>

namespace platform::crypto {
namespace {

TEST(Base62, LengthDependsOnTheNumberOfBytesOnly) {
    EXPECT_EQ(base62_encode(std::string(16, '\0')), std::string(22, '0'));
    EXPECT_EQ(base62_encode(std::string(32, '\xff')).size(), 43U);
    EXPECT_EQ(base62_encode(std::string(4, '\xff')), "4gfFC3");  // 2^32 - 1
    EXPECT_EQ(base62_encode(std::string("\0\0\0\x3e", 4)), "000010");
    EXPECT_EQ(base62_encode(""), "");
}

TEST(Base62, EveryByteStringHasOneSpelling) {
    for (const std::size_t size : {1U, 4U, 16U, 32U}) {
        for (int i = 0; i < 200; ++i) {
            const std::string bytes = random_bytes(size);
            EXPECT_EQ(base62_decode(base62_encode(bytes), size), bytes);
        }
    }
}

TEST(Base62, WhatIsNoSpellingIsRefused) {
    EXPECT_FALSE(base62_decode("4gfFC4", 4));  // 2^32
    EXPECT_FALSE(base62_decode("zzzzzz", 4));
    EXPECT_FALSE(base62_decode("00001", 4));
    EXPECT_FALSE(base62_decode("0000010", 4));
    EXPECT_FALSE(base62_decode("00001-", 4));
    EXPECT_FALSE(base62_decode("", 4));
}

}  // namespace
}  // namespace platform::crypto
