#include "platform/restql/tests/parse_generator.hpp"

#include "platform/http/request.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace platform::restql::parse_test {
namespace {

constexpr std::size_t deepest = 4;

bool is_plain(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && std::ranges::all_of(name, is_letter);
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string print_name(const std::string& name) {
    return is_plain(name) ? name : in_quotes(name);
}

std::string print_field(const Field& field) {
    std::string text = print_name(field.name);
    for (const auto& step : field.path) {
        text += (step.is_text ? "->>" : "->") + (step.is_index ? step.key : in_quotes(step.key));
    }
    return text;
}

std::string print_path(const std::vector<std::string>& path) {
    std::string text;
    for (const auto& name : path) text += print_name(name) + ".";
    return text;
}

std::string print_items(const std::vector<SelectItem>& items);

std::string print_column(const SelectColumn& column) {
    std::string text = column.alias.empty() ? "" : print_name(column.alias) + ":";
    const bool is_star = column.field.name == "*";
    if (is_star) {
        text += column.aggregate ? "count()" : "*";
    } else {
        text += print_field(column.field);
        if (!column.cast.empty()) text += "::" + column.cast;
        constexpr std::string_view functions[] = {"sum", "avg", "count", "max", "min"};
        if (column.aggregate) {
            text.append(".").append(functions[static_cast<std::size_t>(*column.aggregate)]).append("()");
        }
    }
    if (!column.aggregate_cast.empty()) text += "::" + column.aggregate_cast;
    return text;
}

std::string print_embed(const Embed& embed) {
    std::string text = embed.is_spread ? "..." : "";
    if (!embed.alias.empty()) text += print_name(embed.alias) + ":";
    text += print_name(embed.target);
    if (embed.hint) text += "!" + in_quotes(*embed.hint);
    if (embed.join) text += *embed.join == JoinType::inner ? "!inner" : "!left";
    return text + "(" + print_items(embed.select) + ")";
}

std::string print_items(const std::vector<SelectItem>& items) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += ',';
        const auto* column = std::get_if<SelectColumn>(&item.item);
        text += column ? print_column(*column) : print_embed(std::get<Embed>(item.item));
    }
    return text;
}

std::string print_operation(const Operation& operation, bool in_logic) {
    std::string text = (operation.is_negated ? "not." : "") + operation.op;
    if (operation.quantifier != Quantifier::none) text += operation.quantifier == Quantifier::any ? "(any)" : "(all)";
    if (operation.language) text += "(" + *operation.language + ")";
    text += '.';
    if (operation.op == "is") return text + operation.value;
    if (operation.op != "in") return text + (in_logic ? in_quotes(operation.value) : operation.value);
    text += '(';
    for (const auto& item : operation.list) text += (text.ends_with('(') ? "" : ",") + in_quotes(item);
    return text + ')';
}

std::string print_group(const Logic& logic);

std::string print_condition(const Condition& condition) {
    if (const auto* filter = std::get_if<Filter>(&condition)) {
        return print_field(filter->field) + "." + print_operation(filter->operation, true);
    }
    const auto& logic = *std::get<std::unique_ptr<Logic>>(condition);
    return std::string(logic.is_negated ? "not." : "") + (logic.is_or ? "or" : "and") + print_group(logic);
}

std::string print_group(const Logic& logic) {
    std::string text = "(";
    for (const auto& part : logic.conditions) text += (text == "(" ? "" : ",") + print_condition(part);
    return text + ")";
}

std::string print_order(const std::vector<OrderTerm>& terms) {
    std::string text;
    for (const auto& term : terms) {
        if (!text.empty()) text += ',';
        text +=
            term.relation ? print_name(*term.relation) + "(" + print_field(term.field) + ")" : print_field(term.field);
        if (term.is_descending) text += *term.is_descending ? ".desc" : ".asc";
        if (term.nulls_first) text += *term.nulls_first ? ".nullsfirst" : ".nullslast";
    }
    return text;
}

}  // namespace

std::string Generator::name() {
    constexpr std::string_view common[] = {"id",    "name", "data",  "client_id", "order", "and",  "or",
                                           "limit", "a b",  "größe", "名前",      "الاسم", "x-y",  "a.b",
                                           "a:b",   "q\"q", "\\",    "count_of",  "(",     "->",   ",",
                                           " x ",   "*x",   "😀",    "in",        "is",    "left", "select"};
    return chance(80) ? std::string(pick(common)) : text(12) + "_";
}

std::string Generator::text(std::size_t longest) {
    constexpr std::string_view pieces[] = {"a",  "Z",  "7",  " ", "\"", "\\",   ",", "(", ")", "{",
                                           "}",  ".",  ":",  "%", "&",  ";",    "=", "+", "é", "名",
                                           "😀", "\t", "\n", "-", "->", "not.", "*", "'"};
    std::string made;
    for (auto left = below(longest + 1); left > 0; --left) made += pick(pieces);
    return made;
}

std::vector<std::string> Generator::path() {
    std::vector<std::string> made;
    for (auto left = chance(60) ? 0 : 1 + below(3); left > 0; --left) made.push_back(name());
    return made;
}

Field Generator::field(bool may_end_in_index) {
    Field made{name()};
    for (auto left = chance(70) ? 0 : 1 + below(3); left > 0; --left) {
        JsonStep step{.is_text = chance(50), .is_index = chance(30) && (left > 1 || may_end_in_index), .key = {}};
        step.key = step.is_index ? (chance(30) ? "-" : "") + std::to_string(below(1000)) : text(6);
        made.path.push_back(std::move(step));
    }
    return made;
}

