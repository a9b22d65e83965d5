#include "platform/restql/parse/order.hpp"

#include "platform/restql/parse/field.hpp"

#include <array>
#include <string>
#include <utility>

namespace platform::restql {
namespace {

using Words = std::array<std::pair<std::string_view, bool>, 2>;
constexpr Words directions{{{"asc", false}, {"desc", true}}};
constexpr Words null_places{{{"nullsfirst", true}, {"nullslast", false}}};

bool parse_word(Lexer& in, const Words& words, std::optional<bool>& found) {
    for (const auto& [word, meaning] : words) {
        if (!in.attempt([&] { return parse_dot(in) && in.take_word(word); })) continue;
        found = meaning;
        return true;
    }
    return false;
}

bool is_before_end(Lexer& in) {
    return in.is_before(",") || in.is_at_end();
}

/// What may stand behind a field.
bool parse_suffix(Lexer& in, OrderTerm& term) {
    if (!in.optional([&] { return parse_word(in, directions, term.is_descending); })) return false;
    const auto start = in.position();
    parse_word(in, null_places, term.nulls_first);
    return is_before_end(in) || (in.position() == start && is_before_end(in));
}

/// `relation(field)`
bool parse_related(Lexer& in, OrderTerm& term) {
    std::string relation;
    if (!parse_name(in, relation) || !in.take('(') || !parse_field(in, term.field) || !in.take(')')) return false;
    term.relation = std::move(relation);
    return parse_suffix(in, term);
}

bool parse_term(Lexer& in, OrderTerm& term) {
    if (in.attempt([&] { return parse_related(in, term); })) return true;
    term = {};
    return parse_field(in, term.field) && parse_suffix(in, term);
}

bool parse_terms(Lexer& in, Budget& budget, std::vector<OrderTerm>& terms) {
    const auto term = [&] {
        if (terms.size() >= budget.limits.conditions) {
            return in.refuse("more than " + std::to_string(budget.limits.conditions) + " terms");
        }
        return parse_lexeme(in, [&] { return parse_term(in, terms.emplace_back()); });
    };
    return in.separated(term, [&] { return in.take(','); });
}

}  // namespace

ApiResult<std::vector<OrderTerm>> parse_order(std::string_view text, Budget& budget) {
    return parse_text<std::vector<OrderTerm>>("order", text, text, budget, parse_terms);
}

}  // namespace platform::restql
