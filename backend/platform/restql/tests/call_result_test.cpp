#include "platform/restql/tests/call_kit.hpp"

namespace platform::restql::testing {
namespace {

using ::testing::HasSubstr;

class CallResult : public CallTest {};

struct ResultCase {
    std::string call;
    std::string answer;
    std::string range = "0-0/*";
};

TEST_F(CallResult, EveryKindOfResult) {
    const std::vector<ResultCase> cases{
        {"no_number", "null"},
        {"numbers", "[1, 2, 3]", "0-2/*"},
        {"an_array", "[1,2]"},
        {"a_point", R"({"x":10,"y":5})"},
        {"a_table", "[{\"a\":\"x\",\"b\":1}, \n {\"a\":\"y\",\"b\":2}]", "0-1/*"},
        {"one_out?num=5", R"({"plus_one":6})"},
        {"many_out?num=5", R"({"num":5,"str":"four"})"},
        {"a_record", R"({"id":1,"name":"x"})"},
        {"one_project?id=2", R"({"id":2,"client_id":1,"name":"two"})"},
        {"one_project?id=99", R"({"id":null,"client_id":null,"name":null})"},
        {"numbers?up_to=0", "[]", "*/*"},
    };
    for (const auto& [call, expected, range] : cases) {
        const auto answer = get(call);
        EXPECT_EQ(answer.status, 200U) << call << answer.text;
        EXPECT_EQ(answer.text, expected) << call;
        EXPECT_EQ(answer.header("Content-Range"), range) << call;
        EXPECT_EQ(answer.header("Content-Type"), "application/json; charset=utf-8");
    }
}

TEST_F(CallResult, VoidHasNoBody) {
    const auto answer = post("nothing", "{}");
    EXPECT_EQ(answer.status, 204U) << answer.text;
    EXPECT_EQ(answer.text, "");
    EXPECT_EQ(answer.header("Content-Type"), "");
}

TEST_F(CallResult, RowsAreReadLikeThoseOfATable) {
    const std::vector<ResultCase> cases{
        {"all_projects?id=gt.1&id=lt.4&select=id", "[{\"id\":2}, \n {\"id\":3}]", "0-1/*"},
        {"all_projects?select=name&order=name.desc&limit=2&offset=1", "[{\"name\":\"three\"}, \n {\"name\":\"one\"}]",
         "1-2/*"},
        {"all_projects?client_id=is.null&select=n:name", R"([{"n":"four"}])"},
        {"all_projects?or=(id.eq.1,name.eq.three)&select=id&order=id", "[{\"id\":1}, \n {\"id\":3}]", "0-1/*"},
        {"all_projects?id=eq.1&select=name,client:clients(name),tasks(name)",
         R"([{"name":"one","client":{"name": "Ada"},"tasks":[{"name": "dig"}, {"name": "fill"}]}])"},
        {"all_projects?select=name,clients!inner(name)&clients.name=eq.Bob",
         R"([{"name":"three","clients":{"name": "Bob"}}])"},
        {"project_domains?id=eq.3&select=id,tasks(name)", R"([{"id":3,"tasks":[{"name": "paint"}]}])"},
        {"one_project?id=3&select=name,tasks(name)", R"({"name":"three","tasks":[{"name": "paint"}]})"},
        {"a_table?b=eq.2", R"([{"a":"y","b":2}])"},
        {"all_projects?limit=0", "[]", "*/*"},
    };
    for (const auto& [call, expected, range] : cases) {
        const auto answer = get(call);
        EXPECT_EQ(answer.status, 200U) << call << answer.text;
        EXPECT_EQ(answer.text, expected) << call;
        EXPECT_EQ(answer.header("Content-Range"), range) << call;
    }
    const auto posted = post("all_projects?id=eq.4&select=id", "{}");
    EXPECT_EQ(posted.text, R"([{"id":4}])");
}

TEST_F(CallResult, RangesAndCounts) {
    const http::Headers counted{{"Prefer", "count=exact"}};
    const auto page = get("all_projects?limit=1&offset=1&select=id&order=id", counted);
    EXPECT_EQ(page.status, 206U);
    EXPECT_EQ(page.header("Content-Range"), "1-1/4");
    EXPECT_EQ(get("all_projects?select=id", counted).header("Content-Range"), "0-3/4");
    EXPECT_EQ(get("add?a=1&b=2", counted).header("Content-Range"), "0-0/1");
    EXPECT_EQ(get("a_point", counted).header("Content-Range"), "0-0/1");
    const auto ranged = get("all_projects?select=id&order=id", {{"Range", "2-3"}});
    EXPECT_EQ(ranged.text, "[{\"id\":3}, \n {\"id\":4}]");
    EXPECT_EQ(post("all_projects?limit=1&select=id&order=id", "{}", counted).header("Content-Range"), "0-0/4");
    EXPECT_EQ(get("all_projects?select=*,clients!inner(*)&clients.id=eq.1&limit=1", counted).header("Content-Range"),
              "0-0/2");
    EXPECT_EQ(get("all_projects?offset=9", counted).status, 416U);
    const auto head = kit().send("HEAD", "/rpc/all_projects", {}, counted);
    EXPECT_EQ(head.text, "");
    EXPECT_EQ(head.header("Content-Range"), "0-3/4");
    EXPECT_EQ(kit().send("HEAD", "/rpc/add?a=1&b=2").header("Content-Range"), "0-0/*");
}

TEST_F(CallResult, MediaTypes) {
    EXPECT_EQ(get("all_projects?select=id,name&id=lt.3", {{"Accept", "text/csv"}}).text, "id,name\n1,one\n2,two");
    EXPECT_EQ(get("shout?word=hi", {{"Accept", "text/shout"}}).text, "HI");
    EXPECT_EQ(get("shout?word=hi", {{"Accept", "text/shout"}}).header("Content-Type"), "text/shout");
    const http::Headers object{{"Accept", "application/vnd.pgrst.object+json"}};
    EXPECT_EQ(get("all_projects?id=eq.1", object).text, R"({"id":1,"client_id":1,"name":"one"})");
    EXPECT_EQ(get("all_projects", object).code(), "PGRST116");
    EXPECT_EQ(get("add?a=1&b=2", object).text, "3");
    const auto refused = get("hello?name=x", {{"Accept", "audio/mpeg3"}});
    EXPECT_EQ(refused.status, 406U);
    EXPECT_EQ(refused.code(), "PGRST107");
}

class CallTransaction : public CallTest {};

TEST_F(CallTransaction, ReadsMayNotWrite) {
    EXPECT_EQ(get("write?word=x").status, 405U);
    EXPECT_EQ(get("write?word=x").code(), "25006");
    EXPECT_EQ(post("sneaky", R"({"word":"x"})").code(), "25006");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.log"), "0");
    EXPECT_EQ(post("write", R"({"word":"x"})").text, "[{\"word\":\"x\"}, \n {\"word\":\"x\"}]");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.log"), "2");
}

TEST_F(CallTransaction, AFunctionRunsOnce) {
    const auto before = kit().scalar("SELECT nextval('api.calls')");
    const auto answer = post("count_call", "{}", {{"Prefer", "count=exact"}});
    EXPECT_EQ(answer.text, std::to_string(std::stoll(before) + 1));
    EXPECT_EQ(kit().scalar("SELECT nextval('api.calls')"), std::to_string(std::stoll(before) + 2));
    const auto rows =
        post("write?word=eq.x&limit=1", R"({"word":"x"})", {{"Prefer", "count=exact"}, {"Accept", "text/csv"}});
    EXPECT_EQ(rows.text, "word\nx");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.log"), "2");
}

TEST_F(CallTransaction, AFunctionChoosesItsIsolation) {
    EXPECT_EQ(post("isolated", "{}").text, R"("serializable")");
}

TEST_F(CallTransaction, WhatTheClientRefusesIsTakenBack) {
    const http::Headers strict{{"Prefer", "handling=strict, max-affected=1"}};
    EXPECT_EQ(post("write", R"({"word":"x"})", strict).code(), "PGRST124");
    EXPECT_EQ(post("write", R"({"word":"x"})", {{"Accept", "application/vnd.pgrst.object+json"}}).code(), "PGRST116");
    const auto single = post("count_call", "{}", strict);
    EXPECT_EQ(single.code(), "PGRST128");
    EXPECT_EQ(single.message(),
              "Function must return SETOF or TABLE when max-affected preference is used with handling=strict");
    EXPECT_EQ(post("nothing", "{}", {{"Prefer", "handling=strict, zz"}}).code(), "PGRST122");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM api.log"), "0");
}

}  // namespace
}  // namespace platform::restql::testing
