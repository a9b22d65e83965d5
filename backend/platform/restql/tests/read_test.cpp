#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/query/sql.hpp"
#include "platform/restql/tests/shop_kit.hpp"

#include <gmock/gmock.h>

namespace platform::restql::testing {
namespace {

using ::testing::HasSubstr;

class RestqlRead : public ShopTest {
protected:
    /// "1 2 3": the ids of the rows.
    static std::string ids(const Answer& answer) {
        if (answer.status != 200 && answer.status != 206) return answer.text;
        std::string text;
        const auto rows = answer.json();
        for (const auto& row : rows.as_array()) {
            text += (text.empty() ? "" : " ") + std::to_string(row.at("id").as_int64());
        }
        return text;
    }
};

TEST_F(RestqlRead, EveryOperator) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"id=eq.1", "1"},
        {"id=neq.1", "2 3 4"},
        {"id=gt.2", "3 4"},
        {"id=gte.3", "3 4"},
        {"id=lt.2", "1"},
        {"id=lte.2", "1 2"},
        {"note=like.f*", "1"},
        {"note=like.f%25", "1"},
        {"note=ilike.*third*", "3"},
        {"note=match.%5Es", "2"},
        {"note=imatch.%5Et", "3"},
        {"id=in.(1,3)", "1 3"},
        {"note=in.(%22first%22,%22second%20order%22)", "1 2"},
        {"id=in.()", ""},
        {"is_paid=is.true", "1"},
        {"is_paid=is.FALSE", "2"},
        {"is_paid=is.null", "3 4"},
        {"is_paid=is.not_null", "1 2"},
        {"is_paid=is.unknown", "3 4"},
        {"is_paid=isdistinct.true", "2 3 4"},
        {"tags=cs.{b}", "1 2"},
        {"tags=cd.{b,c}", "2 3 4"},
        {"tags=ov.{a}", "1"},
        {"span=sl.[10,20)", "1"},
        {"span=sr.[1,5)", "2"},
        {"span=nxr.[1,5)", "1"},
        {"span=nxl.[10,20)", "2"},
        {"span=adj.[5,10)", "1 2"},
        {"note=fts.second", "2"},
        {"note=fts(english).orders", "2"},
        {"note=plfts.second+order", "2"},
        {"note=phfts.second+order", "2"},
        {"note=wfts.second+-first", "2"},
        {"id=not.eq.1", "2 3 4"},
        {"note=not.is.null", "1 2 3"},
        {"id=eq(any).{1,2}", "1 2"},
        {"note=like(any).{f*,s*}", "1 2"},
        {"id=gt(all).{1,2}", "3 4"},
        {"data->k->n=eq.5", "1"},
        {"data->>t=eq.x", "1"},
        {"data->list->0=eq.1", "1"},
        {"data->list->-1=eq.2", "1"},
        {"or=(id.eq.1,id.eq.3)", "1 3"},
        {"and=(id.gt.1,id.lt.4)", "2 3"},
        {"not.or=(id.eq.1,id.eq.2)", "3 4"},
        {"or=(id.eq.4,and(id.gt.1,id.lt.3))", "2 4"},
        {"or=(id.in.(1,2),note.is.null)", "1 2 4"},
        {"id=gt.1&id=lt.3", "2"},
        {"note=eq.", ""},
    };
    for (const auto& [query, expected] : cases) {
        EXPECT_EQ(ids(kit().get("orders?select=id&order=id&" + query)), expected) << query;
    }
}

TEST_F(RestqlRead, SelectShapesTheRow) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"id,note", R"({"id":1,"note":"first"})"},
        {"n:note", R"({"n":"first"})"},
        {"total::text", R"({"total":"10.5"})"},
        {"data->k->n", R"({"n":5})"},
        {"x:data->>t", R"({"x":"x"})"},
        {"tags->0", R"({"tags":"a"})"},
        {"id,customers(name)", R"({"id":1,"customers":{"name": "Ada"}})"},
        {"who:customers(*)", R"({"who":{"id": 1, "name": "Ada"}})"},
        {"who:customer_id(name)", R"({"who":{"name": "Ada"}})"},
        {"details(text)", R"({"details":{"text": "fragile"}})"},
        {"items(name)", R"({"items":[{"name": "ink"}]})"},
        {"items()", R"({"items":[]})"},
    };
    for (const auto& [select, expected] : cases) {
        const auto answer =
            kit().get("orders?id=eq.1&" + std::string(select.starts_with("items(") ? "items.amount=eq.1&" : "") +
                      "select=" + select);
        ASSERT_EQ(answer.status, 200U) << select << ": " << answer.text;
        const auto rows = answer.json().as_array();
        ASSERT_EQ(rows.size(), 1U) << select;
        if (select == "items()") continue;
        EXPECT_EQ(rows[0], boost::json::parse(expected)) << select;
    }
}

