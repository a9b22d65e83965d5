#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

std::string query(std::string_view text, bool is_function_read = false) {
    const auto parameters = decode_parameters(text);
    if (!parameters) return parse_test::show(parameters.error());
    Budget budget;
    return parse_test::outcome(parse_query(*parameters, is_function_read, budget));
}

std::string canonical(std::string_view text) {
    return canonical_query(*decode_parameters(text));
}

constexpr std::string_view everything = "select <*>\n";

TEST(ParseQuery, ParametersAreDecoded) {
    const auto decoded = [](std::string_view text) {
        std::string shown;
        for (const auto& [key, value] : *decode_parameters(text)) {
            shown += "<" + key + (value ? "=" + *value : "") + ">";
        }
        return shown;
    };
    EXPECT_EQ(decoded("a=1&b=2;c=3"), "<a=1><b=2><c=3>");
    EXPECT_EQ(decoded("a+b=c%20d%2B"), "<a b=c d+>");
    EXPECT_EQ(decoded("a&b=&=c"), "<a><b=><=c>");
    EXPECT_EQ(decoded("a=1&&b=2&"), "<a=1><><b=2>");
    EXPECT_EQ(decoded("title=like.%growth%"), "<title=like.%growth%>");
    EXPECT_EQ(decoded("a=b=c"), "<a=b=c>");
    EXPECT_EQ(decoded("n=%C3%A9"), "<n=\xc3\xa9>");
}

TEST(ParseQuery, WhatPostgresWouldNotTakeAsTextIsRefused) {
    EXPECT_EQ(query("a=eq.%00"), "400 22021 invalid byte sequence for encoding \"UTF8\": 0x00");
    EXPECT_EQ(query("a=eq.%C3%28"), "400 22021 invalid byte sequence for encoding \"UTF8\": 0xc3");
    EXPECT_EQ(query("%FF=eq.1"), "400 22021 invalid byte sequence for encoding \"UTF8\": 0xff");
}

TEST(ParseQuery, SelectsEverythingByDefault) {
    for (const auto* text : {"", "select=*", "select=", "select", "select&select=id", "select=%2A"}) {
        EXPECT_EQ(query(text), everything) << text;
    }
    EXPECT_EQ(query("select=id&select=name"), "select <id>\n");
    EXPECT_EQ(query("select=*,rel(*)"), "select <*> <rel>{<*>}\n");
    EXPECT_EQ(query("select=count()"), "select <*>.count()\n");
}

TEST(ParseQuery, KeysSayWhereAConditionBelongs) {
    EXPECT_EQ(query("id=eq.1&id=lt.5&clients.projects.name=like.a*"),
              std::string(everything) + "@ (<id> eq <1>)\n@ (<id> lt <5>)\n<clients><projects>@ (<name> like <a*>)\n");
    EXPECT_EQ(query("data->a->>b=eq.1&x.data->0=is.null"),
              std::string(everything) + "@ (<data>-><a>->><b> eq <1>)\n<x>@ (<data>->#0 is <null>)\n");
    EXPECT_EQ(query("\"a.b\".c=eq.1"), std::string(everything) + "<a.b>@ (<c> eq <1>)\n");
    EXPECT_EQ(
        query("or=(a.eq.1)&clients.not.and=(b.eq.2)&not.or=(c.eq.3)"),
        std::string(everything) + "@ (or (<a> eq <1>))\n<clients>@ (not and (<b> eq <2>))\n@ (not or (<c> eq <3>))\n");
    EXPECT_EQ(query("order=id.desc&clients.order=name"),
              std::string(everything) + "@ order <id> desc\n<clients>@ order <name>\n");
    EXPECT_EQ(query("id&order&or"), everything);  // no value, no condition
}

TEST(ParseQuery, ConditionsStayInTheOrderSent) {
    EXPECT_EQ(query("b=eq.1&or=(x.eq.1)&a=eq.2"),
              std::string(everything) + "@ (<b> eq <1>)\n@ (or (<x> eq <1>))\n@ (<a> eq <2>)\n");
}

