#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

using parse_test::parse;
using parse_test::Sent;
using parse_test::show;

std::string refused(const Sent& sent, const Options& options = {}) {
    const auto parsed = parse(sent, options);
    return parsed ? "accepted" : show(parsed.error());
}

TEST(ParseRequest, MethodsOfEachTarget) {
    struct Scenario {
        std::string method;
        std::string target;
        Action action;
    };
    for (const auto& [method, target, action] : std::vector<Scenario>{
             {"GET", "/items", Action::read},
             {"HEAD", "/items", Action::read},
             {"POST", "/items", Action::insert},
             {"PATCH", "/items", Action::update},
             {"PUT", "/items", Action::put},
             {"DELETE", "/items", Action::remove},
             {"OPTIONS", "/items", Action::relation_info},
             {"GET", "/rpc/f", Action::call_read},
             {"HEAD", "/rpc/f", Action::call_read},
             {"POST", "/rpc/f", Action::call},
             {"OPTIONS", "/rpc/f", Action::function_info},
             {"GET", "/", Action::inspect},
             {"HEAD", "/", Action::inspect},
             {"OPTIONS", "/", Action::root_info},
         }) {
        const auto parsed = parse({.method = method, .target = target, .body = "{}"});
        ASSERT_TRUE(parsed) << method << target << show(parsed.error());
        EXPECT_EQ(parsed->action, action) << method << target;
        EXPECT_EQ(parsed->is_head, method == "HEAD");
    }
    EXPECT_EQ(refused({.method = "PATCH", .target = "/rpc/f"}), "405 PGRST101 Cannot use the PATCH method on RPC");
    EXPECT_EQ(refused({.method = "POST", .target = "/"}), "405 PGRST117 Unsupported HTTP method: POST");
    EXPECT_EQ(refused({.method = "TRACE"}), "405 PGRST117 Unsupported HTTP method: TRACE");
    EXPECT_EQ(refused({.method = "QUERY"}), "405 PGRST117 Unsupported HTTP method: QUERY");
}

TEST(ParseRequest, Paths) {
    EXPECT_EQ(parse({.target = "/%D8%A7%20b%2Fc"})->name, "\xd8\xa7 b/c");
    EXPECT_EQ(parse({.target = "/a+b"})->name, "a+b");
    EXPECT_EQ(parse({.target = "/rpc"})->name, "rpc");
    EXPECT_EQ(parse({.target = "/rpc/f?a=1"})->name, "f");
    for (const auto* target : {"/a/b", "/rpc/f/g", "/items/", "//items", "/%ff", "/%00", "/%zz"}) {
        EXPECT_EQ(refused({.target = target}), "404 PGRST125 Invalid path specified in request URL") << target;
    }
}

TEST(ParseRequest, TheRootMayBeAFunctionOrClosed) {
    EXPECT_EQ(refused({.target = "/"}, {.openapi = Options::OpenApi::disabled}),
              "404 PGRST126 Root endpoint metadata is disabled");
    const auto parsed = parse({.target = "/"}, {.root_spec = "test.root"});
    EXPECT_EQ(parsed->action, Action::call_read);
    EXPECT_EQ(parsed->name, "root");
}

TEST(ParseRequest, Profiles) {
    const Options two{.schemas = {"v1", "v2"}};
    EXPECT_EQ(parse({})->schema, "public");
    EXPECT_FALSE(parse({})->schema_was_negotiated);
    EXPECT_EQ(parse({}, two)->schema, "v1");
    EXPECT_TRUE(parse({}, two)->schema_was_negotiated);
    EXPECT_EQ(parse({.headers = {{"Accept-Profile", "v2"}}}, two)->schema, "v2");
    EXPECT_EQ(parse({.headers = {{"Content-Profile", "v2"}}}, two)->schema, "v1");
    for (const auto* method : {"POST", "PATCH", "PUT", "DELETE"}) {
        const auto parsed = parse(
            {.method = method, .headers = {{"Content-Profile", "v2"}, {"Accept-Profile", "v1"}}, .body = "{}"}, two);
        EXPECT_EQ(parsed->schema, "v2") << method;
    }
    EXPECT_TRUE(parse({.headers = {{"Accept-Profile", "public"}}})->schema_was_negotiated);
    EXPECT_EQ(refused({.headers = {{"Accept-Profile", "un\xffknown"}}}, two),
              "406 PGRST106 Invalid schema: un?known / Only the following schemas are exposed: v1, v2");
}

TEST(ParseRequest, WindowsOfEveryLevel) {
    const auto parsed = parse({.target = "/items?limit=5&offset=2&child.limit=1", .headers = {{"Range", "0-3"}}});
    EXPECT_EQ(show(parsed->window), "2+2");
    EXPECT_EQ(show(parsed->query), "select <*>\n<child>@ window 0+1\n");
    EXPECT_TRUE(parse({.target = "/items?limit=0"})->has_limit_zero);
    EXPECT_EQ(
        refused({.target = "/items?!.limit=1"}),
        "400 PGRST100 \"failed to parse tree path (!.limit)\" (line 1, column 1) / unexpected \"!\" expecting field "
        "name (* or [a..z0..9_$])");
}