TEST_F(RestqlRead, EmbedsToManyToOneAndThemselves) {
    EXPECT_EQ(kit().get("orders?id=eq.4&select=id,customers(name)").text, R"([{"id":4,"customers":null}])");
    const auto customers = kit().get("customers?select=id,orders(id,items(name))&order=id&orders.order=id").json();
    EXPECT_EQ(customers.at(0).at("orders").as_array().size(), 2U);
    EXPECT_EQ(customers.at(0).at("orders").at(0).at("items").as_array().size(), 2U);
    EXPECT_EQ(customers.at(2).at("orders").as_array().size(), 0U);
    EXPECT_EQ(kit().get("employees?id=eq.2&select=boss:boss_id(id)").json().at(0).at("boss").at("id").as_int64(), 1);
    EXPECT_EQ(kit().get("employees?id=eq.1&select=employees(id)").json().at(0).at("employees").as_array().size(), 2U);
    EXPECT_EQ(kit().get("details?select=orders(id)").json().at(0).at("orders").at("id").as_int64(), 1);
}

TEST_F(RestqlRead, AnInnerEmbedFiltersItsParent) {
    EXPECT_EQ(ids(kit().get("orders?select=id,customers!inner(name)&order=id")), "1 2 3");
    EXPECT_EQ(ids(kit().get("customers?select=id,orders!inner(id)&order=id")), "1 2");
    EXPECT_EQ(ids(kit().get("customers?select=id,orders!inner(id)&orders.total=gt.25")), "2");
    EXPECT_EQ(ids(kit().get("orders?select=id,customers!inner(name)&customers.name=eq.Bob")), "3");
    const auto counted =
        kit().get("customers?select=id,orders!inner(id)&orders.total=gt.25", anon, {{"Prefer", "count=exact"}});
    EXPECT_EQ(counted.header("Content-Range"), "0-0/1");
}

TEST_F(RestqlRead, LimitsAndOrdersOfAnEmbedAreItsOwn) {
    const auto rows = kit().get("customers?select=id,orders(id)&order=id.desc&orders.order=total.desc&orders.limit=1");
    EXPECT_EQ(ids(rows), "3 2 1");
    EXPECT_EQ(rows.json().at(2).at("orders").as_array().size(), 1U);
    EXPECT_EQ(rows.json().at(2).at("orders").at(0).at("id").as_int64(), 2);
}

TEST_F(RestqlRead, AmbiguousAndUnknownEmbeds) {
    const auto ambiguous = kit().get("transfers?select=customers(name)");
    EXPECT_EQ(ambiguous.status, 300U);
    EXPECT_EQ(ambiguous.code(), "PGRST201");
    EXPECT_THAT(ambiguous.text, HasSubstr("customers!payer"));
    EXPECT_EQ(ambiguous.json().at("details").as_array().size(), 2U);
    const auto hinted = kit().get("transfers?select=a:customers!payer(name),b:customers!to_id(name)");
    EXPECT_EQ(hinted.json().at(0).at("a").at("name").as_string(), "Ada");
    EXPECT_EQ(hinted.json().at(0).at("b").at("name").as_string(), "Bob");
    const auto unknown = kit().get("orders?select=customer(name)");
    EXPECT_EQ(unknown.status, 400U);
    EXPECT_EQ(unknown.code(), "PGRST200");
    EXPECT_THAT(unknown.text, HasSubstr("Perhaps you meant 'customers'"));
}