TEST(ParseQuery, ColumnsAndConflict) {
    EXPECT_EQ(query("columns=b,\"a c\",b&on_conflict=y,x"),
              std::string(everything) + "columns <a c><b>\nconflict <y><x>\n");
    EXPECT_EQ(query("columns="),
              "400 PGRST100 \"failed to parse columns parameter ()\" (line 1, column 1) / unexpected end of input "
              "expecting field name (* or [a..z0..9_$])");
    EXPECT_EQ(query("on_conflict=!"),
              "400 PGRST100 \"failed to parse on_conflict parameter (!)\" (line 1, column 1) / unexpected \"!\" "
              "expecting field name (* or [a..z0..9_$])");
    EXPECT_EQ(query("columns=a!b"), std::string(everything) + "columns <a>\n");
}

TEST(ParseQuery, ArgumentsOfFunctions) {
    EXPECT_EQ(query("a=1&b=eq.2&a={3}&c=", true),
              std::string(everything) + "@ (<b> eq <2>)\nargument <a> <1>\nargument <a> <{3}>\nargument <c> <>\n");
    EXPECT_EQ(query("a=1"),
              "400 PGRST100 \"failed to parse filter (1)\" (line 1, column 1) / unexpected \"1\" expecting "
              "\"not\" or operator (eq, gt, ...)");
}

TEST(ParseQuery, KeysAreRefusedBeforeValues) {
    EXPECT_EQ(query("!=nope"),
              "400 PGRST100 \"failed to parse tree path (!)\" (line 1, column 1) / unexpected \"!\" "
              "expecting field name (* or [a..z0..9_$])");
    EXPECT_EQ(query("a.=eq.1"),
              "400 PGRST100 \"failed to parse tree path (a.)\" (line 1, column 3) / unexpected end of "
              "input expecting field name (* or [a..z0..9_$])");
    EXPECT_EQ(query("!.or=nope"),
              "400 PGRST100 \"failed to parse logic path (!.or)\" (line 1, column 1) / unexpected "
              "\"!\" expecting field name (* or [a..z0..9_$])");
    EXPECT_EQ(query("=eq.1"),
              "400 PGRST100 \"failed to parse tree path ()\" (line 1, column 1) / unexpected end of input "
              "expecting field name (* or [a..z0..9_$])");
}

TEST(ParseQuery, TheOrderOfTheChecks) {
    const std::vector<std::pair<std::string, std::string>> faults{{"order=!", "order (!)"},
                                                                  {"or=!", "logic tree (!)"},
                                                                  {"columns=!", "columns parameter (!)"},
                                                                  {"select=a!", "select parameter (a!)"},
                                                                  {"id=!", "filter (!)"},
                                                                  {"on_conflict=!", "on_conflict parameter (!)"}};
    std::string text;
    for (auto fault = faults.rbegin(); fault != faults.rend(); ++fault) {
        text += (text.empty() ? "" : "&") + fault->first;
        EXPECT_NE(query(text).find("failed to parse " + fault->second), std::string::npos) << text;
    }
}

TEST(ParseQuery, CanonicalIsSortedAndEncoded) {
    EXPECT_EQ(canonical("a=1&c=3&b=2&d"), "a=1&b=2&c=3&d=");
    EXPECT_EQ(canonical("select=*,a(b)&id=in.(1,2)"), "id=in.%281%2C2%29&select=%2A%2Ca%28b%29");
    EXPECT_EQ(canonical("id=lt.5&b=1&id=gt.1"), "b=1&id=lt.5,gt.1");
    EXPECT_EQ(canonical("a=b+c&k%C3%A9=%22"), "a=b%20c&k%C3%A9=%22");
    EXPECT_EQ(canonical(""), "");
}

TEST(ParseQuery, NobodySendsThatManyParameters) {
    EXPECT_EQ(query(std::string(16'384, '&')), everything);
    EXPECT_EQ(query(std::string(16'385, '&')),
              "400 PGRST100 \"failed to parse parameters\" / more than 16384 parameters");
}

TEST(ParseQuery, ConditionsOfAllParametersShareOneLimit) {
    std::string text;
    for (int i = 0; i < 5; ++i) text += "&a" + std::to_string(i) + "=eq.1";
    const auto parameters = decode_parameters(text.substr(1));
    Budget budget{.limits = {.conditions = 4}};
    EXPECT_EQ(parse_test::outcome(parse_query(*parameters, false, budget)),
              "400 PGRST100 \"failed to parse filter\" (line 1, column 1) / more than 4 conditions");
}

}  // namespace
}  // namespace platform::restql
