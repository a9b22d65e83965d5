#include "platform/restql/parse/conditions.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

std::string filter(std::string_view text) {
    Budget budget;
    return parse_test::outcome(parse_operation(text, budget));
}

std::string logic(std::string_view op, std::string_view text) {
    Budget budget;
    return parse_test::outcome(parse_logic(op, text, budget));
}

TEST(ParseFilter, Operators) {
    for (const auto* op :
         {"eq", "gt", "gte", "lt",  "lte", "like", "ilike",      "match", "imatch", "neq",   "cs",  "cd",
          "ov", "sl", "sr",  "nxr", "nxl", "adj",  "isdistinct", "fts",   "plfts",  "phfts", "wfts"}) {
        EXPECT_EQ(filter(std::string(op) + ".a.b(c)"), std::string(op) + " <a.b(c)>");
        EXPECT_EQ(filter("not." + std::string(op) + "."), "not " + std::string(op) + " <>");
    }
    for (const auto* op : {"eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch"}) {
        EXPECT_EQ(filter(std::string(op) + "(any).{1,2}"), std::string(op) + "(any) <{1,2}>");
        EXPECT_EQ(filter(std::string(op) + "(all).{1,2}"), std::string(op) + "(all) <{1,2}>");
    }
    EXPECT_EQ(filter("fts(english).rat"), "fts(<english>) <rat>");
    EXPECT_EQ(filter("not.wfts(french).a b"), "not wfts(<french>) <a b>");
    EXPECT_EQ(filter("eq.not.null"), "eq <not.null>");
}

TEST(ParseFilter, TruthValues) {
    for (const auto* value : {"null", "not_null", "true", "false", "unknown"}) {
        EXPECT_EQ(filter("is." + std::string(value)), "is <" + std::string(value) + ">");
    }
    EXPECT_EQ(filter("not.is.NULL"), "not is <null>");
    EXPECT_EQ(filter("is.nOt_NuLl"), "is <not_null>");
    EXPECT_EQ(filter("is.nullish"), "is <null>");  // what follows is ignored, as upstream does
}

TEST(ParseFilter, Lists) {
    for (const auto& [text, understood] : std::initializer_list<parse_test::Understood>{
             {"in.(1,2,3)", "in <1> <2> <3>"},
             {"in.()", "in"},
             {"in.(\"\")", "in"},
             {"in.(,)", "in <> <>"},
             {"in.(\"a,b\",\"c)d\",\"e\\\"f\")", "in <a,b> <c)d> <e\"f>"},
             {"in.(\"a\"b,c)", "in <\"a\"b> <c>"},
             {"in. ( a , b ) ", "in <a > < b >"},
             {"in.(a)tail", "in <a>"},
             {"not.in.({1},{2})", "not in <{1}> <{2}>"},
         }) {
        EXPECT_EQ(filter(text), understood) << text;
    }
}

TEST(ParseFilter, Refusals) {
    struct Refusal {
        std::string_view text;
        int column;
        std::string_view details;
    };
    for (const auto& [text, column, details] : std::initializer_list<Refusal>{
             {"0", 1, "unexpected \"0\" expecting \"not\" or operator (eq, gt, ...)"},
             {"", 1, "unexpected end of input expecting \"not\" or operator (eq, gt, ...)"},
             {"noop.0", 1, "unexpected \"o\" expecting \"not\" or operator (eq, gt, ...)"},
             {"val", 1, "unexpected \"v\" expecting \"not\" or operator (eq, gt, ...)"},
             {"fts().value", 5, "unexpected \")\" expecting operator (eq, gt, ...)"},
             {"eq().value", 4, "unexpected \")\" expecting operator (eq, gt, ...)"},
             {"is().value", 3, "unexpected \"(\" expecting operator (eq, gt, ...)"},
             {"in().value", 3, "unexpected \"(\" expecting operator (eq, gt, ...)"},
             {"eq", 3, "unexpected end of input expecting operator (eq, gt, ...)"},
             {"not.foo", 5, "unexpected \"f\" expecting operator (eq, gt, ...)"},
             {"is.nope", 6, "unexpected \"p\" expecting isVal: (null, not_null, true, false, unknown)"},
             {"in.1,2", 4, "unexpected \"1\" expecting \"(\""},
             {"in.(1,2", 8, "unexpected end of input expecting \",\" or \")\""},
             {"\x01", 1, "unexpected \"\\SOH\" expecting \"not\" or operator (eq, gt, ...)"},
             {"\"", 1, "unexpected \"\\\"\" expecting \"not\" or operator (eq, gt, ...)"},
         }) {
        EXPECT_EQ(filter(text), "400 PGRST100 \"failed to parse filter (" + std::string(text) + ")\" (line 1, column " +
                                    std::to_string(column) + ") / " + std::string(details));
    }
}

