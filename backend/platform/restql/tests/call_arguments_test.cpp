#include "platform/restql/tests/call_kit.hpp"

namespace platform::restql::testing {
namespace {

class CallArguments : public CallTest {};

constexpr const char* form = "application/x-www-form-urlencoded";

struct GetCase {
    std::string call;
    std::string answer;
};

TEST_F(CallArguments, TextsOfAQueryString) {
    const std::vector<GetCase> cases{
        {"add?a=1&b=2", "3"},
        {"hello?name=w%26%27%3B--", R"("Hello, w&';--")"},
        {"hello?name=ignored&name=last", R"("Hello, last")"},
        {"three", "123"},
        {"three?b=4", "143"},
        {"three?c=9&a=7", "729"},
        {"numbers?up_to=2", "[1, 2]"},
        {"variadic", "[]"},
        {"variadic?v=hi", R"(["hi"])"},
        {"variadic?v=hi&v=%22a,%20%5C%7D", R"(["hi","\"a, \\}"])"},
        {"named_variadic?v=1&name=x&v=2&name=y", R"("y{1,2}")"},
        {"a_domain?val=8", "8"},
        {"mixed?Double=3.5&flag=true&day=20190101&feeling=low&list={a,b}",
         R"({"d" : 3.5, "f" : true, "day" : "2019-01-01", "e" : "low", "l" : ["a","b"], "j" : {}, "b" : {}})"},
        {"chars?c=abcdefg&b=101010", R"({"c" : "abcdefg", "b" : "101010"})"},
        {"over", R"("none")"},
        {"over?a=1", R"("a")"},
        {"over?b=1&a=1", R"("a, b")"},
        {"default_json", R"({})"},
        {"odd%20%22f%22(?%22a%20b%2Cc%22=x", R"("x-")"},
    };
    for (const auto& [call, expected] : cases) {
        const auto answer = get(call);
        EXPECT_EQ(answer.status, 200U) << call << answer.text;
        EXPECT_EQ(answer.text, expected) << call;
    }
}

struct PostCase {
    std::string call;
    std::string content_type;
    std::string body;
    std::string answer;
};

TEST_F(CallArguments, MembersOfABody) {
    const std::string json = "application/json";
    const std::vector<PostCase> cases{
        {"add", json, R"({"a":1,"b":2})", "3"},
        {"add", json, R"( [{"a":1,"b":2},{"a":4,"b":6}] )", "3"},
        {"hello?columns=name", json, R"({"name":"n","zz":1})", R"("Hello, n")"},
        {"an_array", json, "", "[1,2]"},
        {"three", json, "{}", "123"},
        {"three", json, R"({"b":4})", "143"},
        {"variadic", json, R"({"v":["hi","there"]})", R"(["hi","there"])"},
        {"chars", json, R"({"c":"abcdefg","b":"101010"})", R"({"c" : "abcdefg", "b" : "101010"})"},
        {"mixed", json,
         R"({"Double":3.5,"flag":true,"day":"20190101","feeling":"low","list":["a","b"],"doc":{"k": 1},"docb":[1]})",
         R"({"d" : 3.5, "f" : true, "day" : "2019-01-01", "e" : "low", "l" : ["a","b"], "j" : {"k": 1}, "b" : [1]})"},
        {"add", form, "a=1&b=2", "3"},
        {"variadic", form, "v=hi&v=there", R"(["hi","there"])"},
        {"variadic", form, "", "[]"},
        {"over", form, "", R"("none")"},
        {"add", "text/csv", "a,b\n5,6\n7,8", "11"},
        {"odd%20%22f%22(", json, R"({"a b,c":"'","$1":"\""})", R"("'\"")"},
        {"add?select=pgrst_scalar", json, R"({"a":1,"b":2})", "3"},
    };
    for (const auto& [call, content_type, body, expected] : cases) {
        const auto answer = post(call, body, type(content_type));
        EXPECT_EQ(answer.status, 200U) << call << body << answer.text;
        EXPECT_EQ(answer.text, expected) << call << body;
    }
}

TEST_F(CallArguments, ABodyMayBeTheOnlyUnnamedArgument) {
    const std::vector<PostCase> cases{
        {"whole_json", "application/json", R"({"A": 1, "A": 2})", R"({"A": 1, "A": 2})"},
        {"whole_text", "text/plain", "a \"text\"; it's", R"("a \"text\"; it's")"},
        {"whole_bytes", "application/octet-stream", std::string("\0\1\xff'", 4), R"("0001ff27")"},
        {"whole_xml", "text/xml", "<a>b</a>", R"("<a>b</a>")"},
        {"whole", "application/json", "{}", R"("nothing")"},
        {"whole", "application/json", R"({"x":1})", R"("x")"},
        {"whole", "application/json", R"({"y":1})", R"("json {\"y\":1}")"},
        {"whole", "text/plain", "words", R"("text words")"},
        {"default_json", "application/json", "{}", "{}"},
    };
    for (const auto& [call, content_type, body, expected] : cases) {
        const auto answer = post(call, body, type(content_type));
        EXPECT_EQ(answer.status, 200U) << call << body << answer.text;
        EXPECT_EQ(answer.text, expected) << call << body;
    }
    EXPECT_EQ(get("whole", type("text/plain")).text, R"("nothing")");
}

struct Refusal {
    std::string call;
    std::string content_type;
    std::string body;
    unsigned status;
    std::string code, message, details;
};

TEST_F(CallArguments, WhatFitsNoFunctionIsNamed) {
    const std::vector<Refusal> cases{
        {"hello", "application/json", R"({"nam":"x"})", 404, "PGRST202",
         "Could not find the function api.hello(nam) in the schema cache",
         "Searched for the function api.hello with parameter nam or with a single unnamed json/jsonb parameter, but no "
         "matches were found in the schema cache."},
        {"add", form, "b=1&a=2&c=3", 404, "PGRST202",
         "Could not find the function api.add(a, b, c) in the schema cache",
         "Searched for the function api.add with parameters a, b, c, but no matches were found in the schema cache."},
        {"hello", "text/plain", "x", 404, "PGRST202", "Could not find the function api.hello in the schema cache",
         "Searched for the function api.hello with a single unnamed text parameter, but no matches were found in the "
         "schema cache."},
        {"nothing", "application/octet-stream", "x", 404, "PGRST202",
         "Could not find the function api.nothing in the schema cache",
         "Searched for the function api.nothing with a single unnamed bytea parameter, but no matches were found in "
         "the schema cache."},
        {"same", "application/json", R"({"arg":1})", 300, "PGRST203",
         "Could not choose the best candidate function between: api.same(arg => integer), api.same(arg => xml)", ""},
        {"two_wholes", "application/json", R"({"A":1})", 300, "PGRST203",
         "Could not choose the best candidate function between: api.two_wholes( => json), api.two_wholes( => jsonb)",
         ""},
        {"hello", "application/json", "[1, 2]", 400, "PGRST102", "All object keys must match", ""},
        {"whole_json", "application/json", "", 400, "22P02", "invalid input syntax for type json",
         "The input string ended unexpectedly."},
        {"add", "application/json", R"({"a":"x","b":1})", 400, "22P02", "invalid input syntax for type integer: \"x\"",
         ""},
    };
    for (const auto& [call, content_type, body, status, code, message, details] : cases) {
        const auto answer = post(call, body, type(content_type));
        EXPECT_EQ(answer.status, status) << call << answer.text;
        EXPECT_EQ(answer.code(), code) << call;
        EXPECT_EQ(answer.message(), message) << call;
        EXPECT_EQ(answer.member("details"), details) << call;
    }
    EXPECT_EQ(get("over?a=1&c=1").code(), "PGRST202");
    EXPECT_EQ(get("whole_text").code(), "PGRST202");
}

}  // namespace
}  // namespace platform::restql::testing
