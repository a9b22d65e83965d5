#include "platform/restql/keyset.hpp"

#include "platform/crypto/encoding.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

Relation items() {
    Relation relation{.id = {"lab", "items"}, .key = {"id"}};
    for (const char* name : {"id", "price", "name"}) relation.columns.push_back({.name = name, .is_nullable = false});
    relation.columns.push_back({.name = "kind"});
    return relation;
}

http::Request get(std::string target) {
    http::Request request;
    request.target = std::move(target);
    return request;
}

/// What the Link's cursor holds, or "-" when there is none.
std::string cursor(const std::string& target, const std::string& body, std::int64_t rows,
                   const Relation& relation = items()) {
    auto http = get(target);
    const auto parsed = parse_request(http, "/items", {});
    EXPECT_TRUE(parsed) << target;
    http::Response response;
    Keyset::add_link(response, http, *parsed, relation, {parsed->window.limit, rows, body});
    const std::string link(response.headers.find("Link").value_or(""));
    if (link.empty()) return "-";
    const auto begin = link.find("after=") + 6;
    EXPECT_TRUE(link.ends_with(">; rel=\"next\"")) << link;
    return crypto::base64url_decode(link.substr(begin, link.find('>') - begin)).value_or("no base64url");
}

TEST(Keyset, TheLastRowAsItIsWritten) {
    EXPECT_EQ(cursor("/items?order=id&limit=1", R"([{"id":7,"price":1}])", 1), R"(["7"])");
    EXPECT_EQ(cursor("/items?order=price,id&limit=2", "[{\"id\":1,\"price\":1}, \n {\"id\":2,\"price\":2.50}]", 2),
              R"(["2.50","2"])");
    EXPECT_EQ(
        cursor("/items?order=price,id&limit=1", R"([{"id":9007199254740993,"price":0.12345678901234567890123}])", 1),
        R"(["0.12345678901234567890123","9007199254740993"])");
    EXPECT_EQ(cursor("/items?order=name,id&limit=1",
                     R"([{"name":"a\"}],\u00e9\\","x":{"id":3,"l":[1,{"id":4}]},"id":2}])", 1),
              "[\"a\\\"}],é\\\\\",\"2\"]");
    EXPECT_EQ(cursor("/items?order=id&limit=1", R"([{"doc": {"id": 5}, "id": 6}])", 1), R"(["6"])");
}

TEST(Keyset, NoLinkWhereTheNextPageIsNotCertain) {
    const std::string body = R"([{"id":7,"price":1,"name":"a","kind":"k"}])";
    EXPECT_EQ(cursor("/items?order=id", body, 1), "-");
    EXPECT_EQ(cursor("/items?order=id&limit=2", body, 1), "-");
    EXPECT_EQ(cursor("/items?limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?order=price&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?order=kind,id&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?order=parts(id),id&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?order=price->a,id&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?select=price&order=id&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?select=id::text&order=id&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?select=id:name,price&order=id&limit=1", body, 1), "-");
    EXPECT_EQ(cursor("/items?select=id,...parts(price)&order=id&limit=1", body, 1), "-");
    auto keyless = items();
    keyless.key.clear();
    EXPECT_EQ(cursor("/items?order=id&limit=1", body, 1, keyless), "-");
    EXPECT_EQ(cursor("/items?order=id&limit=1", "id\n7", 1), "-");
    EXPECT_EQ(cursor("/items?order=id&limit=1", "[{\"doc\":{\n\"id\":1},\"id\":7}]", 1), "-");
    EXPECT_EQ(cursor("/items?order=id&limit=1", R"([{"id":[1]}])", 1), "-");
    EXPECT_EQ(cursor("/items?order=id&limit=1", R"([{"id":null}])", 1), "-");
}

TEST(Keyset, TheLinkKeepsTheOtherParameters) {
    auto http = get("/items?order=id&after=old&offset=5&limit=1&select=id");
    const auto keyset = Keyset::take(http);
    EXPECT_EQ(http.target, "/items?order=id&offset=5&limit=1&select=id");
    const auto parsed = parse_request(http, "/items", {});
    http::Response response;
    Keyset::add_link(response, http, *parsed, items(), {1, 1, R"([{"id":7}])"});
    EXPECT_EQ(response.headers.find("Link"),
              "</items?order=id&limit=1&select=id&after=" + crypto::base64url_encode(R"(["7"])") + ">; rel=\"next\"");
}

std::string applied(const std::string& query, const std::string& cursor) {
    auto http = get("/items?" + query + "&after=" + crypto::base64url_encode(cursor));
    const auto keyset = Keyset::take(http);
    auto parsed = parse_request(http, "/items", {});
    const auto result = keyset.apply(*parsed);
    if (!result) return std::to_string(result.error().status) + " " + result.error().code;
    return std::to_string(parsed->query.conditions.size()) + " conditions";
}

TEST(Keyset, ACursorFitsItsOrder) {
    EXPECT_EQ(applied("order=price,id", R"(["1","2"])"), "1 conditions");
    EXPECT_EQ(applied("order=price,id&name=eq.a", R"(["1","2"])"), "2 conditions");
    constexpr const char* misfit = "416 PGRST103";
    EXPECT_EQ(applied("order=id", R"(["1","2"])"), misfit);
    EXPECT_EQ(applied("select=id", R"(["1"])"), misfit);
    EXPECT_EQ(applied("order=parts(id)", R"(["1"])"), misfit);
    for (const char* cursor : {"[1]", "{}", "[null]", "[", "", "[[\"1\"]]"})
        EXPECT_EQ(applied("order=id", cursor), misfit);
}

}  // namespace
}  // namespace platform::restql
