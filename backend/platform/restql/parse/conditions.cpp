#include "platform/restql/parse/conditions.hpp"

#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/parse/select.hpp"

#include <algorithm>
#include <array>

namespace platform::restql {
namespace {

constexpr std::array<std::string_view, 25> operators{
    "eq",  "gte",   "gt",    "lte",  "lt", "neq", "like", "ilike", "match", "imatch", "in",  "is", "isdistinct",
    "fts", "plfts", "phfts", "wfts", "cs", "cd",  "ov",   "sl",    "sr",    "nxr",    "nxl", "adj"};
constexpr std::array<std::string_view, 9> quantified{"eq",   "gt",    "gte",   "lt",    "lte",
                                                     "like", "ilike", "match", "imatch"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_full_text(std::string_view op) {
    return op.ends_with("fts");
}

/// `op`, `op(any)`, `fts(english)` and the dot after it. False when it is none of ours.
bool take_operator(Lexer& in, Filter& filter) {
    filter.is_negated = in.take("not.");
    filter.op = std::string(in.take_until(".("));
    if (!contains(operators, filter.op)) return false;
    if (in.take('(')) {
        const std::string word(in.take_until(")"));
        if (is_full_text(filter.op)) {
            filter.language = word;
        } else if (contains(quantified, filter.op) && (word == "any" || word == "all")) {
            filter.quantifier = word;
        } else {
            return false;
        }
        if (!in.take(')')) return false;
    }
    return in.take('.');
}

/// The items of "(a,"b c",d)"; the cursor stands behind the closing parenthesis.
bool take_list(Lexer& in, std::vector<std::string>& items) {
    if (!in.take('(')) return false;
    if (in.take(')')) return true;
    do {
        std::string item;
        in.skip_space();
        if (!in.take_quoted(item)) item = std::string(in.take_until(",)"));
        items.push_back(std::move(item));
        in.skip_space();
        if (items.size() > max_list_items) return false;
    } while (in.take(','));
    return in.take(')');
}

class LogicParser {
public:
    LogicParser(std::string_view text) : text_(text), in_(text) {}

    ApiResult<Condition> run(bool is_or, bool is_negated) {
        auto logic = group(is_or, is_negated, 0);
        if (!failure_ && !in_.at_end()) fail("end of input");
        if (failure_) return std::move(*failure_);
        return Condition(std::move(logic));
    }

private:
    std::unique_ptr<Logic> group(bool is_or, bool is_negated, std::size_t depth) {
        auto logic = std::make_unique<Logic>(is_or, is_negated);
        if (!in_.take('(')) fail("\"(\"");
        do {
            in_.skip_space();
            if (++count_ > max_conditions || depth > max_embed_depth) fail("fewer conditions");
            if (failure_) return logic;
            logic->conditions.push_back(node(depth));
            in_.skip_space();
        } while (!failure_ && in_.take(','));
        if (!failure_ && !in_.take(')')) fail("\",\" or \")\"");
        return logic;
    }

    Condition node(std::size_t depth) {
        for (const bool is_negated : {false, true}) {
            const std::string prefix = is_negated ? "not." : "";
            if (in_.take(prefix + "and(")) return reopened(false, is_negated, depth);
            if (in_.take(prefix + "or(")) return reopened(true, is_negated, depth);
        }
        Filter filter{parse_field(in_)};
        if (filter.field.name.empty() || !in_.take('.') || !take_operator(in_, filter)) {
            fail("logic operator (and, or) or filter");
            return filter;
        }
        take_value(filter);
        return filter;
    }

    /// The parenthesis was part of the keyword; group() wants to see it.
    Condition reopened(bool is_or, bool is_negated, std::size_t depth) {
        auto logic = std::make_unique<Logic>(is_or, is_negated);
        do {
            in_.skip_space();
            if (++count_ > max_conditions || depth > max_embed_depth) fail("fewer conditions");
            if (failure_) break;
            logic->conditions.push_back(node(depth + 1));
            in_.skip_space();
        } while (!failure_ && in_.take(','));
        if (!failure_ && !in_.take(')')) fail("\",\" or \")\"");
        return logic;
    }

    void take_value(Filter& filter) {
        if (filter.op == "in") {
            if (!take_list(in_, filter.list)) fail("\"(\"");
        } else if (in_.peek() == '{') {
            filter.value = std::string(in_.take_until("}")) + "}";
            if (!in_.take('}')) fail("\"}\"");
        } else if (!in_.take_quoted(filter.value)) {
            filter.value = std::string(in_.take_until(",)"));
        }
    }

    void fail(std::string_view expected) {
        if (!failure_) failure_ = parse_error("logic tree", text_, in_, expected);
    }

    std::string_view text_;
    Lexer in_;
    std::size_t count_ = 0;
    std::optional<ApiError> failure_;
};

}  // namespace

ApiResult<Filter> parse_filter(Field field, std::string_view value) {
    Lexer in(value);
    Filter filter{std::move(field)};
    if (!take_operator(in, filter)) {
        return parse_error("filter", value, Lexer(value), "operator (eq, gt, ...)");
    }
    if (filter.op == "in") {
        if (!take_list(in, filter.list) || !in.at_end()) return parse_error("filter", value, in, "\"(\"");
    } else {
        filter.value = std::string(in.rest());
    }
    return filter;
}

ApiResult<Condition> parse_logic(bool is_or, bool is_negated, std::string_view value) {
    return LogicParser(value).run(is_or, is_negated);
}

ApiResult<std::vector<OrderTerm>> parse_order(std::string_view value) {
    Lexer in(value);
    std::vector<OrderTerm> terms;
    do {
        in.skip_space();
        OrderTerm term{parse_field(in)};
        if (term.field.name.empty()) return parse_error("order", value, in, "field name");
        while (in.take('.')) {
            if (in.take("asc")) {
                term.is_descending = false;
            } else if (in.take("desc")) {
                term.is_descending = true;
            } else if (in.take("nullsfirst")) {
                term.nulls_first = true;
            } else if (in.take("nullslast")) {
                term.nulls_first = false;
            } else {
                return parse_error("order", value, in, "asc, desc, nullsfirst or nullslast");
            }
        }
        terms.push_back(std::move(term));
        in.skip_space();
    } while (in.take(','));
    if (!in.at_end()) return parse_error("order", value, in, "\",\" or end of input");
    return terms;
}

}  // namespace platform::restql
