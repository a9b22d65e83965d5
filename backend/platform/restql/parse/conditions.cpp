#include "platform/restql/parse/conditions.hpp"

#include "platform/core/text.hpp"
#include "platform/restql/parse/field.hpp"

#include <array>
#include <memory>
#include <string>
#include <utility>

namespace platform::restql {
namespace {

/// Groups within groups; no one writes that many, and each is a frame on the stack.
constexpr std::size_t max_logic_depth = 64;

constexpr std::array<std::string_view, 4> text_search_operators{"fts", "plfts", "phfts", "wfts"};
constexpr std::array<std::string_view, 9> plain_operators{"neq", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj"};
/// A longer word stands before a shorter one that begins it.
constexpr std::array<std::string_view, 9> quantified_operators{"eq",   "gte",   "gt",    "lte",   "lt",
                                                               "like", "ilike", "match", "imatch"};
constexpr std::array<std::string_view, 5> truth_values{"null", "not_null", "true", "false", "unknown"};

template <std::size_t size>
bool take_one_of(Lexer& in, const std::array<std::string_view, size>& words, std::string& found) {
    for (const auto word : words) {
        if (!in.attempt_word(word)) continue;
        found = word;
        return true;
    }
    return false;
}

/// A quoted text that ends where a list's element ends.
bool parse_quoted_element(Lexer& in, std::string& text) {
    return in.attempt([&] { return parse_quoted(in, text) && in.is_before_end_or(",)"); });
}

class OperationParser {
public:
    enum class Place : std::uint8_t { parameter, logic };
    OperationParser(Lexer& in, const Budget& budget, Place place) : in_(in), budget_(budget), place_(place) {}

    bool run(Operation& out) {
        out.is_negated = in_.attempt([&] { return in_.take_word("not") && parse_dot(in_); });
        return in_.named("operator (eq, gt, ...)", [&] { return operation(out); });
    }

private:
    bool operation(Operation& out) {
        if (keyword(out, "in")) return list(out.list);
        if (keyword(out, "is")) return truth(out.value);
        if (keyword(out, "isdistinct")) return value(out.value);
        return in_.attempt([&] { return text_search(out); }) || in_.attempt([&] { return plain(out); }) ||
               in_.attempt([&] { return quantified(out); });
    }

    bool keyword(Operation& out, std::string_view word) {
        if (!in_.attempt([&] { return in_.take_word(word) && parse_dot(in_); })) return false;
        out.op = word;
        return true;
    }

    bool text_search(Operation& out) {
        out.language.reset();
        if (!take_one_of(in_, text_search_operators, out.op)) return false;
        std::string language;
        if (in_.attempt([&] { return in_.take('(') && in_.take_identifier(language) && in_.take(')'); })) {
            out.language = std::move(language);
        }
        return parse_dot(in_) && value(out.value);
    }

    bool plain(Operation& out) {
        const auto op = [&] { return take_one_of(in_, plain_operators, out.op); };
        return in_.named("unknown single value operator", op) && parse_dot(in_) && value(out.value);
    }

    bool quantified(Operation& out) {
        out.language.reset();
        const auto op = [&] { return take_one_of(in_, quantified_operators, out.op); };
        if (!in_.named("unknown single value operator", op)) return false;
        Quantifier quantifier = Quantifier::none;
        const auto word = [&] {
            quantifier = Quantifier::any;
            if (in_.attempt_word("any")) return true;
            quantifier = Quantifier::all;
            return in_.take_word("all");
        };
        const bool has_one = in_.attempt([&] { return in_.take('(') && word() && in_.take(')'); });
        out.quantifier = has_one ? quantifier : Quantifier::none;
        return parse_dot(in_) && value(out.value);
    }

    bool value(std::string& text) {
        text.clear();
        if (place_ == Place::parameter) {
            in_.take_rest(text);
            return true;
        }
        if (parse_quoted_element(in_, text)) return true;
        text.clear();
        if (in_.attempt([&] { return array_literal(text); })) return true;
        text.clear();
        return in_.take_perhaps_until(",)", text);
    }

    bool array_literal(std::string& text) {
        if (!in_.take_word("{")) return false;
        text = "{";
        in_.take_perhaps_until("{}", text);
        text += '}';
        return in_.take_word("}");
    }

    bool truth(std::string& value) {
        return in_.named("isVal: (null, not_null, true, false, unknown)", [&] {
            for (const auto word : truth_values) {
                if (!in_.attempt([&] { return word_of_any_case(word); })) continue;
                value = word;
                return true;
            }
            return false;
        });
    }

    bool word_of_any_case(std::string_view word) {
        for (const char c : word) {
            const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            if (!in_.take(c) && !in_.take(upper)) return false;
        }
        return true;
    }

    bool list(std::vector<std::string>& items) {
        const auto item = [&] {
            if (items.size() >= budget_.limits.list_items) {
                return in_.refuse("more than " + std::to_string(budget_.limits.list_items) + " items of a list");
            }
            auto& text = items.emplace_back();
            if (parse_quoted_element(in_, text)) return true;
            text.clear();
            return in_.take_perhaps_until(",)", text);
        };
        const bool is_read = parse_lexeme(in_, [&] { return in_.take('('); }) &&
                             in_.separated(item, [&] { return in_.take(','); }) &&
                             parse_lexeme(in_, [&] { return in_.take(')'); });
        // in.() is the empty list, not a list of one empty text.
        if (items.size() == 1 && items.front().empty()) items.clear();
        return is_read;
    }

    Lexer& in_;
    const Budget& budget_;
    Place place_;
};

class LogicParser {
public:
    LogicParser(Lexer& in, Budget& budget) : in_(in), budget_(budget) {}

    bool node(Condition& out, std::size_t depth) {
        if (Filter found; in_.attempt([&] { return filter(found); })) {
            if (!count_condition()) return false;
            out = std::move(found);
            return true;
        }
        auto logic = std::make_unique<Logic>();
        if (!head(*logic) || !group(*logic, depth + 1)) return false;
        out = std::move(logic);
        return true;
    }

private:
    bool filter(Filter& out) {
        return parse_field(in_, out.field) && parse_dot(in_) &&
               OperationParser(in_, budget_, OperationParser::Place::logic).run(out.operation);
    }

    bool head(Logic& logic) {
        const auto negation = [&] { return in_.attempt([&] { return in_.take_word("not") && parse_dot(in_); }); };
        in_.named("negation operator (not)", [&] {
            logic.is_negated = negation();
            return true;
        });
        return in_.named("logic operator (and, or)", [&] {
            logic.is_or = !in_.attempt_word("and");
            return !logic.is_or || in_.take_word("or");
        });
    }

    bool group(Logic& logic, std::size_t depth) {
        if (depth > max_logic_depth) {
            return in_.refuse("more than " + std::to_string(max_logic_depth) + " groups of conditions in each other");
        }
        const auto open = [&] { return in_.take('('); };
        const auto comma = [&] { return parse_lexeme(in_, [&] { return in_.take(','); }); };
        const auto close = [&] { return in_.take(')'); };
        const auto item = [&] {
            Condition condition;
            if (!node(condition, depth)) return false;
            logic.conditions.push_back(std::move(condition));
            return true;
        };
        return parse_lexeme(in_, open) && in_.separated(item, comma) && parse_lexeme(in_, close);
    }

    bool count_condition() {
        if (++budget_.conditions <= budget_.limits.conditions) return true;
        return in_.refuse("more than " + std::to_string(budget_.limits.conditions) + " conditions");
    }

    Lexer& in_;
    Budget& budget_;
};

bool parse_parameter(Lexer& in, Budget& budget, Operation& out) {
    if (++budget.conditions > budget.limits.conditions) {
        return in.refuse("more than " + std::to_string(budget.limits.conditions) + " conditions");
    }
    return OperationParser(in, budget, OperationParser::Place::parameter).run(out);
}

}  // namespace

ApiResult<Operation> parse_operation(std::string_view text, Budget& budget) {
    return parse_text<Operation>("filter", text, text, budget, parse_parameter);
}

ApiResult<std::optional<Operation>> parse_operation_or_argument(std::string_view text, Budget& budget) {
    const auto parse = [](Lexer& in, Budget& left, std::optional<Operation>& out) {
        Operation operation;
        if (parse_parameter(in, left, operation)) {
            out = std::move(operation);
            return true;
        }
        return in.position() == 0 && !in.is_refused();
    };
    return parse_text<std::optional<Operation>>("filter", text, text, budget, parse);
}

ApiResult<Condition> parse_logic(std::string_view op, std::string_view text, Budget& budget) {
    // The operator is read as part of the tree, so the columns of an error count it.
    const std::string tree = std::string(op) + std::string(text);
    return parse_text<Condition>("logic tree", text, tree, budget, [](Lexer& in, Budget& left, Condition& condition) {
        return LogicParser(in, left).node(condition, 0);
    });
}

}  // namespace platform::restql