TEST(ParseRequest, MediaTypes) {
    EXPECT_EQ(mime(parse({})->accepts.at(0)), "*/*");
    EXPECT_EQ(mime(parse({.headers = {{"Accept", "text/csv,*/*"}}})->accepts.at(0)), "text/csv");
    const Sent lines{
        .method = "POST", .headers = {{"Content-Type", "application/x-ndjson"}}, .body = "{\"a\":1}\n{\"a\":2}"};
    EXPECT_EQ(refused(lines), "400 PGRST102 Content-Type not acceptable: application/x-ndjson");
    EXPECT_EQ(parse(lines, {.ndjson = true})->payload.rows, 2u);
}

TEST(ParseRequest, BodiesAreReadWhereTheyMatter) {
    EXPECT_EQ(refused({.method = "POST"}), "400 PGRST102 Empty or invalid json");
    EXPECT_EQ(refused({.method = "PATCH", .body = ""}), "400 PGRST102 Empty or invalid json");
    EXPECT_EQ(refused({.method = "POST", .target = "/rpc/f"}), "accepted");
    EXPECT_EQ(refused({.method = "DELETE", .headers = {{"Content-Type", "image/png"}}, .body = "x"}), "accepted");
    EXPECT_EQ(refused({.method = "GET", .body = "{"}), "accepted");
    EXPECT_EQ(show(parse({.method = "POST", .target = "/items?columns=a", .body = "["})->payload), "raw array  [");
    EXPECT_EQ(show(parse({.method = "PATCH", .target = "/items?columns=a", .body = "["})->payload), "raw array  [");
    EXPECT_EQ(show(parse({.method = "POST", .target = "/rpc/f?columns=a", .body = "["})->payload), "raw array  [");
    EXPECT_EQ(refused({.method = "PUT", .target = "/items?columns=a", .body = "["}),
              "400 PGRST102 Empty or invalid json");
    EXPECT_EQ(refused({.method = "POST", .body = "{\"a\":1}"}, {.limits = {.body_bytes = 6}}),
              "413 PGRST102 The request body is larger than 6 bytes / Send the rows in several requests.");
}

TEST(ParseRequest, TheOrderOfTheChecks) {
    Sent sent{.method = "PUT",
              .target = "/rpc/f/x?id=!&limit=-1",
              .headers = {{"Content-Profile", "unknown"}, {"Content-Type", "image/png"}},
              .body = "x"};
    const auto next = [&](std::string_view code) { EXPECT_EQ(parse(sent).error().code, code); };
    next("PGRST125");
    sent.target = "/rpc/f?id=!&limit=-1";
    next("PGRST106");
    sent.headers.erase(sent.headers.begin());
    next("PGRST101");
    sent.target = "/items?id=!&limit=-1";
    next("PGRST100");
    sent.target = "/items?id=eq.1&limit=-1";
    next("PGRST103");
    sent.target = "/items?id=eq.1&limit=1";
    next("PGRST114");
    sent.target = "/items?id=eq.1";
    next("PGRST102");
}

TEST(ParseRequest, QueryHasItsParametersInTheBody) {
    const Options options{.query_method = true};
    const Sent sent{.method = "QUERY",
                    .target = "/items?select=id",
                    .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                    .body = "id=in.(1,2)&limit=3"};
    const auto parsed = parse(sent, options);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->action, Action::read);
    EXPECT_EQ(show(parsed->query), "select <id>\n@ (<id> in <1> <2>)\n");
    EXPECT_EQ(show(parsed->window), "0+3");
    EXPECT_EQ(parsed->query.canonical, "");
    EXPECT_EQ(parse({.method = "QUERY", .target = "/rpc/f", .headers = sent.headers, .body = "a=1"}, options)->action,
              Action::call_read);
    EXPECT_EQ(refused({.method = "QUERY", .body = "{}"}, options),
              "400 PGRST102 Content-Type not acceptable: application/json / Send the parameters of QUERY as "
              "application/x-www-form-urlencoded.");
    EXPECT_EQ(refused({.method = "QUERY"}, options), "accepted");
    EXPECT_EQ(refused(sent, {.limits = {.body_bytes = 5}, .query_method = true}),
              "413 PGRST102 The request body is larger than 5 bytes / Send the rows in several requests.");
}

TEST(ParseRequest, ContentLocation) {
    EXPECT_EQ(parse({.target = "/items?b=eq.1&a=eq.1"})->query.canonical, "a=eq.1&b=eq.1");
}

}  // namespace
}  // namespace platform::restql
