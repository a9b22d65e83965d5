#include "platform/restql/parse/conditions.hpp"
#include "platform/restql/parse/preferences.hpp"
#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/parse/select.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace platform::restql {
namespace {

std::string show(const Field& field) {
    std::string text = field.name;
    for (const auto& step : field.path) {
        text += (step.is_text ? "->>" : "->") + (step.is_index ? "[" + step.key + "]" : step.key);
    }
    return text;
}

std::string show(const std::vector<SelectItem>& items) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += " ";
        if (const auto* column = std::get_if<SelectColumn>(&item)) {
            text += show(column->field) + (column->alias.empty() ? "" : "=" + column->alias) +
                    (column->cast.empty() ? "" : "::" + column->cast);
            continue;
        }
        const auto& embed = std::get<Embed>(item);
        text += embed.target + (embed.alias.empty() ? "" : "=" + embed.alias) + (embed.hint ? "!" + *embed.hint : "") +
                (embed.is_inner ? "!!" : "") + "(" + show(embed.read->select) + ")";
    }
    return text;
}

std::string show(const Condition& condition) {
    if (const auto* filter = std::get_if<Filter>(&condition)) {
        std::string text = (filter->is_negated ? "!" : "") + show(filter->field) + " " + filter->op;
        if (!filter->quantifier.empty()) text += "(" + filter->quantifier + ")";
        if (!filter->language.empty()) text += "<" + filter->language + ">";
        if (filter->op != "in") return text + " " + filter->value;
        for (const auto& item : filter->list) text += " [" + item + "]";
        return text;
    }
    const auto& logic = *std::get<std::unique_ptr<Logic>>(condition);
    std::string text = logic.is_negated ? "!(" : "(";
    for (const auto& part : logic.conditions)
        text += (text.ends_with('(') ? "" : logic.is_or ? " | " : " & ") + show(part);
    return text + ")";
}

TEST(RestqlSelect, Grammar) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"*", "*"},
        {"id,name", "id name"},
        {" id , name ", "id name"},
        {"n:name", "name=n"},
        {"total::text", "total::text"},
        {"t:total::text", "total=t::text"},
        {"data->a->>b", "data->a->>b"},
        {"data->list->0", "data->list->[0]"},
        {"data->list->-1", "data->list->[-1]"},
        {"x:data->>a::int", "data->>a=x::int"},
        {"\"a,b\"", "a,b"},
        {"first-name", "first-name"},
        {"items(*)", "items(*)"},
        {"items()", "items()"},
        {"i:items(name)", "items=i(name)"},
        {"items!fk(name)", "items!fk(name)"},
        {"items!inner(name)", "items!!(name)"},
        {"i:items!fk!inner(name,a:b)", "items=i!fk!!(name b=a)"},
        {"items!left(name)", "items(name)"},
        {"a(b(c(d)))", "a(b(c(d)))"},
        {"id,items(name),note", "id items(name) note"},
    };
    for (const auto& [text, expected] : cases) {
        const auto parsed = parse_select(text);
        ASSERT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
        EXPECT_EQ(show(*parsed), expected) << text;
    }
}

TEST(RestqlSelect, WhatDoesNotParseIsPgrst100) {
    for (const std::string text : {"id)", "items(", "items(name", "(a)", "a:", "a::b.c", "id,(", "a b!", "count()x",
                                   "id.sum()", "a->b:c", "\"open", "é(", "a;b", "(((((((((((("}) {
        const auto parsed = parse_select(text);
        ASSERT_TRUE(parsed.has_error()) << text;
        EXPECT_EQ(parsed.error().code, "PGRST100") << text;
        EXPECT_EQ(parsed.error().status, 400U);
    }
}

TEST(RestqlSelect, DepthAndSizeAreBounded) {
    std::string deep, wide = "a";
    for (int i = 0; i < 5000; ++i) deep += "a(";
    for (int i = 0; i < 100'000; ++i) wide += ",a";
    EXPECT_TRUE(parse_select(deep).has_error());
    EXPECT_TRUE(parse_select(wide).has_error());
    std::string logic;
    for (int i = 0; i < 5000; ++i) logic += "and(";
    EXPECT_TRUE(parse_logic(true, false, "(" + logic).has_error());
}

TEST(RestqlFilter, Grammar) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"eq.1", "f eq 1"},
        {"eq.", "f eq "},
        {"not.eq.1", "!f eq 1"},
        {"eq.a.b,c(d)\"e", "f eq a.b,c(d)\"e"},
        {"in.(1,2)", "f in [1] [2]"},
        {"in.()", "f in"},
        {"in.(\"a,b\",\"c\\\"d\",e f)", "f in [a,b] [c\"d] [e f]"},
        {"like(any).{a*,b}", "f like(any) {a*,b}"},
        {"gt(all).{1}", "f gt(all) {1}"},
        {"fts(english).cat", "f fts<english> cat"},
        {"not.wfts.a -b", "!f wfts a -b"},
        {"is.null", "f is null"},
    };
    for (const auto& [text, expected] : cases) {
        auto parsed = parse_filter({"f"}, text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(show(Condition(std::move(*parsed))), expected);
    }
    for (const std::string text : {"", "1", "eq", "equals.1", "eq(some).1", "is(any).null", "in.1", "in.(1", "in.(1)2",
                                   "not.1", "EQ.1", "é.1"}) {
        const auto parsed = parse_filter({"f"}, text);
        ASSERT_TRUE(parsed.has_error()) << text;
        EXPECT_EQ(parsed.error().code, "PGRST100");
    }
}

