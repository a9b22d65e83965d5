#include "platform/restql/query/conditions_sql.hpp"

#include "platform/restql/query/select_sql.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace platform::restql {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 18> infix{{{"eq", "="},
                                      {"neq", "<>"},
                                      {"gt", ">"},
                                      {"gte", ">="},
                                      {"lt", "<"},
                                      {"lte", "<="},
                                      {"like", "LIKE"},
                                      {"ilike", "ILIKE"},
                                      {"match", "~"},
                                      {"imatch", "~*"},
                                      {"cs", "@>"},
                                      {"cd", "<@"},
                                      {"ov", "&&"},
                                      {"sl", "<<"},
                                      {"sr", ">>"},
                                      {"nxr", "&<"},
                                      {"nxl", "&>"},
                                      {"adj", "-|-"}}};
constexpr std::array<Pair, 4> full_text{{{"fts", "to_tsquery"},
                                         {"plfts", "plainto_tsquery"},
                                         {"phfts", "phraseto_tsquery"},
                                         {"wfts", "websearch_to_tsquery"}}};
constexpr std::array<Pair, 5> is_operands{
    {{"null", "NULL"}, {"not_null", "NOT NULL"}, {"true", "TRUE"}, {"false", "FALSE"}, {"unknown", "UNKNOWN"}}};

template <std::size_t N>
std::string_view find(const std::array<Pair, N>& pairs, std::string_view key) {
    const auto found = std::ranges::find(pairs, key, &Pair::first);
    return found == pairs.end() ? std::string_view() : found->second;
}

void append_language(Sql& sql, const std::optional<std::string>& language) {
    if (language) (sql += sql.bind(*language)) += ", ";
}

void append_path(Sql& sql, const std::vector<JsonStep>& path) {
    for (const auto& step : path) {
        sql += step.is_text ? "->>" : "->";
        sql += sql.bind(step.key);
        if (step.is_index) sql += "::int";
    }
}

/// The operand as the field's own type: read by its domain's cast from text where it has one.
void append_value(Sql& sql, const PlannedField& field, std::string value) {
    if (field.representation) (sql += quote_name(field.representation->function)) += "(";
    sql += sql.bind(std::move(value));
    if (field.representation) sql += ")";
}

/// The same for each element of an array's text.
void append_array(Sql& sql, const PlannedField& field, std::string array) {
    if (!field.representation) {
        sql += sql.bind(std::move(array));
        return;
    }
    (sql += "SELECT ") += quote_name(field.representation->function);
    ((sql += "(_item) FROM unnest(") += sql.bind(std::move(array))) += "::text[]) AS _item";
}

void append_operator(Sql& sql, const PlannedFilter& filter) {
    const auto& operation = filter.operation;
    const bool is_pattern = operation.op == "like" || operation.op == "ilike";
    std::string value = operation.value;
    if (is_pattern) std::ranges::replace(value, '*', '%');
    ((sql += " ") += find(infix, operation.op)) += " ";
    if (operation.quantifier != Quantifier::none) {
        sql += operation.quantifier == Quantifier::any ? "ANY (" : "ALL (";
        append_array(sql, filter.field, std::move(value));
        sql += ")";
    } else if (is_pattern) {
        sql += sql.bind(std::move(value));
    } else {
        append_value(sql, filter.field, std::move(value));
    }
}

void append_list(Sql& sql, const PlannedFilter& filter) {
    const auto& list = filter.operation.list;
    const bool is_empty = list.empty() || (list.size() == 1 && list.front().empty());
    sql += " = ANY (";
    if (is_empty) {
        sql += "'{}'";
    } else {
        append_array(sql, filter.field, array_literal(list));
    }
    sql += ")";
}

void append_filter(Sql& sql, const QualifiedName& table, const PlannedFilter& filter) {
    const auto& operation = filter.operation;
    if (operation.is_negated) sql += "NOT ";
    append_field(sql, table, filter.field);
    if (operation.op == "is") {
        (sql += " IS ") += find(is_operands, operation.value);
    } else if (operation.op == "in") {
        append_list(sql, filter);
    } else if (operation.op == "isdistinct") {
        sql += " IS DISTINCT FROM ";
        append_value(sql, filter.field, operation.value);
    } else if (const auto function = find(full_text, operation.op); !function.empty()) {
        ((sql += " @@ ") += function) += "(";
        append_language(sql, operation.language);
        (sql += sql.bind(operation.value)) += ")";
    } else {
        append_operator(sql, filter);
    }
}

void append_condition(Sql& sql, const QualifiedName& table, const PlannedCondition& condition);

void append_joined(Sql& sql, const QualifiedName& table, std::span<const PlannedCondition> conditions,
                   std::string_view word) {
    bool is_first = true;
    for (const auto& condition : conditions) {
        if (!std::exchange(is_first, false)) sql += word;
        append_condition(sql, table, condition);
    }
}

void append_condition(Sql& sql, const QualifiedName& table, const PlannedCondition& condition) {
    if (const auto* filter = std::get_if<PlannedFilter>(&condition)) {
        append_filter(sql, table, *filter);
    } else if (const auto* embed = std::get_if<EmbedFilter>(&condition)) {
        if (!embed->wants_rows) sql += "NOT ";
        append_exists(sql, *embed->embed);
    } else {
        const auto& logic = *std::get<std::unique_ptr<PlannedLogic>>(condition);
        sql += logic.is_negated ? "NOT (" : "(";
        append_joined(sql, table, logic.conditions, logic.is_or ? " OR " : " AND ");
        sql += ")";
    }
}

}  // namespace

void append_field(Sql& sql, const QualifiedName& table, const PlannedField& field) {
    if (field.vector) {
        sql += "to_tsvector(";
        append_language(sql, field.vector->language);
    }
    const bool is_converted = field.needs_jsonb && !field.path.empty();
    if (is_converted) sql += "to_jsonb(";
    sql += quote_name(table);
    if (!field.is_whole_row) (sql += ".") += field.name == "*" ? "*" : quote_name(field.name);
    if (is_converted) sql += ")";
    append_path(sql, field.path);
    if (field.vector) sql += ")";
}

void append_conditions(Sql& sql, const QualifiedName& table, std::span<const PlannedCondition> conditions) {
    append_joined(sql, table, conditions, " AND ");
}

std::string array_literal(std::span<const std::string> items) {
    std::string text = "{";
    for (const auto& item : items) {
        text += text.size() > 1 ? ",\"" : "\"";
        for (const char c : item) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    }
    return text + "}";
}

}  // namespace platform::restql
