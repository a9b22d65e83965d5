#include "platform/restql/parse/select.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

std::string select(std::string_view text) {
    Budget budget;
    return parse_test::outcome(parse_select(text, budget));
}

void expect_all(std::initializer_list<parse_test::Understood> scenarios) {
    for (const auto& [text, understood] : scenarios) EXPECT_EQ(select(text), understood) << text;
}

/// `text` is refused at that column for those details.
struct Refusal {
    std::string_view text;
    int column;
    std::string_view details;
};

void expect_refused(std::initializer_list<Refusal> refusals) {
    for (const auto& [text, column, details] : refusals) {
        EXPECT_EQ(select(text), "400 PGRST100 \"failed to parse select parameter (" + std::string(text) +
                                    ")\" (line 1, column " + std::to_string(column) + ") / " + std::string(details));
    }
}

TEST(ParseSelect, Columns) {
    expect_all({
        {"*", "<*>"},
        {"", ""},
        {"id", "<id>"},
        {"id,name", "<id> <name>"},
        {" id ,\tname ", "<id> <name>"},
        {"alias:name", "[alias]=<name>"},
        {"name::text", "<name>::text"},
        {"alias:name::double precision", "[alias]=<name>::double precision"},
        {"identifier with spaces", "<identifier with spaces>"},
        {"with-dashes-in-it", "<with-dashes-in-it>"},
        {"a - b", "<a-b>"},
        {"123,_,$", "<123> <_> <$>"},
        {"\"a,b\":\"c.d\"", "[a,b]=<c.d>"},
        {"\"say \\\"hi\\\" \\\\\"", "<say \"hi\" \\>"},
        {"\" spaces stay \"", "< spaces stay >"},
        {"الاسم,名前,größe", "<الاسم> <名前> <größe>"},
        {"*,id", "<*> <id>"},
        {"\"*\"", "<*>"},
    });
}

TEST(ParseSelect, JsonPaths) {
    expect_all({
        {"data->a->>b", "<data>-><a>->><b>"},
        {"data->0", "<data>->#0"},
        {"data->-1->>2", "<data>->#-1->>#2"},
        {"data->0,x", "<data>->#0 <x>"},
        {"data->0::int", "<data>->#0::int"},
        {"data->\"0\"", "<data>-><0>"},
        {"data->!@#$%^&*_a::text", "<data>-><!@#$%^&*_a>::text"},
        {"data->some-key", "<data>-><some-key>"},
        {"data-> padded key ", "<data>-><padded key>"},
        {"data->\"a.b(c)\"->>d", "<data>-><a.b(c)>->><d>"},
        {"x:data->a", "[x]=<data>-><a>"},
        {"data->1a", "<data>-><1a>"},
        {"rel(data->0)", "<rel>{<data>-><0>}"},  // an index ends only where a column at the top may end
        {"data->a.sum()::int", "<data>-><a>.sum()::int"},
    });
}

TEST(ParseSelect, Aggregates) {
    expect_all({
        {"count()", "<*>.count()"},
        {"n:count()::text", "[n]=<*>.count()::text"},
        {"cost.sum()", "<cost>.sum()"},
        {"cost::int.avg()::text", "<cost>::int.avg()::text"},
        {"m:cost.max(),cost.min(),id.count()", "[m]=<cost>.max() <cost>.min() <id>.count()"},
        {"count", "<count>"},
        {"rel(count())", "<rel>{<*>.count()}"},
    });
}

TEST(ParseSelect, Embeds) {
    expect_all({
        {"rel(*)", "<rel>{<*>}"},
        {"rel()", "<rel>{}"},
        {"id,alias:rel(id,inner:deep(*))", "<id> [alias]=<rel>{<id> [inner]=<deep>{<*>}}"},
        {"rel!hint(*)", "<rel>!<hint>{<*>}"},
        {"rel!inner(*),other!left(*)", "<rel>!inner{<*>} <other>!left{<*>}"},
        {"rel!hint!inner(*)", "<rel>!<hint>!inner{<*>}"},
        {"rel!inner!hint(*)", "<rel>!<hint>!inner{<*>}"},
        {"rel!one!two(*)", "<rel>!<one>{<*>}"},
        {"rel!\"left\"(*)", "<rel>!<left>{<*>}"},
        {"...rel(a,b)", "...<rel>{<a> <b>}"},
        {"...rel!hint!inner(x:a)", "...<rel>!<hint>!inner{[x]=<a>}"},
        {" rel( id , name ) , x", "<rel>{<id> <name>} <x>"},
        {"\"my rel\"(\"a b\")", "<my rel>{<a b>}"},
        {"counts(id)", "<counts>{<id>}"},
    });
}

