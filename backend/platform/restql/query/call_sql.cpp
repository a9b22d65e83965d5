#include "platform/restql/query/call_sql.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/restql/query/body_sql.hpp"
#include "platform/restql/query/count_sql.hpp"
#include "platform/restql/query/explain_sql.hpp"
#include "platform/restql/query/payload_sql.hpp"
#include "platform/restql/query/select_sql.hpp"

#include <utility>
#include <vector>

namespace platform::restql {
namespace {

/// `name := value` of one argument.
std::string named(const Parameter& parameter, const std::string& value) {
    return (parameter.is_variadic ? "VARIADIC " : "") + quote_name(parameter.name) + " := " + value;
}

std::string texts(Sql& sql, CallPlan& plan) {
    std::string list;
    for (auto& [parameter, value] : plan.arguments) {
        if (!list.empty()) list += ", ";
        list += named(*parameter, sql.bind(std::move(value)) + "::" + parameter->type_with_length);
    }
    return list;
}

std::string members(const CallPlan& plan) {
    std::string list;
    for (const auto* parameter : plan.parameters) {
        if (!list.empty()) list += ", ";
        list += named(*parameter, "pgrst_body." + quote_name(parameter->name));
    }
    return list;
}

/// Bytes cannot be sent as a text parameter; base64 takes less room on the way than PostgreSQL's own hex form.
std::string whole(Sql& sql, CallPlan& plan) {
    const std::string& type = plan.parameters.front()->type;
    if (type == "bytea") return "decode(" + sql.bind(crypto::base64_encode(plan.body)) + ", 'base64')";
    return sql.bind(std::move(plan.body)) + "::" + type;
}

std::string argument_list(Sql& sql, CallPlan& plan) {
    switch (plan.passing) {
        case CallPlan::Passing::nothing:
            return "";
        case CallPlan::Passing::texts:
            return texts(sql, plan);
        case CallPlan::Passing::body:
            return members(plan);
        case CallPlan::Passing::whole:
            return whole(sql, plan);
    }
    return "";
}

/// One row with the arguments that a JSON body holds.
std::string argument_row(Sql& sql, CallPlan& plan) {
    std::vector<BodyColumn> columns;
    for (const auto* parameter : plan.parameters) columns.push_back({parameter->name, parameter->type_with_length});
    return json_rows(sql, {.text = std::move(plan.body), .columns = columns, .only_first = true});
}

std::string result_columns(const CallPlan& plan) {
    if (plan.returning.empty()) return "*";
    std::string text;
    for (const auto& name : plan.returning) {
        if (!text.empty()) text += ", ";
        text += name == "*" ? "pgrst_call.*" : "pgrst_call." + quote_name(name);
    }
    return text;
}

/// The SELECT of the function's result: rows, or one column named pgrst_scalar.
void append_call(Sql& sql, CallPlan& plan) {
    const bool uses_body = plan.passing == CallPlan::Passing::body;
    const std::string row = uses_body ? argument_row(sql, plan) : "";
    const std::string call = quote_name(plan.function->id) + "(" + argument_list(sql, plan) + ")";
    if (plan.function->returns.is_composite) {
        sql += "SELECT " + result_columns(plan) + " FROM " + (uses_body ? row + ", LATERAL " : "") + call +
               " AS pgrst_call";
    } else {
        sql += "SELECT " + call + " AS pgrst_scalar" + (uses_body ? " FROM " + row : "");
    }
}

/// A single result is one row even when a filter hides it.
std::string page_total(const CallPlan& plan) {
    if (!aggregates_rows(plan.format)) return "1";
    return plan.function->returns.is_set ? "count(_rows)" : "greatest(count(_rows), 1)";
}

}  // namespace

ApiResult<Sql> call_statement(CallPlan& plan, const ApiRequest& request, const Options& options) {
    Sql sql;
    sql += explain_prefix(plan.format) + "WITH pgrst_source AS (";
    append_call(sql, plan);
    sql += "), pgrst_answer AS (";
    append_read(sql, *plan.read);
    sql += ") SELECT ";
    if (aggregates_rows(plan.format) || !request.preferences.count) {
        append_total(sql, *plan.read, request, options);
    } else {
        sql += "1";
    }
    sql += " AS total_result_set, " + page_total(plan) + " AS page_total, " +
           body_expression(plan.format, plan.function, "pgrst_answer") + " AS body";
    sql += response_settings();
    sql += ", NULL::text[] AS location, NULL::bigint AS response_inserted FROM (SELECT * FROM pgrst_answer) AS _rows";
    return sql;
}

}  // namespace platform::restql