TEST(RestqlLogic, Grammar) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"(a.eq.1,b.gt.2)", "(a eq 1 | b gt 2)"},
        {"(a.not.eq.1)", "(!a eq 1)"},
        {"(a.eq.1,and(b.eq.2,c.eq.3))", "(a eq 1 | (b eq 2 & c eq 3))"},
        {"(not.and(a.eq.1,b.eq.2),not.or(c.is.null))", "(!(a eq 1 & b eq 2) | !(c is null))"},
        {"(a.in.(1,2),b.eq.\"x,y)\")", "(a in [1] [2] | b eq x,y))"},
        {"(a.cs.{1,2},b->>k.eq.v)", "(a cs {1,2} | b->>k eq v)"},
    };
    for (const auto& [text, expected] : cases) {
        const auto parsed = parse_logic(true, false, text);
        ASSERT_TRUE(parsed.has_value()) << text << ": " << parsed.error().message;
        EXPECT_EQ(show(*parsed), expected);
    }
    for (const std::string text : {"", "()", "(a.eq.1", "a.eq.1", "(a)", "(a.eq.1)x", "(a.cs.{1)", "(and())"}) {
        EXPECT_TRUE(parse_logic(true, false, text).has_error()) << text;
    }
}

TEST(RestqlOrder, Grammar) {
    const auto terms = parse_order("a, b.desc ,c.asc.nullsfirst,d.desc.nullslast,e->x.desc");
    ASSERT_TRUE(terms.has_value());
    ASSERT_EQ(terms->size(), 5U);
    EXPECT_FALSE((*terms)[0].is_descending);
    EXPECT_TRUE((*terms)[1].is_descending);
    EXPECT_EQ((*terms)[2].nulls_first, true);
    EXPECT_EQ((*terms)[3].nulls_first, false);
    EXPECT_EQ(show((*terms)[4].field), "e->x");
    for (const std::string text : {"", "a,", "a.down", "a.desc;drop", "a desc(", "a.asc,,b"}) {
        EXPECT_TRUE(parse_order(text).has_error()) << text;
    }
}

TEST(RestqlQuery, FiltersGoToTheirLevel) {
    const auto query = parse_query({{"items.amount", "gt.1"},
                                    {"items.order", "name.desc"},
                                    {"items.limit", "2"},
                                    {"select", "id,items(name)"},
                                    {"id", "eq.1"},
                                    {"not.or", "(a.eq.1)"},
                                    {"limit", "7"},
                                    {"offset", "-3"}});
    ASSERT_TRUE(query.has_value()) << query.error().message;
    const auto& embed = std::get<Embed>(query->read.select[1]);
    EXPECT_EQ(show(embed.read->where.at(0)), "amount gt 1");
    EXPECT_EQ(embed.read->order.at(0).field.name, "name");
    EXPECT_EQ(embed.read->limit, 2);
    EXPECT_EQ(show(query->read.where.at(0)), "id eq 1");
    EXPECT_EQ(show(query->read.where.at(1)), "!(a eq 1)");
    EXPECT_EQ(query->read.limit, 7);
    EXPECT_EQ(query->read.offset, 0);
}

TEST(RestqlQuery, AFilterOfSomethingNotEmbeddedIsPgrst108) {
    const auto query = parse_query({{"items.amount", "gt.1"}});
    ASSERT_TRUE(query.has_error());
    EXPECT_EQ(query.error().code, "PGRST108");
    EXPECT_EQ(parse_query({{"limit", "-1"}}).error().status, 416U);
    EXPECT_TRUE(parse_query({{"limit", "many"}}).has_value()) << "upstream ignores it";
    EXPECT_EQ(parse_query({{"", "eq.1"}}).error().code, "PGRST100");
    EXPECT_EQ(parse_query({{"columns", "a,"}}).error().code, "PGRST100");
}

TEST(RestqlQuery, ErrorsKeepTheTextValidUtf8) {
    const auto failed = parse_filter({"f"}, "\xC3\xA9.1");
    const auto response = error_response(failed.error());
    boost::system::error_code is_no_json;
    boost::json::parse(std::get<std::string>(response.body), is_no_json);
    EXPECT_FALSE(is_no_json) << std::get<std::string>(response.body);
}

TEST(RestqlPreferences, FirstOfAKindCountsAndNonsenseIsIgnored) {
    http::Request request;
    request.method = http::Method::post;
    request.headers.add("Prefer", "return=representation, return=minimal");
    request.headers.add("Prefer", "count=exact,handling=lenient,return=nonsense");
    const auto preferences = read_preferences(request);
    EXPECT_EQ(preferences.returns, "representation");
    EXPECT_TRUE(preferences.counts_total);
    EXPECT_EQ(preferences.applied, "return=representation, count=exact");
}

TEST(RestqlPreferences, Ranges) {
    http::Request request;
    request.method = http::Method::get;
    EXPECT_FALSE(read_range(request));
    request.headers.set("Range", "2-5");
    EXPECT_EQ(read_range(request)->first, 2);
    EXPECT_EQ(read_range(request)->last, 5);
    request.headers.set("Range", "items=2-");
    EXPECT_FALSE(read_range(request)->last);
    request.headers.set("Range", "99999999999999999999-x");
    EXPECT_FALSE(read_range(request));
}

}  // namespace
}  // namespace platform::restql
