#include "platform/restql/query/write_sql.hpp"

#include "platform/restql/query/body_sql.hpp"
#include "platform/restql/query/conditions_sql.hpp"
#include "platform/restql/query/explain_sql.hpp"
#include "platform/restql/query/payload_sql.hpp"
#include "platform/restql/query/select_sql.hpp"

#include <utility>

namespace platform::restql {
namespace {

const QualifiedName body_rows{"", "pgrst_body"};

/// How many rows of this transaction's upserts were there already.
constexpr std::string_view updated_rows = "coalesce(nullif(current_setting('pgrst.updated', true), '')::bigint, 0)";

std::string rows_of_body(Sql& sql, WritePlan& plan, bool only_first) {
    return json_rows(sql, {.text = std::move(plan.body),
                           .columns = plan.columns,
                           .uses_defaults = plan.uses_defaults,
                           .only_first = only_first});
}

void append_where(Sql& sql, const QualifiedName& table, const WritePlan& plan) {
    if (plan.conditions.empty()) return;
    sql += " WHERE ";
    append_conditions(sql, table, plan.conditions);
}

std::string returned_columns(const WritePlan& plan) {
    const std::string table = quote_name(plan.relation->id);
    std::string text;
    for (const auto& name : plan.returning) {
        if (!text.empty()) text += ", ";
        text += table + "." + (name == "*" ? "*" : quote_name(name));
    }
    return text;
}

void append_returning(Sql& sql, const WritePlan& plan) {
    sql += " RETURNING " + (plan.returning.empty() ? "1" : returned_columns(plan));
}

void append_conflict(Sql& sql, const WritePlan& plan) {
    if (!plan.conflict) return;
    std::string keys;
    for (const auto& name : plan.conflict->columns) keys += (keys.empty() ? "" : ", ") + quote_name(name);
    sql += " ON CONFLICT (" + keys + ") DO ";
    if (plan.conflict->resolution == Resolution::ignore_duplicates || plan.columns.empty()) {
        sql += "NOTHING";
        return;
    }
    std::string assignments;
    for (const auto& column : plan.columns) {
        const std::string name = quote_name(column.name);
        assignments += (assignments.empty() ? "" : ", ") + name + " = excluded." + name;
    }
    sql += "UPDATE SET " + assignments + " WHERE set_config('pgrst.updated', (";
    sql += updated_rows;
    sql += " + 1)::text, true) IS NOT NULL";
}

void append_insert(Sql& sql, WritePlan& plan) {
    sql += "INSERT INTO " + quote_name(plan.relation->id);
    if (!plan.columns.empty()) sql += " (" + column_list(plan.columns) + ")";
    const std::string source = rows_of_body(sql, plan, false);
    sql += " SELECT " + column_list(plan.columns, quote_name(body_rows)) + " FROM " + source;
    append_where(sql, body_rows, plan);
    append_conflict(sql, plan);
    append_returning(sql, plan);
}

/// A body without columns changes nothing; the empty result has the columns that the answer is made from.
void append_no_update(Sql& sql, const WritePlan& plan) {
    sql += "SELECT " + (plan.returning.empty() ? "NULL" : returned_columns(plan)) + " FROM " +
           quote_name(plan.relation->id) + " WHERE false";
}

void append_update(Sql& sql, WritePlan& plan) {
    if (plan.columns.empty()) return append_no_update(sql, plan);
    std::string assignments;
    for (const auto& column : plan.columns) {
        const std::string name = quote_name(column.name);
        assignments += (assignments.empty() ? "" : ", ") + name + " = " + quote_name(body_rows) + "." + name;
    }
    const std::string source = rows_of_body(sql, plan, true);
    sql += "UPDATE " + quote_name(plan.relation->id) + " SET " + assignments + " FROM " + source;
    append_where(sql, plan.relation->id, plan);
    append_returning(sql, plan);
}

void append_delete(Sql& sql, const WritePlan& plan) {
    sql += "DELETE FROM " + quote_name(plan.relation->id);
    append_where(sql, plan.relation->id, plan);
    append_returning(sql, plan);
}

void append_change(Sql& sql, WritePlan& plan) {
    switch (plan.kind) {
        case WritePlan::Kind::insert:
        case WritePlan::Kind::put:
            return append_insert(sql, plan);
        case WritePlan::Kind::update:
            return append_update(sql, plan);
        case WritePlan::Kind::remove:
            return append_delete(sql, plan);
    }
}

/// {"id=eq.5"} when there is one row, with its values as JSON spells them.
std::string location(const WritePlan& plan) {
    if (plan.location_key.empty()) return "NULL::text[]";
    std::string names;
    for (const auto& name : plan.location_key) names += (names.empty() ? "" : ", ") + quote_literal(name);
    return "CASE WHEN count(_rows) = 1 THEN ARRAY(SELECT member.name || '=' || coalesce('eq.' || member.value, "
           "'is.null') FROM (SELECT row_to_json(changed) FROM pgrst_source AS changed LIMIT 1) AS head(object), "
           "json_each_text(head.object) AS member(name, value) WHERE member.name IN (" +
           names + ")) END";
}

/// The first operand has to come first: reading all of pgrst_source is what carries out the change.
std::string inserted_rows(const WritePlan& plan) {
    if (!plan.counts_inserted()) return "NULL::bigint";
    return "(SELECT count(*) FROM pgrst_source) - " + std::string(updated_rows);
}

}  // namespace

ApiResult<Sql> write_statement(WritePlan& plan) {
    Sql sql;
    sql += explain_prefix(plan.format) + "WITH pgrst_source AS (";
    append_change(sql, plan);
    sql += ")";
    const bool has_body = plan.format.kind != BodyFormat::Kind::none;
    if (has_body) {
        sql += ", pgrst_answer AS (";
        append_read(sql, *plan.read);
        sql += ")";
    }
    sql += " SELECT NULL::bigint AS total_result_set, count(_rows) AS page_total, " + location(plan) +
           " AS location, " + body_expression(plan.format, nullptr, "pgrst_answer") + " AS body";
    sql += response_settings();
    sql += ", " + inserted_rows(plan) + " AS response_inserted FROM (SELECT * FROM ";
    sql += has_body ? "pgrst_answer" : "pgrst_source";
    sql += ") AS _rows";
    return sql;
}

}  // namespace platform::restql
