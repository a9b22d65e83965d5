#include "platform/db/params.hpp"
#include "platform/db/quote.hpp"

#include <gtest/gtest.h>

namespace platform::db {
namespace {

enum class Level { beginner, advanced };
BOOST_DESCRIBE_ENUM(Level, beginner, advanced)

struct Raw {
    std::string text;
};

TEST(Text, ValuesReadBackAsWritten) {
    EXPECT_EQ(from_text<bool>(*to_param(true)), true);
    EXPECT_EQ(from_text<std::int64_t>(*to_param(std::int64_t{-9007199254740993})), -9007199254740993);
    EXPECT_EQ(from_text<double>(*to_param(0.1)), 0.1);
    EXPECT_EQ(from_text<std::string>(*to_param("ünï")), "ünï");
    const Uuid id = uuid_v7();
    EXPECT_EQ(from_text<Uuid>(*to_param(id)), id);
    using ThingId = Id<struct ThingTag>;
    EXPECT_EQ(from_text<ThingId>(*to_param(ThingId{id})), ThingId{id});
    const Time time(std::chrono::microseconds(1767225600123456));
    EXPECT_EQ(from_text<Time>(*to_param(time)), time);
    const Bytea bytes{std::string("\0\xff\x10", 3)};
    EXPECT_EQ(from_text<Bytea>(*to_param(bytes)), bytes);
    EXPECT_EQ(from_text<Level>(*to_param(Level::advanced)), Level::advanced);
    EXPECT_EQ(from_text<Raw>(*to_param(Raw{"{}"})).text, "{}");
}

TEST(Text, ArraysKeepQuotesCommasAndEmptyStrings) {
    const std::vector<std::string> values{"a", "", "b,c", "d\"e", "f\\g", "{h}", "NULL", " i "};
    EXPECT_EQ(from_text<std::vector<std::string>>(*to_param(values)), values);
    EXPECT_EQ(from_text<std::vector<int>>("{1,2,3}"), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(from_text<std::vector<int>>("{}"), std::vector<int>{});
    EXPECT_THROW(from_text<std::vector<int>>("{1,NULL}"), BadValue);
    EXPECT_THROW(from_text<std::vector<int>>("{{1},{2}}"), BadValue);
}

TEST(Text, OnlyOptionalTakesNull) {
    EXPECT_EQ(from_nullable<std::optional<int>>(std::nullopt), std::nullopt);
    EXPECT_EQ(from_nullable<std::optional<int>>("7"), 7);
    EXPECT_THROW(from_nullable<int>(std::nullopt), BadValue);
    EXPECT_EQ(to_param(std::optional<int>()), std::nullopt);
    EXPECT_EQ(to_param(std::optional<int>(7)), "7");
}

TEST(Text, WhatDoesNotFitIsRefused) {
    EXPECT_THROW(from_text<std::int16_t>("40000"), BadValue);
    EXPECT_THROW(from_text<unsigned>("-1"), BadValue);
    EXPECT_THROW(from_text<int>("1x"), BadValue);
    EXPECT_THROW(from_text<bool>("true"), BadValue);
    EXPECT_THROW(from_text<Uuid>("no"), BadValue);
    EXPECT_THROW(from_text<Bytea>("\\xg0"), BadValue);
    EXPECT_THROW(from_text<Level>("middle"), BadValue);
}

TEST(Quote, LiteralsCannotBeLeft) {
    std::string sql;
    append_literal(sql, "it's");
    EXPECT_EQ(sql, "'it''s'");
    sql.clear();
    append_literal(sql, "a\\'b");
    EXPECT_EQ(sql, " E'a\\\\''b'");
    EXPECT_THROW(append_literal(sql, std::string_view("a\0b", 3)), std::invalid_argument);
}

TEST(Quote, NamesCannotBeLeft) {
    const auto role = [](std::string_view name) {
        std::string sql;
        append_role(sql, name);
        return sql;
    };
    EXPECT_EQ(role("svc_course"), "\"svc_course\"");
    EXPECT_EQ(role("a\"; DROP TABLE b"), "\"a\"\"; DROP TABLE b\"");
    EXPECT_THROW(role("none"), std::invalid_argument);
    EXPECT_THROW(role(""), std::invalid_argument);
    EXPECT_THROW(role(std::string_view("a\0b", 3)), std::invalid_argument);
}

}  // namespace
}  // namespace platform::db
