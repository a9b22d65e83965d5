#include "platform/restql/parse/range.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

std::string windows(std::string_view query, std::string_view range = "", std::string_view method = "GET") {
    http::Headers headers;
    if (!range.empty()) headers.add("range", range);
    const auto parameters = decode_parameters(query);
    const auto parsed = parse_windows(*parameters, method, headers);
    if (!parsed) return parse_test::show(parsed.error());
    std::string text = parse_test::show(parsed->root) + (parsed->has_limit_zero ? " zero" : "");
    for (const auto& [key, window] : parsed->embedded) text += " " + key + " " + parse_test::show(window);
    return text;
}

constexpr std::string_view negative_limit =
    "416 PGRST103 Requested range not satisfiable / Limit should be greater than or equal to zero.";
constexpr std::string_view crossed =
    "416 PGRST103 Requested range not satisfiable / The lower boundary must be lower than or equal to the upper "
    "boundary "
    "in the Range header.";

TEST(ParseRange, LimitAndOffset) {
    EXPECT_EQ(windows(""), "0+all");
    EXPECT_EQ(windows("limit=10"), "0+10");
    EXPECT_EQ(windows("offset=5"), "5+all");
    EXPECT_EQ(windows("offset=5&limit=10"), "5+10");
    EXPECT_EQ(windows("limit=1&limit=2&offset=3&offset=4"), "4+2");
    EXPECT_EQ(windows("limit=%205%20"), "0+5");
    EXPECT_EQ(windows("limit=abc"), "0+all");
    EXPECT_EQ(windows("limit=1.5&offset="), "0+0 zero");  // upstream: no number with an offset selects nothing
    EXPECT_EQ(windows("offset=-3"), "0+all");
    EXPECT_EQ(windows("limit=99999999999999999999"), "0+4611686018427387904");
}

TEST(ParseRange, LimitZero) {
    EXPECT_EQ(windows("limit=0"), "0+0 zero");
    EXPECT_EQ(windows("limit=0&offset=0"), "0+0 zero");
    EXPECT_EQ(windows("limit=0", "5-9"), "0+0 zero");
    EXPECT_EQ(windows("limit=0&offset=5"), negative_limit);
    EXPECT_EQ(windows("limit=-1"), negative_limit);
    EXPECT_EQ(windows("limit=abc&offset=5"), negative_limit);
}

TEST(ParseRange, TheHeaderMeetsTheParameters) {
    EXPECT_EQ(windows("", "0-9"), "0+10");
    EXPECT_EQ(windows("", "10-"), "10+all");
    EXPECT_EQ(windows("limit=5", "2-20"), "2+3");
    EXPECT_EQ(windows("limit=50&offset=10", "0-19"), "10+10");
    EXPECT_EQ(windows("", "1-0"), crossed);
    EXPECT_EQ(windows("limit=5", "10-20"), negative_limit);
    for (const auto* other : {"bytes=0-9", "-5", "a-b", "1-2-3", "1", "0-9,20-29"})
        EXPECT_EQ(windows("", other), "0+all");
    for (const auto* method : {"HEAD", "POST", "PATCH"}) EXPECT_EQ(windows("", "1-0", method), "0+all");
}

TEST(ParseRange, PutHasNoWindow) {
    constexpr std::string_view refused = "400 PGRST114 limit/offset querystring parameters are not allowed for PUT";
    EXPECT_EQ(windows("limit=10", "", "PUT"), refused);
    EXPECT_EQ(windows("offset=1", "", "PUT"), refused);
    EXPECT_EQ(windows("limit=0", "", "PUT"), refused);
    EXPECT_EQ(windows("limit=-1", "", "PUT"), negative_limit);
    EXPECT_EQ(windows("limit=x", "0-5", "PUT"), "0+all");
}

/// PostgreSQL refuses those that are negative.
TEST(ParseRange, EmbeddedLevels) {
    EXPECT_EQ(windows("a.limit=2&a.b.offset=3&c.limit=1&c.offset=4"), "0+all a.b.limit 3+all a.limit 0+2 c.limit 4+1");
    EXPECT_EQ(windows("a.limit=-1&b.offset=-1"), "0+all a.limit 0+-1 b.limit -1+all");
}

}  // namespace
}  // namespace platform::restql
