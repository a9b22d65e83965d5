#include "platform/restql/tests/shop_kit.hpp"

#include <gmock/gmock.h>

namespace platform::restql::testing {
namespace {

using ::testing::HasSubstr;

const http::Headers representation{{"Prefer", "return=representation"}, {"Content-Type", "application/json"}};

class RestqlInsert : public ShopTest {
protected:
    static std::string count(const std::string& table, const std::string& where = "true") {
        return kit().scalar("SELECT count(*) FROM shop." + table + " WHERE " + where);
    }
};

TEST_F(RestqlInsert, MinimalIsTheDefault) {
    const auto answer = kit().post("orders", R"({"note":"minimal"})", ada);
    EXPECT_EQ(answer.status, 201U);
    EXPECT_EQ(answer.text, "");
    EXPECT_EQ(answer.header("Content-Range"), "*/*");
    EXPECT_EQ(count("orders", "note = 'minimal'"), "1");
}

TEST_F(RestqlInsert, RepresentationIsTheRowAsSelected) {
    const auto answer =
        kit().post("orders?select=note,customers(name)", R"({"note":"shown","customer_id":2})", ada, representation);
    EXPECT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(answer.json(), boost::json::parse(R"([{"note":"shown","customers":{"name":"Bob"}}])"));
    EXPECT_EQ(answer.header("Preference-Applied"), "return=representation");
}

TEST_F(RestqlInsert, HeadersOnlyNamesTheRow) {
    const auto answer = kit().post("orders", R"({"id":77,"note":"located"})", ada, {{"Prefer", "return=headers-only"}});
    EXPECT_EQ(answer.status, 201U);
    EXPECT_EQ(answer.text, "");
    EXPECT_EQ(answer.header("Location"), "/orders?id=eq.77");
}

TEST_F(RestqlInsert, AKeyOfAnyTextIsEncodedInItsLocation) {
    const auto answer = kit().post("labels", "{\"name\":\"a b&\\r\\nSet-Cookie: x=\u00e9'\\\"\",\"part\":7}", ada,
                                   {{"Prefer", "return=headers-only"}});
    EXPECT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(answer.header("Location"), "/labels?name=eq.a%20b%26%0D%0ASet-Cookie%3A%20x%3D%C3%A9%27%22&part=eq.7");
}

TEST_F(RestqlInsert, ManyRowsAreAllOrNothing) {
    const auto all = kit().post("orders", R"([{"note":"many","total":1},{"total":2,"note":"many"}])", ada,
                                {{"Prefer", "count=exact"}});
    EXPECT_EQ(all.status, 201U);
    EXPECT_EQ(all.header("Content-Range"), "*/2");
    EXPECT_EQ(count("orders", "note = 'many'"), "2");
    const auto none = kit().post("orders", R"([{"note":"none","total":1},{"note":"none","total":-1}])", ada);
    EXPECT_EQ(none.status, 400U);
    EXPECT_EQ(none.code(), "23514");
    EXPECT_EQ(count("orders", "note = 'none'"), "0");
}

TEST_F(RestqlInsert, ColumnsChooseWhatIsTaken) {
    const auto answer = kit().post("orders?columns=note", R"([{"note":"chosen","total":5},{"note":"chosen"}])", ada);
    EXPECT_EQ(answer.status, 201U) << answer.text;
    EXPECT_EQ(count("orders", "note = 'chosen' AND total = 0"), "2");
}

TEST_F(RestqlInsert, EmptyRowsAndNoRows) {
    EXPECT_EQ(kit().post("orders", "[]", ada).status, 201U);
    const auto defaults = kit().post("orders?select=total", "{}", ada, representation);
    EXPECT_EQ(defaults.status, 201U) << defaults.text;
    EXPECT_EQ(defaults.text, R"([{"total":0}])");
}

TEST_F(RestqlInsert, NumbersKeepEveryDigit) {
    const auto answer =
        kit().post("orders?select=total::text", R"({"total":12345678901234567890.123456789})", ada, representation);
    EXPECT_EQ(answer.text, R"([{"total":"12345678901234567890.123456789"}])");
}

TEST_F(RestqlInsert, JsonArraysAndNullsArrive) {
    const auto answer = kit().post("orders?select=data,tags,note",
                                   R"( [{"data":{"a":[1]},"tags":["x","y"],"note":null}])", ada, representation);
    EXPECT_EQ(answer.json(), boost::json::parse(R"([{"data":{"a":[1]},"tags":["x","y"],"note":null}])"));
}

TEST_F(RestqlInsert, WrongBodiesAreNamed) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "PGRST102"},
        {"nonsense", "PGRST102"},
        {"1", "PGRST102"},
        {"[1]", "PGRST102"},
        {R"([{"note":"a"},{"total":1}])", "PGRST102"},
        {R"({"nothing":1})", "PGRST204"},
        {R"({"note":"a"} trailing)", "PGRST102"},
        {R"({"total":"word"})", "22P02"},
        {"{\"note\":\"\\u0000\"}", "22P05"},
    };
    for (const auto& [body, code] : cases) {
        const auto refused = kit().post("orders", body, ada);
        EXPECT_EQ(refused.status, 400U) << body << refused.text;
        EXPECT_EQ(refused.code(), code) << body;
    }
    EXPECT_EQ(kit().post("orders", "note=a", ada, {{"Content-Type", "application/x-www-form-urlencoded"}}).code(),
              "PGRST102");
}

