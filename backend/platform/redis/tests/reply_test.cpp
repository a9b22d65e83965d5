#include "platform/redis/reply.hpp"

#include "platform/redis/config.hpp"

#include <gtest/gtest.h>
#include <cmath>

namespace platform::redis {
namespace {

Reply take_whole(std::string text) {
    const auto reply = take_reply(text);
    EXPECT_TRUE(text.empty()) << text;
    return reply.value();
}

TEST(RedisReply, EveryKindOfBothProtocols) {
    EXPECT_EQ(take_whole("+OK\r\n").text, "OK");
    EXPECT_TRUE(take_whole("-ERR no\r\n").is_error());
    EXPECT_EQ(take_whole("-ERR no\r\n").text, "ERR no");
    EXPECT_EQ(take_whole(":-42\r\n").integer, -42);
    EXPECT_EQ(take_whole("$3\r\na\r\n\r\n").text, "a\r\n");
    EXPECT_EQ(take_whole("$0\r\n\r\n").text, "");
    EXPECT_TRUE(take_whole("$-1\r\n").is_null());
    EXPECT_TRUE(take_whole("*-1\r\n").is_null());
    EXPECT_TRUE(take_whole("_\r\n").is_null());
    EXPECT_EQ(take_whole("#t\r\n").integer, 1);
    EXPECT_EQ(take_whole(",1.5\r\n").real, 1.5);
    EXPECT_TRUE(std::isinf(take_whole(",-inf\r\n").real));
    EXPECT_TRUE(std::isnan(take_whole(",nan\r\n").real));
    EXPECT_EQ(take_whole("(123456789012345678901234567890\r\n").text, "123456789012345678901234567890");
    EXPECT_EQ(take_whole("!6\r\nERR no\r\n").text, "ERR no");
    EXPECT_EQ(take_whole("=7\r\ntxt:abc\r\n").text, "abc");
    EXPECT_EQ(take_whole("~2\r\n+a\r\n+b\r\n").items.size(), 2U);
    const Reply map = take_whole("%1\r\n+a\r\n*1\r\n:7\r\n");
    ASSERT_EQ(map.items.size(), 2U);
    EXPECT_EQ(map.items[1].items[0].integer, 7);
    EXPECT_EQ(take_whole(">2\r\n+a\r\n+b\r\n").kind, Reply::Kind::push);
    EXPECT_EQ(take_whole("|1\r\n+ttl\r\n:9\r\n+value\r\n").text, "value");
}

TEST(RedisReply, WaitsForTheRestAtEveryByte) {
    const std::string whole = "*3\r\n$5\r\nhello\r\n:1\r\n*1\r\n+x\r\n";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::string part = whole.substr(0, size);
        EXPECT_FALSE(take_reply(part)) << size;
        EXPECT_EQ(part.size(), size);
    }
    std::string two = whole + "+next\r\n";
    EXPECT_EQ(take_reply(two)->items[0].text, "hello");
    EXPECT_EQ(take_reply(two)->text, "next");
}

TEST(RedisReply, WhatIsNoReplyOrTooMuchIsRefused) {
    ReplyLimits limits;
    limits.bytes = 1000;
    limits.items = 100;
    std::string deep;
    for (int i = 0; i < 20; ++i) deep += "*1\r\n";
    for (std::string text :
         {std::string("HTTP/1.1 400 Bad Request\r\n"), std::string("\r\n"), std::string(":\r\n"),
          std::string(":1x\r\n"), std::string("$1001\r\n"), std::string("$-2\r\n"), std::string("$3\r\nabcd\r\n"),
          std::string("*101\r\n"), std::string("*99999999999999\r\n"), std::string("$99999999999999999999\r\n"),
          std::string("#x\r\n"), std::string(",x\r\n"), deep, std::string("+") + std::string(70'000, 'a')}) {
        EXPECT_THROW(take_reply(text, limits), ProtocolError) << text.substr(0, 40);
    }
    std::string many = "*60\r\n";
    for (int i = 0; i < 60; ++i) many += "*1\r\n:1\r\n";
    EXPECT_THROW(take_reply(many, limits), ProtocolError);
}

TEST(RedisCommand, IsAnArrayOfBulkStrings) {
    EXPECT_EQ(encode_command({"SET", "k", "a\r\nb"}), "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\na\r\nb\r\n");
}

TEST(RedisConfig, IsReadFromAnAddress) {
    const auto plain = config_of_url("redis://cache.test");
    EXPECT_EQ(plain.host, "cache.test");
    EXPECT_EQ(plain.port, 6379);
    const auto full = config_of_url("redis://app:p%40ss@127.0.0.1:7000/3");
    EXPECT_EQ(full.username, "app");
    EXPECT_EQ(full.password, "p@ss");
    EXPECT_EQ(full.port, 7000);
    EXPECT_EQ(full.database, 3U);
    for (const char* wrong : {"", "redis://", "http://x", "rediss://x", "redis://x/abc", "127.0.0.1:6379"}) {
        EXPECT_THROW(config_of_url(wrong), std::invalid_argument) << wrong;
    }
}

}  // namespace
}  // namespace platform::redis
