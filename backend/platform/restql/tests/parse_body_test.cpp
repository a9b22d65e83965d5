#include "platform/restql/parse/payload.hpp"
#include "platform/restql/parse/payload_formats.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <chrono>
#include <random>

namespace platform::restql {
namespace {

std::string body(std::string_view type, std::string text, PayloadRules rules = {}) {
    return parse_test::outcome(parse_payload(parse_media_type(type), std::move(text), rules));
}

std::string parsed_json(std::string text) {
    return body("application/json", std::move(text));
}

constexpr std::string_view invalid = "400 PGRST102 Empty or invalid json";
constexpr std::string_view mismatch = "400 PGRST102 All object keys must match";

TEST(ParseJsonBody, KeysAreCollectedAndTheTextStays) {
    EXPECT_EQ(parsed_json(R"({"b": 1.50, "a": [1, {"x": 2}]})"),
              R"(object of 1 <a><b> {"b": 1.50, "a": [1, {"x": 2}]})");
    EXPECT_EQ(parsed_json("{}"), "object of 1  {}");
    EXPECT_EQ(parsed_json("[]"), "array of 0  []");
    EXPECT_EQ(parsed_json("[{},{}]"), "array of 2  [{},{}]");
    EXPECT_EQ(parsed_json(R"([{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6}])"),
              R"(array of 3 <a><b> [{"a":1,"b":2},{"a":3,"b":4},{"a":5,"b":6}])");
    EXPECT_EQ(parsed_json(R"([{"a":1,"b":2},{"b":3,"a":4}])"), R"(array of 2 <a><b> [{"a":1,"b":2},{"b":3,"a":4}])");
    EXPECT_EQ(parsed_json(R"([{"a":1,"a":2},{"a":3}])"), R"(array of 2 <a> [{"a":1,"a":2},{"a":3}])");
    EXPECT_EQ(parsed_json(R"([{"\u00e9\n":1},{"é\n":2}])"), R"(array of 2 <é
> [{"\u00e9\n":1},{"é\n":2}])");
    EXPECT_EQ(parsed_json("{\"\\ud83d\\ude00\": 123456789012345678901234567890.10}"),
              "object of 1 <\xf0\x9f\x98\x80> {\"\\ud83d\\ude00\": 123456789012345678901234567890.10}");
    EXPECT_EQ(parsed_json(" [ { \"a\" : null } ] \n"), "array of 1 <a>  [ { \"a\" : null } ] \n");
}

TEST(ParseJsonBody, WhatIsNoRowIsNoRows) {
    for (const auto* text : {"1", "\"text\"", "null", "true", " -0.5e+10 "})
        EXPECT_EQ(parsed_json(text), "array of 0  []");
}

TEST(ParseJsonBody, AllObjectsHaveTheSameKeys) {
    for (const auto* text : {R"([{"a":1},{"b":1}])", R"([{"a":1},{"a":1,"b":2}])", R"([{"a":1,"b":2},{"a":1}])",
                             R"([{"a":1},2])", "[1]", "[[]]", R"([{},{"a":1}])", R"([{"a":1},{}])",
                             R"([{"a":1,"b":2},{"b":1,"b":2}])", R"([{"a":1},{"a":1,"a":2,"c":3}])"}) {
        EXPECT_EQ(parsed_json(text), mismatch) << text;
    }
}

TEST(ParseJsonBody, WhatIsNotJsonIsRefused) {
    for (const auto* text : {"",
                             " ",
                             "{",
                             "}",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\":1,}",
                             "{a:1}",
                             "[1,]",
                             "[,1]",
                             "[1 2]",
                             "01",
                             "1.",
                             ".5",
                             "-",
                             "1e",
                             "+1",
                             "nul",
                             "truefalse",
                             "\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\ud800\"",
                             "\"\\udc00\"",
                             "\"\\ud800\\u0041\"",
                             "\"tab\there\"",
                             "\"\xff\"",
                             "{}{}",
                             "[{\"a\":1},{\"b\":1}",
                             "\"\\",
                             "'a'",
                             "/**/1",
                             "{\"a\":1}x",
                             "[1]]",
                             "\xef\xbb\xbf{}",
                             "NaN"}) {
        EXPECT_EQ(parsed_json(text), invalid) << text;
    }
    EXPECT_EQ(parsed_json(std::string("\"\0\"", 3)), invalid);
    EXPECT_EQ(parsed_json(std::string(100'000, '[')), "400 PGRST102 The json is nested deeper than 512 levels");
}

/// Boost.JSON is the judge of what is JSON.
TEST(ParseJsonBody, AgreesWithAnotherParserOnDamagedTexts) {
    const std::string whole = R"([{"a": -1.5e3, "b\u00e9\\": "x\n\ud83d\ude00é", "c": [true, false, null, {}, []]}, )"
                              R"({"c": 0, "a": "", "b\u00e9\\": {"d": [[1], 2e-5]}}])";
    constexpr std::string_view bytes = "{}[]\",:\\u0e1.-+ tn\x80\xc3\n";
    std::mt19937_64 random(3);
    for (int round = 0; round < 20'000; ++round) {
        std::string text = whole;
        for (auto changes = 1 + random() % 3; changes > 0; --changes) {
            text[random() % text.size()] = bytes[random() % bytes.size()];
        }
        boost::system::error_code error;
        boost::json::parse_options options;
        options.max_depth = 600;
        boost::json::parse(text, error, {}, options);
        EXPECT_EQ(parsed_json(text) == invalid, error.failed()) << text;
    }
}

TEST(ParseJsonBody, TensOfMegabytesTakeNoTime) {
    std::string text = "[";
    while (text.size() < (24u << 20u)) {
        text += R"({"id":12345,"name":"a name of some length","price":19.90,"tags":["a","b"]},)";
    }
    text.back() = ']';
    const auto start = std::chrono::steady_clock::now();
    const auto payload = parse_json(std::move(text));
    ASSERT_TRUE(payload);
    EXPECT_EQ(payload->keys.size(), 4u);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));  // of a build with sanitizers
}

TEST(ParseBody, ColumnsLeaveJsonUnread) {
    EXPECT_EQ(body("application/json", "[nonsense", {.has_columns = true}), "raw array  [nonsense");
    EXPECT_EQ(body("application/json", " {}", {.has_columns = true}), "raw   {}");
    EXPECT_EQ(body("application/json", std::string("{\0}", 3), {.has_columns = true}),
              "400 22021 invalid byte sequence for encoding \"UTF8\": 0x00");
    EXPECT_EQ(body("text/csv", "a\n1\n", {.has_columns = true}), R"(array of 1 <a> [{"a":"1"}])");
}

TEST(ParseBody, FunctionsTakeOtherTypesWhole) {
    for (const auto* type : {"text/plain", "text/xml", "application/octet-stream"}) {
        EXPECT_EQ(body(type, "any <text>", {.is_call = true}), "raw  any <text>");
        EXPECT_EQ(body(type, "any"), "400 PGRST102 Content-Type not acceptable: " + std::string(type));
    }
    EXPECT_EQ(body("application/octet-stream", std::string("\0\xff", 2), {.is_call = true}),
              std::string("raw  \0\xff", 7));
    EXPECT_EQ(body("text/plain", std::string("\0", 1), {.is_call = true}),
              "400 22021 invalid byte sequence for encoding \"UTF8\": 0x00");
    EXPECT_EQ(body("application/json", "", {.is_call = true}), "object of 1  ");
    EXPECT_EQ(body("application/unknown", "x", {.is_call = true}),
              "400 PGRST102 Content-Type not acceptable: application/unknown");
}

TEST(ParseBody, Forms) {
    EXPECT_EQ(body("application/x-www-form-urlencoded", "b=x+y&a=%22&b=2&c"),
              R"(object of 1 <a><b><c> {"a":"\"","b":"2","c":""})");
    EXPECT_EQ(body("application/x-www-form-urlencoded", ""), "object of 1  {}");
    EXPECT_EQ(body("application/x-www-form-urlencoded", "v=1&v=2&a", {.is_call = true}), "form <a><v> <v=1><v=2><a=>");
    EXPECT_EQ(body("application/x-www-form-urlencoded", "a=%ff"),
              "400 22021 invalid byte sequence for encoding \"UTF8\": 0xff");
}

TEST(ParseBody, Csv) {
    const auto csv = [](std::string text) { return body("text/csv", std::move(text)); };
    EXPECT_EQ(csv("a,b\nbar,baz"), R"(array of 1 <a><b> [{"a":"bar","b":"baz"}])");
    EXPECT_EQ(csv("b,a\nNULL,foo\n\"NULL\",\n"), R"(array of 2 <a><b> [{"b":null,"a":"foo"},{"b":null,"a":""}])");
    EXPECT_EQ(csv("a,b\r\n\"x,\"\"y\"\"\",\"1\n2\"\r\n"), R"(array of 1 <a><b> [{"a":"x,\"y\"","b":"1\u000a2"}])");
    EXPECT_EQ(csv("a\n1\n\n2\n"), R"(array of 2 <a> [{"a":"1"},{"a":"2"}])");
    EXPECT_EQ(csv("a,b\n1,2,3\n"), R"(array of 1 <a><b> [{"a":"1","b":"2"}])");
    EXPECT_EQ(csv("a,b\n1\n2\n"), R"(array of 2 <a> [{"a":"1"},{"a":"2"}])");
    EXPECT_EQ(csv("a,b\n"), "array of 0  []");
    EXPECT_EQ(csv("\xef\xbb\xbf"
                  "a\n1"),
              R"(array of 1 <a> [{"a":"1"}])");
    EXPECT_EQ(csv("a,b\nfoo,bar\nbaz"), "400 PGRST102 All lines must have same number of fields");
    EXPECT_EQ(csv("a,b\n1,x\"y\n"), R"(400 PGRST102 parse error (endOfInput) at "\"y\u000a")");
    EXPECT_EQ(csv("a,b\n1,\"open"), R"(400 PGRST102 parse error (endOfInput) at "open")");
    EXPECT_EQ(csv(""), R"(400 PGRST102 parse error (endOfInput) at "")");
    EXPECT_EQ(csv("a\n\xff"), "400 22021 invalid byte sequence for encoding \"UTF8\": 0xff");
}

TEST(ParseBody, CsvMayNotGrowWithoutEnd) {
    std::string text = std::string(63, 'n') + "\n";
    for (int i = 0; i < 1000; ++i) text += "1\n";
    const auto refused = parse_payload(parse_media_type("text/csv"), text, {.text_bytes = 10'000});
    EXPECT_EQ(refused.error().status, 413u);
}

TEST(ParseBody, LinesOfJson) {
    const auto lines = [](std::string text) { return body("application/x-ndjson", std::move(text)); };
    EXPECT_EQ(lines("{\"a\":1}\n{\"a\":2}\n"), "array of 2 <a> [{\"a\":1},{\"a\":2} ]");
    EXPECT_EQ(lines("\n {\"a\":1}\r\n\n\t\n{\"a\":2}"), "array of 2 <a> [  {\"a\":1}\r, \t {\"a\":2}]");
    EXPECT_EQ(lines(""), "array of 0  []");
    EXPECT_EQ(lines("{\"a\":1\n}\n"), invalid);
    EXPECT_EQ(lines("{\"a\":1}\n{\"b\":2}\n"), mismatch);
}

}  // namespace
}  // namespace platform::restql
