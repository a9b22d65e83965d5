#include "platform/json/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace json_test {

enum class Level { beginner, advanced };
BOOST_DESCRIBE_ENUM(Level, beginner, advanced)

struct Price {
    std::int64_t amount_minor = 0;
    std::string currency;
    bool operator==(const Price&) const = default;
};
BOOST_DESCRIBE_STRUCT(Price, (), (amount_minor, currency))

struct Module {
    std::string title;
    std::vector<Module> children;
    bool operator==(const Module&) const = default;
};
BOOST_DESCRIBE_STRUCT(Module, (), (title, children))

struct CreateCourse {
    std::string title;
    std::string slug;
    Level level = Level::beginner;
    std::optional<Price> price;
    std::vector<std::string> outcomes;
    double pass_percent = 0;
    std::int32_t position = 0;
    bool is_published = false;
    platform::Uuid owner_id;
    platform::Time opens_at;
    std::vector<Module> modules;
    platform::json::Raw extra;
    boost::json::value settings;
};
BOOST_DESCRIBE_STRUCT(CreateCourse, (),
                      (title, slug, level, price, outcomes, pass_percent, position, is_published, owner_id, opens_at,
                       modules, extra, settings))

struct Patch {
    std::optional<std::optional<std::string>> bio;
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(Patch, (), (bio, name))

struct Contact {
    std::string email;
    std::string site;
    std::string day;
    std::int32_t limit = 20;
};
BOOST_DESCRIBE_STRUCT(Contact, (), (email, site, day, limit))

struct Small {
    std::uint8_t value = 0;
};
BOOST_DESCRIBE_STRUCT(Small, (), (value))

struct Text {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Text, (), (text))

struct Any {
    boost::json::value value;
};
BOOST_DESCRIBE_STRUCT(Any, (), (value))

}  // namespace json_test

using json_test::CreateCourse;

namespace platform::json {
template <>
inline constexpr Rule rule<&CreateCourse::title>{.min_length = 3, .max_length = 10, .description = "Shown in lists."};
template <>
inline constexpr Rule rule<&CreateCourse::slug>{.format = "slug"};
template <>
inline constexpr Rule rule<&CreateCourse::pass_percent>{.minimum = 0, .maximum = 100};
template <>
inline constexpr Rule rule<&CreateCourse::outcomes>{.max_length = 5, .max_items = 2};
template <>
inline constexpr Rule rule<&json_test::Contact::email>{.format = "email"};
template <>
inline constexpr Rule rule<&json_test::Contact::site>{.format = "uri"};
template <>
inline constexpr Rule rule<&json_test::Contact::day>{.format = "date"};
template <>
inline constexpr Rule rule<&json_test::Contact::limit>{.minimum = 1, .maximum = 100, .may_be_absent = true};
}  // namespace platform::json

namespace platform::json {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view good_course = R"({
  "title": "Größe", "slug": "a-b", "level": "advanced", "price": {"amount_minor": 4900, "currency": "EUR"},
  "outcomes": ["x"], "pass_percent": 59.5, "position": -3, "is_published": true,
  "owner_id": "0190f5fe-7c00-7a00-8000-000000000001", "opens_at": "2026-01-31T09:00:00Z",
  "modules": [{"title": "a", "children": [{"title": "b", "children": []}]}],
  "extra": {"k": [1, 2]}, "settings": [true]})";

std::vector<std::string> errors_of(const Error& error) {
    std::vector<std::string> list;
    for (const auto& field : error.fields) list.push_back(field.pointer + ": " + field.detail);
    return list;
}

template <class T>
std::string reason_of(std::string_view text) {
    const auto result = parse<T>(text);
    return result ? "accepted" : result.error().reason + ": " + result.error().message;
}

TEST(JsonParse, FillsEveryKindOfMember) {
    const auto course = parse<CreateCourse>(good_course);
    ASSERT_TRUE(course) << course.error().message;
    EXPECT_EQ(course->title, "Größe");
    EXPECT_EQ(course->level, json_test::Level::advanced);
    EXPECT_EQ(course->price, (json_test::Price{4900, "EUR"}));
    EXPECT_EQ(course->position, -3);
    EXPECT_EQ(to_string(course->owner_id), "0190f5fe-7c00-7a00-8000-000000000001");
    EXPECT_EQ(to_rfc3339(course->opens_at), "2026-01-31T09:00:00Z");
    EXPECT_EQ(course->modules.at(0).children.at(0).title, "b");
    EXPECT_EQ(course->extra.text, R"({"k":[1,2]})");
    EXPECT_EQ(course->settings, boost::json::parse("[true]"));
}