Operation Generator::operation() {
    constexpr std::string_view ops[] = {"eq",  "gte", "gt",  "lte",   "lt",    "like", "ilike",     "match", "imatch",
                                        "in",  "is",  "cs",  "cd",    "ov",    "sl",   "sr",        "nxr",   "nxl",
                                        "adj", "neq", "fts", "plfts", "phfts", "wfts", "isdistinct"};
    constexpr std::string_view truths[] = {"null", "not_null", "true", "false", "unknown"};
    const auto index = below(std::size(ops));
    Operation made{.op = std::string(ops[index]), .is_negated = chance(20)};
    if (index < 9 && chance(30)) made.quantifier = chance(50) ? Quantifier::any : Quantifier::all;
    if (made.op.ends_with("fts") && chance(50)) made.language = "english";
    if (made.op == "is") {
        made.value = pick(truths);
    } else if (made.op == "in") {
        for (auto left = below(5); left > 0; --left) made.list.push_back(text(5));
        if (made.list.size() == 1 && made.list.front().empty()) made.list.clear();
    } else {
        made.value = text(10);
    }
    return made;
}

Condition Generator::condition(std::size_t depth) {
    if (depth >= deepest || chance(70)) return Filter{field(true), operation()};
    auto logic = std::make_unique<Logic>(Logic{.is_or = chance(50), .is_negated = chance(20), .conditions = {}});
    for (auto left = 1 + below(3); left > 0; --left) logic->conditions.push_back(condition(depth + 1));
    return logic;
}

SelectColumn Generator::column(bool may_end_in_index) {
    constexpr std::string_view types[] = {"text", "int", "double precision", "_int4", "my type$"};
    if (chance(10)) return {.field = {"*"}};
    SelectColumn made{.field = {"*"}};
    if (chance(30)) made.alias = name();
    if (chance(10)) {
        made.aggregate = Aggregate::count;
    } else {
        if (chance(20)) made.cast = pick(types);
        if (chance(20)) made.aggregate = static_cast<Aggregate>(below(5));
        made.field = field(may_end_in_index || !made.cast.empty() || made.aggregate);
    }
    if (made.aggregate && chance(30)) made.aggregate_cast = pick(types);
    return made;
}

SelectItem Generator::item(std::size_t depth) {
    if (depth >= deepest || chance(75)) return {column(depth == 0)};
    Embed made{.target = name(), .is_spread = chance(20), .select = {}};
    if (!made.is_spread && chance(30)) made.alias = name();
    if (chance(30)) made.hint = name();
    if (chance(30)) made.join = chance(50) ? JoinType::inner : JoinType::left;
    made.select = items(depth + 1);
    return {std::move(made)};
}

std::vector<SelectItem> Generator::items(std::size_t depth) {
    std::vector<SelectItem> made;
    for (auto left = depth == 0 ? 1 + below(4) : below(4); left > 0; --left) made.push_back(item(depth));
    return made;
}

OrderTerm Generator::order_term() {
    OrderTerm made;
    if (chance(20)) made.relation = name();
    made.field = field(!made.relation);
    if (chance(50)) made.is_descending = chance(50);
    if (chance(30)) made.nulls_first = chance(50);
    return made;
}

Generator::Part Generator::filter_part(ParsedQuery& query) {
    At<Condition> made{path(), Filter{field(true), operation()}};
    const auto& filter = std::get<Filter>(made.value);
    // Unquoted these words would end a key that is none of a filter's.
    constexpr std::string_view reserved[] = {"order", "limit", "offset", "and", "or", "select"};
    const bool is_reserved =
        filter.field.path.empty() && std::ranges::find(reserved, filter.field.name) != std::end(reserved);
    Part part{print_path(made.path) + (is_reserved ? in_quotes(filter.field.name) : print_field(filter.field)),
              print_operation(filter.operation, false)};
    query.conditions.push_back(std::move(made));
    return part;
}

Generator::Part Generator::logic_part(ParsedQuery& query) {
    auto logic = std::make_unique<Logic>(Logic{.is_or = chance(50), .is_negated = chance(20), .conditions = {}});
    for (auto left = 1 + below(4); left > 0; --left) logic->conditions.push_back(condition(1));
    At<Condition> made{path(), {}};
    Part part{print_path(made.path) + (logic->is_negated ? "not." : "") + (logic->is_or ? "or" : "and"),
              print_group(*logic)};
    made.value = std::move(logic);
    query.conditions.push_back(std::move(made));
    return part;
}

Generator::Part Generator::order_part(ParsedQuery& query) {
    At<std::vector<OrderTerm>> made{path(), {}};
    for (auto left = 1 + below(3); left > 0; --left) made.value.push_back(order_term());
    Part part{print_path(made.path) + "order", print_order(made.value)};
    query.orders.push_back(std::move(made));
    return part;
}

Spelled Generator::query() {
    Spelled made;
    std::vector<Part> parts;
    auto& query = made.query;
    query.select = items(0);
    parts.push_back({"select", print_items(query.select)});
    for (auto left = below(4); left > 0; --left) parts.push_back(filter_part(query));
    for (auto left = below(3); left > 0; --left) parts.push_back(logic_part(query));
    for (auto left = below(3); left > 0; --left) parts.push_back(order_part(query));
    for (auto* list : {&query.columns, &query.on_conflict}) {
        if (!chance(20)) continue;
        list->emplace({name()});
        parts.push_back({list == &query.columns ? "columns" : "on_conflict", print_name(list->value().front())});
    }
    for (const auto& [key, value] : parts) {
        made.text += (made.text.empty() ? "" : "&") + http::percent_encode(key) + "=" + http::percent_encode(value);
    }
    return made;
}

}  // namespace platform::restql::parse_test
