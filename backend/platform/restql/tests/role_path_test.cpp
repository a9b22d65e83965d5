#include "platform/restql/auth/role_path.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace platform::restql {
namespace {

constexpr std::string_view claims = R"({
    "role": "plain",
    "app": {"roles": ["reader", "editor", "chief editor"], "level": 3},
    "https://example.com/role": "far",
    "role-name": "dashed",
    "mixed": [1, "first text"],
    "empty": [],
    "nothing": null
})";

/// What stands there: JSON, "-" for nothing, or the refusal.
std::string found(std::string_view path) {
    const auto parsed = RolePath::parse(path);
    if (!parsed) return parsed.error().message;
    static const auto document = boost::json::parse(claims);
    const auto* value = parsed->find(document);
    return value ? boost::json::serialize(*value) : "-";
}

TEST(RolePath, BothSpellings) {
    for (const char* path : {"$.app.roles[1]", ".app.roles[1]", "$['app']['roles'][1]", "$.app[\"roles\"][ 1 ]",
                             R"(."app"."roles"[1])", "$.app.roles[-2]"}) {
        EXPECT_EQ(found(path), "\"editor\"") << path;
    }
    EXPECT_EQ(found("$.role"), "\"plain\"");
    EXPECT_EQ(found(".role"), "\"plain\"");
    EXPECT_EQ(found(".\"role-name\""), "\"dashed\"");
    EXPECT_EQ(found("$['https://example.com/role']"), "\"far\"");
    EXPECT_EQ(found(".\"https://example.com/role\""), "\"far\"");
}

TEST(RolePath, Filters) {
    EXPECT_EQ(found(R"($.app.roles[?(@ == "editor")])"), "\"editor\"");
    EXPECT_EQ(found(R"($.app.roles[?@ == 'editor'])"), "\"editor\"");
    EXPECT_EQ(found(R"(.app.roles[?(@=="nobody")])"), "-");
    EXPECT_EQ(found(R"(.app.roles[?(@ != "reader")])"), "\"editor\"");
    EXPECT_EQ(found(R"(.app.roles[?(@ ^== "chi")])"), "\"chief editor\"");
    EXPECT_EQ(found(R"(.app.roles[?(@ ==^ "tor")])"), "\"editor\"");
    EXPECT_EQ(found(R"(.app.roles[?(@ *== "ef e")])"), "\"chief editor\"");
    EXPECT_EQ(found(R"($.mixed[?(@ != "x")])"), "\"first text\"");
}

TEST(RolePath, Stars) {
    EXPECT_EQ(found("$.app.roles[*]"), "\"reader\"");
    EXPECT_EQ(found("$.app.*[0]"), "\"reader\"");
    EXPECT_EQ(found("$.empty[*]"), "-");
}

TEST(RolePath, NothingThere) {
    for (const char* path : {"$.none", "$.role.deeper", "$.app.roles[3]", "$.app.roles[-4]", "$.app[0]", "$.role[0]",
                             "$.app.roles.x", R"($.role[?(@ == "plain")])"}) {
        EXPECT_EQ(found(path), "-") << path;
    }
    EXPECT_EQ(found("$.nothing"), "null");
    EXPECT_EQ(found("$.app.level"), "3");
}

TEST(RolePath, RefusalsSayWhere) {
    const auto at = [](std::string_view path, int character) {
        EXPECT_EQ(found(path), "failed to parse role-claim-key value (" + std::string(path) + ") at character " +
                                   std::to_string(character));
    };
    at("role", 1);
    at("", 1);
    at("$.", 3);
    at("$.role name", 7);
    at("$.a[", 5);
    at("$.a[x]", 5);
    at("$.a[1", 6);
    at("$.a['b]", 5);
    at("$.a[?(b)]", 7);
    at("$.a[?(@ > 'b')]", 9);
    at("$.a[?(@ == 'b']", 15);
}

}  // namespace
}  // namespace platform::restql