TEST(JsonParse, WhatIsWrittenReadsBackTheSame) {
    const auto course = parse<CreateCourse>(good_course);
    const auto text = write(*course);
    const auto again = parse<CreateCourse>(text);
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(write(*again), text);
    EXPECT_EQ(boost::json::parse(text), boost::json::parse(good_course));
}

TEST(JsonParse, ReportsAllFieldErrorsWithPointers) {
    const auto result = parse<CreateCourse>(R"({
      "title": "ab", "slug": "A b", "level": "expert", "price": {"amount_minor": "1", "currency": 3, "vat/~": 1},
      "outcomes": ["toolong", "b"], "pass_percent": 120, "position": 3000000000, "is_published": 1, "owner_id": "x",
      "opens_at": "yesterday", "modules": [{"title": "a", "children": [{"children": []}]}], "settings": 1, "more": 2})");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, "validation_failed");
    EXPECT_THAT(
        errors_of(result.error()),
        ElementsAre("/title: must have at least 3 characters", "/slug: must be lower-case letters, digits and hyphens",
                    "/level: must be one of beginner, advanced", "/price/amount_minor: must be a whole number",
                    "/price/currency: must be a string", "/price/vat~1~0: is not a known member",
                    "/outcomes/0: must have at most 5 characters", "/pass_percent: must be at most 100",
                    "/position: must be at most 2147483647", "/is_published: must be true or false",
                    "/owner_id: must be a UUID", "/opens_at: must be a date and time such as 2026-01-31T09:00:00Z",
                    "/modules/0/children/0/title: is required", "/extra: is required", "/more: is not a known member"));
}

TEST(JsonParse, LengthCountsCharactersNotBytes) {
    auto text = std::string(good_course);
    text.replace(text.find("Größe"), std::string("Größe").size(), "äöüäöüäöüä");
    EXPECT_TRUE(parse<CreateCourse>(text));
}

TEST(JsonParse, TooManyItemsAreNotReadFurther) {
    auto text = std::string(good_course);
    text.replace(text.find(R"(["x"])"), 5, "[1, 2, 3, 4]");
    const auto result = parse<CreateCourse>(text);
    ASSERT_FALSE(result);
    EXPECT_THAT(errors_of(result.error()), ElementsAre("/outcomes: must have at most 2 items"));
}

TEST(JsonParse, RefusesMalformedDocuments) {
    EXPECT_THAT(reason_of<json_test::Text>(""), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>("{"), HasSubstr("ends too early"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"a"} x)"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"a",})"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"a" /* c */})"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>("{\"text\":\"\xff\"}"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>("{\"text\":\"\n\"}"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"\ud800"})"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"\udc00a"})"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"a\u0000b"})"), HasSubstr("U+0000"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"te\u0000xt":"ab"})"), HasSubstr("U+0000"));
    EXPECT_THAT(reason_of<json_test::Text>(R"({"text":"a","text":"b"})"), HasSubstr("same member twice"));
    EXPECT_THAT(reason_of<json_test::Any>(R"({"value":[{"a":{"b":1,"b":2}}]})"), HasSubstr("same member twice"));
    EXPECT_THAT(reason_of<json_test::Any>(R"({"value":1e400})"), HasSubstr("too large"));
    EXPECT_THAT(reason_of<json_test::Any>(R"({"value":NaN})"), HasSubstr("malformed_json"));
    EXPECT_THAT(reason_of<json_test::Text>("[]"), HasSubstr("validation_failed"));
}