TEST_F(RestqlInsert, ConstraintsAreConflicts) {
    EXPECT_EQ(kit().post("customers", R"({"id":1,"name":"Again"})", ada).status, 409U);
    const auto missing = kit().post("orders", R"({"customer_id":999})", ada);
    EXPECT_EQ(missing.status, 409U);
    EXPECT_EQ(missing.code(), "23503");
    EXPECT_EQ(kit().post("customers", R"({"id":9})", ada).code(), "23502");
}

TEST_F(RestqlInsert, AMissingPrivilegeIs401ForAnonAnd403ForAUser) {
    EXPECT_EQ(kit().post("orders", R"({"note":"anon"})").status, 401U);
    EXPECT_EQ(kit().post("secrets", R"({"id":2})", ada).status, 403U);
    EXPECT_EQ(count("orders", "note = 'anon'"), "0");
}

TEST_F(RestqlInsert, RowSecurityChecksWhatIsWritten) {
    const auto own = kit().post("notes?select=body", R"({"body":"mine"})", bob, representation);
    EXPECT_EQ(own.text, R"([{"body":"mine"}])");
    const auto foreign =
        kit().post("notes", R"({"body":"forged","owner":"00000000-0000-4000-8000-00000000000a"})", bob);
    EXPECT_EQ(foreign.status, 403U);
    EXPECT_EQ(foreign.code(), "42501");
    EXPECT_EQ(count("notes", "body = 'forged'"), "0");
}

TEST_F(RestqlInsert, AnonMayWriteWhatItMayNotRead) {
    EXPECT_EQ(kit().post("guestbook", R"({"body":"hello"})").status, 201U);
    EXPECT_EQ(kit().post("guestbook", R"({"body":"shown","is_shown":true})").status, 401U);
    EXPECT_EQ(kit().post("guestbook", R"({"body":"returned"})", anon, representation).status, 401U);
    EXPECT_EQ(kit().scalar("SELECT string_agg(body, ',') FROM shop.guestbook"), "hello");
}

TEST_F(RestqlInsert, ASingleObjectOfTwoRowsIsRolledBack) {
    http::Headers headers = representation;
    headers.set("Accept", "application/vnd.pgrst.object+json");
    const auto refused = kit().post("orders", R"([{"note":"pair"},{"note":"pair"}])", ada, headers);
    EXPECT_EQ(refused.status, 406U);
    EXPECT_EQ(count("orders", "note = 'pair'"), "0");
    const auto one = kit().post("orders?select=note", R"({"note":"pair"})", ada, headers);
    EXPECT_EQ(one.text, R"({"note":"pair"})");
}

}  // namespace
}  // namespace platform::restql::testing
