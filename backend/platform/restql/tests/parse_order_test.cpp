#include "platform/restql/parse/order.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

std::string order(std::string_view text) {
    Budget budget;
    return parse_test::outcome(parse_order(text, budget));
}

TEST(ParseOrder, Terms) {
    struct Scenario {
        std::string_view text;
        std::string_view understood;
    };
    for (const auto& [text, understood] : std::initializer_list<Scenario>{
             {"id", "<id>"},
             {"id.asc", "<id> asc"},
             {"name.desc.nullsfirst", "<name> desc nullsfirst"},
             {"name.nullslast", "<name> nullslast"},
             {"a.desc,b.asc.nullslast,c", "<a> desc, <b> asc nullslast, <c>"},
             {" a , b.desc", "<a>, <b> desc"},
             {"data->key->>0.desc", "<data>-><key>->>#0 desc"},
             {"json_col->!@#$%^&*_a.asc.nullslast", "<json_col>-><!@#$%^&*_a> asc nullslast"},
             {"clients(name)", "<clients>(<name>)"},
             {"clients(json_col->key).desc.nullsfirst", "<clients>(<json_col>-><key>) desc nullsfirst"},
             {"name,clients(name),id", "<name>, <clients>(<name>), <id>"},
             {"\"a.b\".desc", "<a.b> desc"},
         }) {
        EXPECT_EQ(order(text), understood) << text;
    }
}

TEST(ParseOrder, Refusals) {
    struct Refusal {
        std::string_view text;
        int column;
        std::string_view details;
    };
    for (const auto& [text, column, details] : std::initializer_list<Refusal>{
             {"id.asc.nullslasttt", 17, "unexpected 't' expecting \",\" or end of input"},
             {"id.nullslasttt", 13, "unexpected 't' expecting \",\" or end of input"},
             {"id.ac", 4, "unexpected \"c\" expecting \"asc\", \"desc\", \"nullsfirst\" or \"nullslast\""},
             {"id.smth34", 4, "unexpected \"s\" expecting \"asc\", \"desc\", \"nullsfirst\" or \"nullslast\""},
             {"id.nulsfist", 4, "unexpected \"n\" expecting \"asc\", \"desc\", \"nullsfirst\" or \"nullslast\""},
             {"id.descc", 8, "unexpected 'c' expecting delimiter (.), \",\" or end of input"},
             {"id.asc.nlsfst", 8, "unexpected \"l\" expecting \"nullsfirst\" or \"nullslast\""},
             {"id.asc.smth34", 8, "unexpected \"s\" expecting \"nullsfirst\" or \"nullslast\""},
             {"clients(name,id)", 8,
              "unexpected '(' expecting letter, digit, \"-\", \"->>\", \"->\", delimiter (.), \",\" or end of input"},
             {"", 1, "unexpected end of input expecting field name (* or [a..z0..9_$])"},
             {"id,", 4, "unexpected end of input expecting field name (* or [a..z0..9_$])"},
         }) {
        EXPECT_EQ(order(text), "400 PGRST100 \"failed to parse order (" + std::string(text) + ")\" (line 1, column " +
                                   std::to_string(column) + ") / " + std::string(details));
    }
}

}  // namespace
}  // namespace platform::restql
