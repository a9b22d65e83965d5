#include "platform/restql/query/conditions_sql.hpp"

#include "platform/core/text.hpp"

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
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) { return pair.first == key; });
    return found == pairs.end() ? std::string_view() : found->second;
}

std::string full_text_sql(Sql& sql, const ReadPlan& plan, const Filter& filter, std::string_view function) {
    std::string vector = field_sql(sql, plan, filter.field);
    const Column* column = plan.relation->find(filter.field.name);
    const bool is_vector = column && column->base_type == "tsvector" && filter.field.path.empty();
    const std::string language = filter.language.empty() ? "" : sql.bind(filter.language) + "::regconfig, ";
    if (!is_vector) vector = "to_tsvector(" + language + vector + ")";
    return vector + " @@ " + std::string(function) + "(" + language + sql.bind(filter.value) + ")";
}

ApiResult<std::string> filter_sql(Sql& sql, const ReadPlan& plan, const Filter& filter) {
    if (const auto function = find(full_text, filter.op); !function.empty()) {
        return full_text_sql(sql, plan, filter, function);
    }
    const std::string field = field_sql(sql, plan, filter.field);
    if (filter.op == "is") {
        const auto operand = find(is_operands, lower_ascii(filter.value));
        if (operand.empty()) {
            return ApiError{.status = 400,
                            .code = "PGRST100",
                            .message = "\"failed to parse filter (is." + filter.value + ")\" (line 1, column 4)",
                            .details = "expecting isVal: (null, not_null, true, false, unknown)"};
        }
        return field + " IS " + std::string(operand);
    }
    if (filter.op == "in") return field + " = ANY (" + sql.bind(array_literal(filter.list)) + ")";
    if (filter.op == "isdistinct") return field + " IS DISTINCT FROM " + sql.bind(filter.value);
    std::string value = filter.value;
    if (filter.op == "like" || filter.op == "ilike") std::replace(value.begin(), value.end(), '*', '%');
    const std::string parameter = sql.bind(std::move(value));
    const std::string op = " " + std::string(find(infix, filter.op)) + " ";
    if (filter.quantifier.empty()) return field + op + parameter;
    return field + op + (filter.quantifier == "any" ? "ANY (" : "ALL (") + parameter + ")";
}

ApiResult<std::string> logic_sql(Sql& sql, const ReadPlan& plan, const Logic& logic) {
    std::string text;
    for (const auto& condition : logic.conditions) {
        auto part = condition_sql(sql, plan, condition);
        if (!part) return part.error();
        text += (text.empty() ? "" : logic.is_or ? " OR " : " AND ") + *part;
    }
    return (logic.is_negated ? "NOT (" : "(") + text + ")";
}

}  // namespace

std::string array_literal(const std::vector<std::string>& items) {
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

std::string field_sql(Sql& sql, const ReadPlan& plan, const Field& field) {
    std::string text = quote_name(plan.alias) + "." + quote_name(field.name);
    if (field.path.empty()) return text;
    const Column* column = plan.relation->find(field.name);
    const bool is_json = column && (column->base_type == "json" || column->base_type == "jsonb");
    if (!is_json) text = "to_jsonb(" + text + ")";
    for (const auto& step : field.path) {
        text += step.is_text ? "->>" : "->";
        text += step.is_index ? "(" + step.key + ")" : sql.bind(step.key) + "::text";
    }
    return text;
}

ApiResult<std::string> condition_sql(Sql& sql, const ReadPlan& plan, const Condition& condition) {
    if (const auto* logic = std::get_if<std::unique_ptr<Logic>>(&condition)) return logic_sql(sql, plan, **logic);
    const auto& filter = std::get<Filter>(condition);
    auto text = filter_sql(sql, plan, filter);
    if (!text) return text.error();
    return filter.is_negated ? "NOT (" + *text + ")" : "(" + *text + ")";
}

}  // namespace platform::restql