/// Parsec leaves what no production asks for; clients rely on that.
TEST(ParseSelect, WhatFollowsAWholeListIsIgnored) {
    expect_all({{"id)x", "<id>"}, {"rel(id)x", "<rel>{<id>}"}, {"!", ""}, {"*!hint", ""}});
}

TEST(ParseSelect, RefusalsOfColumns) {
    expect_refused({
        {"name!hint", 5,
         "unexpected '!' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or "
         "end of input"},
        {"id,clients(name[])", 16,
         "unexpected '[' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", "
         "\",\" or end of input"},
        {"name::", 7, "unexpected end of input expecting letter or digit"},
        {"id,", 4, "unexpected end of input expecting \"...\", field name (* or [a..z0..9_$]), \"*\" or \"count()\""},
        {"id,,name", 4, "unexpected \",\" expecting \"...\", field name (* or [a..z0..9_$]), \"*\" or \"count()\""},
        {"\"open", 6, "unexpected end of input expecting \"\\\\\" or \"\\\"\""},
        {"a:b:c", 4, "unexpected \"c\" expecting \"::\""},
        {"name.stddev()", 6, "unexpected \"t\" expecting \"sum\""},
        {"a\xc3\xa9\xe2\x82\xac", 3,
         "unexpected '\\8364' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", "
         "\")\", \",\" or end of input"},
    });
}

TEST(ParseSelect, RefusalsOfJsonPaths) {
    expect_refused({
        {"data->>--34", 9, "unexpected \"-\" expecting digit"},
        {"data->>-78xy", 11, "unexpected 'x' expecting digit, \"->\", \"::\", \".\", \",\" or end of input"},
        {"data->(!@#$%^&*_d->>!@#$%^&*_e::integer", 7,
         "unexpected \"(\" expecting \"-\", digit or any non reserved character different from: .,>()"},
    });
}

TEST(ParseSelect, RefusalsOfEmbeds) {
    expect_refused({
        {"rel->jsonpath(*)", 14,
         "unexpected '(' expecting \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input"},
        {"rel(id", 7,
         "unexpected end of input expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end "
         "of input"},
        {"rel!a!b!c(*)", 4,
         "unexpected '!' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input"},
    });
}

/// Tabs and line ends move the place as they do on a page.
TEST(ParseSelect, PlacesOfRefusals) {
    EXPECT_EQ(select("\ta!"),
              "400 PGRST100 \"failed to parse select parameter (\ta!)\" (line 1, column 10) / unexpected "
              "'!' expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input");
    EXPECT_EQ(select("\"\n\"!"),
              "400 PGRST100 \"failed to parse select parameter (\"\n\"!)\" (line 2, column 2) / unexpected '!' "
              "expecting \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input");
}

TEST(ParseSelect, LimitsAreRefusedWithoutRepeatingTheText) {
    Budget budget{.limits = {.embed_depth = 2, .embeds = 3, .select_items = 6}};
    const auto refused = [&](std::string_view text) {
        Budget fresh = budget;
        return parse_test::outcome(parse_select(text, fresh));
    };
    EXPECT_EQ(refused("a(b(c))"), "<a>{<b>{<c>}}");
    EXPECT_EQ(refused("a(b(c(d)))"),
              "400 PGRST100 \"failed to parse select parameter\" (line 1, column 6) / more than 2 levels of embedded "
              "relations");
    EXPECT_EQ(refused("a(x),b(x),c,d,e"),
              "400 PGRST100 \"failed to parse select parameter\" (line 1, column 16) / more than 6 selected items");
    EXPECT_EQ(refused("a(),b(),c(),d()"),
              "400 PGRST100 \"failed to parse select parameter\" (line 1, column 14) / more than 3 embedded relations");
}

}  // namespace
}  // namespace platform::restql
