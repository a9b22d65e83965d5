#include "platform/restql/query/read_sql.hpp"

#include "platform/restql/query/body_sql.hpp"
#include "platform/restql/query/explain_sql.hpp"

namespace platform::restql {
namespace {

Sql row_statement(const ReadPlan& plan, const BodyFormat& format) {
    Sql sql{.text = explain_prefix(format), .params = {}};
    sql += "SELECT row_to_json(_rows.*)::text AS line FROM (";
    append_read(sql, plan);
    sql += ") AS _rows";
    return sql;
}

}  // namespace

ApiResult<Sql> read_statement(const ReadPlan& plan, const BodyFormat& format, const ApiRequest& request,
                              const Options& options) {
    if (format.kind == BodyFormat::Kind::ndjson) return row_statement(plan, format);
    const bool is_csv = format.kind == BodyFormat::Kind::csv;
    Sql sql{.text = explain_prefix(format), .params = {}};
    if (is_csv) {
        // Its header line is read from the rows as well: they stand in a CTE, so that they are made once.
        ((sql += "WITH ") += source_cte) += " AS (";
        append_read(sql, plan);
        sql += ") ";
    }
    sql += "SELECT ";
    append_total(sql, plan, request, options);
    ((sql += " AS total_result_set, count(*) AS page_total, ") += body_expression(format)) += " AS body";
    (sql += response_settings()) += ", NULL::text[] AS location, NULL::bigint AS response_inserted FROM ";
    if (is_csv) {
        sql += source_cte;
    } else {
        sql += "(";
        append_read(sql, plan);
        sql += ")";
    }
    sql += " AS _rows";
    return sql;
}

}  // namespace platform::restql