TEST_F(RestqlRead, OrdersWithNulls) {
    EXPECT_EQ(ids(kit().get("orders?select=id&order=note.asc.nullsfirst,id")).substr(0, 1), "4");
    EXPECT_EQ(ids(kit().get("orders?select=id&order=is_paid.desc.nullslast,id.desc")), "1 2 4 3");
}

TEST_F(RestqlRead, RangesAndCounts) {
    struct Case {
        std::string query;
        std::string prefer;
        std::string range;
        unsigned status;
        std::string content_range;
    };
    const std::vector<Case> cases{
        {"", "", "", 200, "0-3/*"},
        {"", "count=exact", "", 200, "0-3/4"},
        {"", "count=planned", "", 200, "0-3/4"},
        {"&limit=2", "count=exact", "", 206, "0-1/4"},
        {"&limit=2&offset=3", "count=exact", "", 206, "3-3/4"},
        {"", "", "1-2", 200, "1-2/*"},
        {"", "count=exact", "1-2", 206, "1-2/4"},
        {"&limit=1", "", "1-2", 200, "1-1/*"},
        {"", "", "2-", 200, "2-3/*"},
        {"&limit=0", "", "", 200, "*/*"},
        {"&id=eq.9", "count=exact", "", 200, "*/0"},
        {"&offset=9", "", "", 200, "*/*"},
    };
    for (const auto& one : cases) {
        http::Headers headers;
        if (!one.prefer.empty()) headers.set("Prefer", one.prefer);
        if (!one.range.empty()) headers.set("Range", one.range);
        const auto answer = kit().get("orders?select=id&order=id" + one.query, anon, headers);
        EXPECT_EQ(answer.status, one.status) << one.query << one.range << answer.text;
        EXPECT_EQ(answer.header("Content-Range"), one.content_range) << one.query << one.range;
        if (!one.prefer.empty()) {
            EXPECT_EQ(answer.header("Preference-Applied"), one.prefer);
        }
    }
}

TEST_F(RestqlRead, RangesThatCannotBeMetAre416) {
    EXPECT_EQ(kit().get("orders?offset=9", anon, {{"Prefer", "count=exact"}}).status, 416U);
    EXPECT_EQ(kit().get("orders", anon, {{"Range", "3-1"}}).code(), "PGRST103");
    EXPECT_EQ(kit().get("orders?limit=-1").status, 416U);
}

TEST_F(RestqlRead, ASingleObjectIsExactlyOneRow) {
    const http::Headers single{{"Accept", "application/vnd.pgrst.object+json"}};
    const auto one = kit().get("orders?select=id&id=eq.1", anon, single);
    EXPECT_EQ(one.status, 200U);
    EXPECT_EQ(one.text, R"({"id":1})");
    EXPECT_THAT(one.header("Content-Type"), HasSubstr("vnd.pgrst.object+json"));
    for (const std::string query : {"id=eq.9", "id=gt.0"}) {
        const auto refused = kit().get("orders?" + query, anon, single);
        EXPECT_EQ(refused.status, 406U);
        EXPECT_EQ(refused.code(), "PGRST116");
    }
    EXPECT_EQ(kit().get("orders", anon, {{"Accept", "text/html"}}).code(), "PGRST107");
    EXPECT_EQ(kit().get("orders", anon, {{"Accept", "text/html, */*;q=0.1"}}).status, 200U);
}

TEST_F(RestqlRead, HeadHasTheNumbersWithoutTheRows) {
    const auto head = kit().send("HEAD", "orders?select=id", "", anon, {{"Prefer", "count=exact"}});
    EXPECT_EQ(head.status, 200U);
    EXPECT_EQ(head.text, "");
    EXPECT_EQ(head.header("Content-Range"), "0-3/4");
}

TEST_F(RestqlRead, WhatDoesNotExistIsNamed) {
    const auto table = kit().get("order");
    EXPECT_EQ(table.status, 404U);
    EXPECT_EQ(table.code(), "PGRST205");
    EXPECT_THAT(table.text, HasSubstr("Perhaps you meant the table 'shop.orders'"));
    const auto column = kit().get("orders?select=nothing");
    EXPECT_EQ(column.status, 400U);
    EXPECT_EQ(column.code(), "42703");
    EXPECT_EQ(kit().get("orders?nothing=eq.1").code(), "42703");
    EXPECT_EQ(kit().get("orders?id=eq.word").code(), "22P02");
    EXPECT_EQ(kit().get("orders?select=id::regclass").code(), "42704");
    EXPECT_EQ(kit().get("orders?note=fts(klingon).x").status, 400U);
    EXPECT_EQ(kit().get("orders?is_paid=is.maybe").code(), "PGRST100");
    EXPECT_EQ(kit().get("users").status, 404U) << "schema public is not exposed here";
}