TEST(JsonParse, AcceptsDepth64AndRefuses65) {
    const auto nested = [](std::size_t arrays) {
        return "{\"value\":" + std::string(arrays, '[') + std::string(arrays, ']') + "}";
    };
    EXPECT_TRUE(parse<json_test::Any>(nested(63)));
    EXPECT_THAT(reason_of<json_test::Any>(nested(64)), HasSubstr("64 levels"));
    EXPECT_THAT(reason_of<json_test::Any>(nested(100'000)), HasSubstr("64 levels"));
}

TEST(JsonParse, WholeNumbersKeepTheirRange) {
    EXPECT_EQ(parse<json_test::Small>(R"({"value":255})")->value, 255);
    EXPECT_EQ(parse<json_test::Small>(R"({"value":7.0})")->value, 7);
    for (const auto* text : {"-1", "256", "1.5", "\"1\"", "1e30", "18446744073709551615", "true", "null", "[]"}) {
        EXPECT_THAT(reason_of<json_test::Small>("{\"value\":" + std::string(text) + "}"),
                    HasSubstr("validation_failed"))
            << text;
    }
}

TEST(JsonParse, PatchTellsAbsentFromNull) {
    EXPECT_FALSE(parse<json_test::Patch>("{}")->bio.has_value());
    const auto cleared = parse<json_test::Patch>(R"({"bio":null,"name":null})");
    ASSERT_TRUE(cleared->bio.has_value());
    EXPECT_FALSE(cleared->bio->has_value());
    EXPECT_FALSE(cleared->name.has_value());
    EXPECT_EQ(parse<json_test::Patch>(R"({"bio":"x"})")->bio->value(), "x");
    EXPECT_EQ(write(*cleared), R"({"bio":null,"name":null})");
    EXPECT_EQ(write(json_test::Patch{}), R"({"name":null})");
}

TEST(JsonParse, FormatsAndDefaults) {
    const auto contact =
        parse<json_test::Contact>(R"({"email":"a.b+c@ex-ample.org","site":"https://x.y/z","day":"2024-02-29"})");
    ASSERT_TRUE(contact);
    EXPECT_EQ(contact->limit, 20);
    for (const auto* email : {"", "a", "a@", "@b.c", "a@b", "a b@c.de", "a@-b.de", "a..b@c.de",
                              "a@b.de\\r\\nBcc: x@y.z", "ä@b.de", "a@b..de", ".a@b.de"}) {
        const auto text = std::string(R"({"site":"https://x.y/z","day":"2024-02-29","email":")") + email + "\"}";
        EXPECT_FALSE(parse<json_test::Contact>(text)) << email;
    }
    for (const auto* day : {"2023-02-29", "0000-01-01", "2024-13-01", "2024-1-01", "300000-01-01", "2024-00-10"}) {
        const auto text = std::string(R"({"site":"https://x.y/z","email":"a@b.de","day":")") + day + "\"}";
        EXPECT_FALSE(parse<json_test::Contact>(text)) << day;
    }
    for (const auto* site : {"javascript:alert(1)", "ftp://x", "https://", "http:///x", "https://x y", "//x"}) {
        const auto text = std::string(R"({"day":"2024-02-29","email":"a@b.de","site":")") + site + "\"}";
        EXPECT_FALSE(parse<json_test::Contact>(text)) << site;
    }
}

TEST(JsonWrite, EscapesWhatMustBe) {
    EXPECT_EQ(write(json_test::Text{"a\"\\\n\r\t\x01</script>ü"}),
              "{\"text\":\"a\\\"\\\\\\n\\r\\t\\u0001</script>ü\"}");
}

TEST(JsonWrite, EmptyRawIsNull) {
    EXPECT_EQ(write(Raw{}), "null");
    EXPECT_EQ(write(std::vector<Raw>{Raw{"{\"a\":1}"}, Raw{"2"}}), "[{\"a\":1},2]");
}

TEST(JsonSchema, DescribesRulesAndRecursion) {
    const auto schema = boost::json::serialize(json::schema<CreateCourse>());
    EXPECT_THAT(schema,
                HasSubstr(R"("title":{"type":"string","minLength":3,"maxLength":10,"description":"Shown in lists."})"));
    EXPECT_THAT(schema, HasSubstr(R"("pass_percent":{"type":"number","minimum":0,"maximum":100})"));
    EXPECT_THAT(schema, HasSubstr(R"("price":{"oneOf":[{"$ref":"#/$defs/json_test.Price"},{"type":"null"}]})"));
    EXPECT_THAT(schema,
                HasSubstr(R"("outcomes":{"type":"array","maxItems":2,"items":{"type":"string","maxLength":5}})"));
    EXPECT_THAT(schema, HasSubstr(R"("json_test.Level":{"type":"string","enum":["beginner","advanced"]})"));
    EXPECT_THAT(schema, HasSubstr(R"("children":{"type":"array","items":{"$ref":"#/$defs/json_test.Module"}})"));
    EXPECT_THAT(schema, HasSubstr(R"("additionalProperties":false)"));
    const auto patch = boost::json::serialize(json::schema<json_test::Patch>());
    EXPECT_THAT(patch, HasSubstr(R"("bio":{"type":["string","null"]})"));
}

}  // namespace
}  // namespace platform::json
