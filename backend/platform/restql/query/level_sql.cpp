#include "platform/restql/query/level_sql.hpp"

#include "platform/restql/query/conditions_sql.hpp"
#include "platform/restql/query/select_sql.hpp"

#include <utility>

namespace platform::restql {
namespace {

constexpr std::string_view junction_alias = "_junction";

void append_pairs(Sql& sql, std::string_view left, std::string_view right, const ColumnPairs& pairs, bool& is_first) {
    for (const auto& [left_column, right_column] : pairs) {
        sql += std::exchange(is_first, false) ? " WHERE " : " AND ";
        ((sql += quote_name(left)) += ".") += quote_name(left_column);
        (((sql += " = ") += quote_name(right)) += ".") += quote_name(right_column);
    }
}

/// A to-one embed of a table has one row at most: a limit would only hide that from the planner.
bool is_window_idle(const ReadPlan& plan) {
    return plan.is_to_one() && !plan.relationship->function && !plan.relationship->target_is_view &&
           plan.window.offset == 0 && plan.window.limit.value_or(1) > 0;
}

}  // namespace

void append_source(Sql& sql, const ReadPlan& plan) {
    const auto* relationship = plan.relationship;
    if (relationship && relationship->function) {
        // The cast picks the overload, and gives rows of a CTE the relation's type.
        ((sql += quote_name(*relationship->function)) += "(") += quote_name(plan.parent->alias);
        ((sql += "::") += quote_name(relationship->origin)) += ")";
    } else {
        sql += quote_name(plan.from);
    }
    if (plan.alias != plan.from.name || (relationship && relationship->function)) {
        (sql += " AS ") += quote_name(plan.alias);
    }
    if (relationship && relationship->junction) {
        (((sql += ", ") += quote_name(relationship->junction->relation)) += " AS ") += junction_alias;
    }
}

void append_join_conditions(Sql& sql, const ReadPlan& plan, bool& is_first) {
    const auto* relationship = plan.relationship;
    if (!relationship || relationship->function) return;
    if (relationship->junction) {
        append_pairs(sql, plan.alias, junction_alias, relationship->junction->target_columns, is_first);
        append_pairs(sql, plan.parent->alias, junction_alias, relationship->junction->origin_columns, is_first);
    } else {
        append_pairs(sql, plan.parent->alias, plan.alias, relationship->columns, is_first);
    }
}

void append_row_conditions(Sql& sql, const ReadPlan& plan, bool& is_first,
                           const std::function<bool(const ReadPlan&)>& requires_rows) {
    if (!plan.conditions.empty()) {
        sql += std::exchange(is_first, false) ? " WHERE " : " AND ";
        append_conditions(sql, {"", plan.alias}, plan.conditions);
    }
    for (const auto& embed : plan.embeds) {
        if (!requires_rows(*embed)) continue;
        sql += std::exchange(is_first, false) ? " WHERE " : " AND ";
        append_exists(sql, *embed);
    }
}

void append_window(Sql& sql, const ReadPlan& plan) {
    if (is_window_idle(plan)) return;
    if (plan.window.limit) (sql += " LIMIT ") += sql.bind(std::to_string(*plan.window.limit));
    if (plan.window.offset > 0) (sql += " OFFSET ") += sql.bind(std::to_string(plan.window.offset));
}

}  // namespace platform::restql