TEST_F(RestqlRead, RowSecurityDecidesWhatExists) {
    EXPECT_EQ(kit().get("notes", ada).json().as_array().size(), 1U);
    EXPECT_EQ(kit().get("notes", bob).text, "[]");
    const auto refused = kit().get("notes");
    EXPECT_EQ(refused.status, 401U);
    EXPECT_EQ(refused.code(), "42501");
    EXPECT_EQ(refused.header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(kit().get("secrets", ada).status, 403U);
}

TEST_F(RestqlRead, ClaimsEndWithTheirTransaction) {
    const db::Query who{"test_claims",
                        "SELECT coalesce(current_setting('request.jwt.claims', true), '') || "
                        "coalesce(current_setting('request.path', true), '')"};
    for (int i = 0; i < 20; ++i) {
        kit().thread = static_cast<std::size_t>(i % 2);
        EXPECT_EQ(kit().get("notes", ada).json().as_array().size(), 1U);
        EXPECT_EQ(kit().runtime.run(kit().pool.database("svc_platform").one<std::string>(who), kit().thread), "");
        EXPECT_EQ(kit().get("notes", bob).text, "[]");
        EXPECT_EQ(kit().get("notes?nonsense=eq.1", ada).status, 400U);
        EXPECT_EQ(kit().runtime.run(kit().pool.database("svc_platform").one<std::string>(who), kit().thread), "");
    }
    kit().thread = 0;
}

TEST_F(RestqlRead, MoreRowsThanTheLimitAreNotGiven) {
    kit().database.exec("INSERT INTO shop.employees SELECT n FROM generate_series(1000, 1100) AS n");
    EXPECT_EQ(kit().get("employees?limit=90").json().as_array().size(), 50U);
    kit().database.exec("DELETE FROM shop.employees WHERE id >= 1000");
}

TEST_F(RestqlRead, TheStatementIsWhatTheRequestSays) {
    const auto cache = kit().schema();
    const auto sql_of = [&](std::vector<std::pair<std::string, std::string>> parameters, ReadOptions options) {
        const auto query = parse_query(parameters).value();
        const auto plan = plan_read(*cache, "orders", query.read);
        return build_read(*plan.value(), options).value();
    };
    const auto plain = sql_of({{"select", "id,n:note"}, {"id", "gt.1"}, {"order", "id.desc"}, {"limit", "5"}}, {});
    EXPECT_EQ(plain.text,
              "WITH pgrst_source AS (SELECT \"orders\".\"id\", \"orders\".\"note\" AS \"n\" FROM \"shop\".\"orders\" "
              "WHERE true AND (\"orders\".\"id\" > $1) ORDER BY \"orders\".\"id\" DESC LIMIT 5) SELECT NULL::bigint AS "
              "total, count(_t) AS page_total, NULL::text AS keys, coalesce(json_agg(_t), '[]')::text AS body FROM "
              "(SELECT * FROM pgrst_source) AS _t");
    EXPECT_EQ(plain.params, db::Params{"1"});
    const auto embed = sql_of({{"select", "customers(name)"}, {"note", "eq.x'; DROP TABLE shop.orders"}},
                              {.shape = BodyShape::object, .counts_total = true});
    EXPECT_THAT(embed.text,
                HasSubstr("LEFT JOIN LATERAL (SELECT \"customers_1\".\"name\" FROM \"shop\".\"customers\" AS "
                          "\"customers_1\" WHERE \"customers_1\".\"id\" = \"orders\".\"customer_id\")"));
    EXPECT_THAT(embed.text, HasSubstr("(SELECT count(*) FROM \"shop\".\"orders\" WHERE true AND "));
    EXPECT_EQ(embed.text.find("DROP"), std::string::npos);
}

}  // namespace
}  // namespace platform::restql::testing
