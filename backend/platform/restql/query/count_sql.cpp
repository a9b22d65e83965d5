#include "platform/restql/query/count_sql.hpp"

#include "platform/restql/query/level_sql.hpp"
#include "platform/restql/query/select_sql.hpp"

namespace platform::restql {
namespace {

/// "SELECT what FROM …" of the level's rows without its window. Embeds only matter where they drop rows.
void append_bare_rows(Sql& sql, const ReadPlan& plan, std::string_view what) {
    ((sql += "SELECT ") += what) += " FROM ";
    if (plan.is_aggregated()) {
        sql += "(";
        append_level(sql, plan, {.has_window = false});
        sql += ") AS _groups";
        return;
    }
    append_source(sql, plan);
    bool is_first = true;
    append_join_conditions(sql, plan, is_first);
    append_row_conditions(sql, plan, is_first, [](const ReadPlan& embed) { return embed.is_inner; });
}

bool is_counted(const ApiRequest& request) {
    const auto& count = request.preferences.count;
    return count == Count::exact || count == Count::estimated;
}

/// Whether the page may hold fewer rows than there are.
bool is_cut(const ApiRequest& request, const Options& options) {
    return options.max_rows || request.has_limit_zero || request.window.limit || request.window.offset > 0;
}

}  // namespace

void append_exists(Sql& sql, const ReadPlan& embed) {
    sql += "EXISTS (";
    append_bare_rows(sql, embed, "1");
    const bool can_be_emptied = embed.window.offset > 0 || embed.window.limit == 0;
    if (can_be_emptied) append_window(sql, embed);
    sql += ")";
}

Sql count_statement(const ReadPlan& plan) {
    Sql sql;
    append_bare_rows(sql, plan, "1");
    return sql;
}

void append_total(Sql& sql, const ReadPlan& plan, const ApiRequest& request, const Options& options) {
    if (!is_counted(request)) {
        sql += "NULL::bigint";
    } else if (!is_cut(request, options)) {
        sql += "count(*)";
    } else if (request.preferences.count == Count::estimated && options.max_rows) {
        // One row more than the limit tells that there are more; the planner's guess is then asked.
        sql += "(SELECT count(*) FROM (";
        append_bare_rows(sql, plan, "1");
        ((sql += " LIMIT ") += sql.bind(std::to_string(*options.max_rows + 1))) += ") AS _counted)";
    } else {
        sql += "(";
        append_bare_rows(sql, plan, "count(*)");
        sql += ")";
    }
}

}  // namespace platform::restql