TEST(ParseFilter, AFunctionsArgumentHasNoOperator) {
    Budget budget;
    const auto argument = [&](std::string_view text) { return parse_operation_or_argument(text, budget); };
    EXPECT_FALSE(argument("5")->has_value());
    EXPECT_FALSE(argument("")->has_value());
    EXPECT_FALSE(argument("eq5")->has_value());
    EXPECT_EQ(parse_test::show(**argument("eq.5")), "eq <5>");
    // Once an operator was begun it has to be right.
    EXPECT_EQ(argument("is.nope").error().code, "PGRST100");
    EXPECT_EQ(argument("not.5").error().code, "PGRST100");
}

TEST(ParseLogic, Trees) {
    const auto understood = [](std::string_view op, std::string_view text, std::string_view expected) {
        EXPECT_EQ(logic(op, text), expected) << op << text;
    };
    understood("or", "(id.eq.1)", "(or (<id> eq <1>))");
    understood("and", "(a.gt.1,b.lt.2)", "(and (<a> gt <1>) (<b> lt <2>))");
    understood("not.or", "(a.eq.1,b.eq.2)", "(not or (<a> eq <1>) (<b> eq <2>))");
    understood("or", "(a.eq.1,and(b.eq.2,not.or(c.is.null,d.in.(1,2))))",
               "(or (<a> eq <1>) (and (<b> eq <2>) (not or (<c> is <null>) (<d> in <1> <2>))))");
    understood("or", " ( a.eq.1 , b.not.eq.2 ) ", "(or (<a> eq <1 >) (<b> not eq <2 >))");
    understood("or", "(data->a->>b.eq.\"x,y)\",data->0.gt.5)",
               "(or (<data>-><a>->><b> eq <x,y)>) (<data>->#0 gt <5>))");
    understood("or", R"x((tags.cs.{a,b},r.ov."[1,2)"))x", "(or (<tags> cs <{a,b}>) (<r> ov <[1,2)>))");
    understood("or", "(a.eq.\"q\"tail)", "(or (<a> eq <\"q\"tail>))");
    understood("and", "(\"a.b\".fts(english).x,c.like(any).{a*,b*})",
               "(and (<a.b> fts(<english>) <x>) (<c> like(any) <{a*,b*}>))");
    understood("and", "(or.eq.1,not.eq.2)", "(and (<or> eq <1>) (<not> eq <2>))");
    understood("or", ".eq.1", "(<or> eq <1>)");
    understood("or", "(a.eq.1)tail", "(or (<a> eq <1>))");
    understood("or", "(a.eq.,b.eq.)", "(or (<a> eq <>) (<b> eq <>))");
}

TEST(ParseLogic, Refusals) {
    struct Refusal {
        std::string_view op;
        std::string_view text;
        int column;
        std::string_view details;
    };
    for (const auto& [op, text, column, details] : std::initializer_list<Refusal>{
             {"or", "()", 4,
              "unexpected \")\" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator "
              "(and, or)"},
             {"or", ")(", 3, "unexpected \")\" expecting \"(\""},
             {"or", "", 3, "unexpected end of input expecting \"(\""},
             {"or", "(id.in.1,2,id.eq.3)", 10, "unexpected \"1\" expecting \"(\""},
             {"and", "(ord(id.eq.1,id.eq.1),id.eq.2)", 7, "unexpected \"d\" expecting \"(\""},
             {"or", "(id.eq.1,not.xor(id.eq.2,id.eq.3))", 16, "unexpected \"x\" expecting logic operator (and, or)"},
             {"or", "(id.eq.1", 11, "unexpected end of input expecting \",\" or \")\""},
         }) {
        EXPECT_EQ(logic(op, text), "400 PGRST100 \"failed to parse logic tree (" + std::string(text) +
                                       ")\" (line 1, column " + std::to_string(column) + ") / " + std::string(details));
    }
}

TEST(ParseLogic, LimitsAreRefused) {
    Budget budget{.limits = {.conditions = 3, .list_items = 2}};
    const auto refused = [&](std::string_view text) {
        Budget fresh = budget;
        return parse_test::outcome(parse_logic("or", text, fresh));
    };
    EXPECT_EQ(refused("(a.eq.1,b.eq.1,c.eq.1)"), "(or (<a> eq <1>) (<b> eq <1>) (<c> eq <1>))");
    EXPECT_EQ(refused("(a.eq.1,b.eq.1,c.eq.1,d.eq.1)"),
              "400 PGRST100 \"failed to parse logic tree\" (line 1, column 31) / more than 3 conditions");
    EXPECT_EQ(refused("(a.in.(1,2,3))"),
              "400 PGRST100 \"failed to parse logic tree\" (line 1, column 14) / more than 2 items of a list");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "(and";
    EXPECT_NE(refused(deep).find("more than 64 groups of conditions in each other"), std::string::npos);
}

}  // namespace
}  // namespace platform::restql
