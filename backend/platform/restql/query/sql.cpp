#include "platform/restql/query/sql.hpp"

#include "platform/db/quote.hpp"
#include "platform/restql/query/conditions_sql.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace platform::restql {
namespace {

/// Types a client may cast to. Casting to a type of ours (an enum, a domain) belongs to the full data API.
constexpr std::array<std::string_view, 24> cast_types{
    "text",        "varchar", "int",      "int2",   "int4",
    "int8",        "integer", "smallint", "bigint", "numeric",
    "decimal",     "float4",  "float8",   "real",   "double precision",
    "boolean",     "bool",    "date",     "time",   "timestamp",
    "timestamptz", "uuid",    "json",     "jsonb"};

class ReadBuilder {
public:
    explicit ReadBuilder(Sql& sql) : sql_(sql) {}

    /// SELECT … of one level. `source` is what it reads from, already aliased.
    std::string level(const ReadPlan& plan, const std::string& source, const std::string& join_condition) {
        std::string joins;
        std::string columns;
        std::string inner;
        std::size_t next_embed = 0;
        for (const auto& item : plan.read->select) {
            if (!columns.empty()) columns += ", ";
            if (const auto* column = std::get_if<SelectColumn>(&item)) {
                columns += select_column(plan, *column);
            } else {
                const ReadPlan& child = *plan.embeds[next_embed++];
                joins += embed(plan, child);
                columns += embed_column(child);
                if (child.is_inner && is_to_many(child)) inner += " AND " + lateral(child) + ".rows IS NOT NULL";
            }
        }
        if (columns.empty()) columns = "NULL";
        std::string text = "SELECT " + columns + " FROM " + source + joins + " WHERE " +
                           (join_condition.empty() ? "true" : join_condition) + inner;
        append_where(text, plan);
        append_order(text, plan);
        append_limit(text, plan);
        return text;
    }

    /// The same rows without select list, order and limit, counted.
    std::string count(const ReadPlan& plan, const std::string& source) {
        std::string text = "SELECT count(*) FROM " + source + " WHERE true";
        for (const auto& child : plan.embeds) {
            if (child->is_inner)
                text += " AND EXISTS (" + level(*child, table(*child), join_condition(plan, *child)) + ")";
        }
        append_where(text, plan);
        return text;
    }

    static std::string table(const ReadPlan& plan) {
        const std::string name = quote_name(plan.relation->schema) + "." + quote_name(plan.relation->name);
        return plan.alias == plan.relation->name ? name : name + " AS " + quote_name(plan.alias);
    }

    std::optional<ApiError> failure;

private:
    static bool is_to_many(const ReadPlan& plan) { return plan.relationship->cardinality == Cardinality::one_to_many; }
    static std::string lateral(const ReadPlan& plan) { return quote_name("embed_" + plan.alias); }

    static std::string join_condition(const ReadPlan& parent, const ReadPlan& child) {
        std::string text;
        const auto& relationship = *child.relationship;
        for (std::size_t i = 0; i < relationship.columns.size(); ++i) {
            text += (i == 0 ? "" : " AND ") + quote_name(child.alias) + "." +
                    quote_name(relationship.target_columns[i]) + " = " + quote_name(parent.alias) + "." +
                    quote_name(relationship.columns[i]);
        }
        return text;
    }

    std::string select_column(const ReadPlan& plan, const SelectColumn& column) {
        if (column.field.name == "*") return quote_name(plan.alias) + ".*";
        std::string text = field_sql(sql_, plan, column.field);
        if (!column.cast.empty()) {
            if (std::find(cast_types.begin(), cast_types.end(), column.cast) == cast_types.end()) {
                failure =
                    ApiError{.status = 400, .code = "42704", .message = "type \"" + column.cast + "\" does not exist"};
                return text;
            }
            text = "(" + text + ")::" + column.cast;
        }
        std::string name = column.alias;
        if (name.empty() && !column.field.path.empty()) name = json_name(column.field);
        if (name.empty() && !column.cast.empty()) name = column.field.name;
        return name.empty() ? text : text + " AS " + quote_name(name);
    }

    static std::string json_name(const Field& field) {
        for (auto step = field.path.rbegin(); step != field.path.rend(); ++step) {
            if (!step->is_index) return step->key;
        }
        return field.name;
    }

    std::string embed(const ReadPlan& parent, const ReadPlan& child) {
        const std::string rows = level(child, table(child), join_condition(parent, child));
        const std::string join = child.is_inner && !is_to_many(child) ? " INNER" : " LEFT";
        if (is_to_many(child)) {
            return join + " JOIN LATERAL (SELECT json_agg(r)::jsonb AS rows FROM (" + rows + ") AS r) AS " +
                   lateral(child) + " ON true";
        }
        return join + " JOIN LATERAL (" + rows + ") AS " + lateral(child) + " ON true";
    }

    static std::string embed_column(const ReadPlan& child) {
        if (is_to_many(child)) return "COALESCE(" + lateral(child) + ".rows, '[]') AS " + quote_name(child.name);
        return "row_to_json(" + lateral(child) + ".*)::jsonb AS " + quote_name(child.name);
    }

    void append_where(std::string& text, const ReadPlan& plan) {
        for (const auto& condition : plan.read->where) {
            auto part = condition_sql(sql_, plan, condition);
            if (!part) {
                failure = part.error();
                return;
            }
            text += " AND " + *part;
        }
    }

    void append_order(std::string& text, const ReadPlan& plan) {
        std::string list;
        for (const auto& term : plan.read->order) {
            list += (list.empty() ? " ORDER BY " : ", ") + field_sql(sql_, plan, term.field);
            list += term.is_descending ? " DESC" : " ASC";
            if (term.nulls_first) list += *term.nulls_first ? " NULLS FIRST" : " NULLS LAST";
        }
        text += list;
    }

    void append_limit(std::string& text, const ReadPlan& plan) {
        if (plan.read->limit) text += " LIMIT " + std::to_string(*plan.read->limit);
        if (plan.read->offset && *plan.read->offset > 0) text += " OFFSET " + std::to_string(*plan.read->offset);
    }

    Sql& sql_;
};

std::string body_sql(ReadOptions options) {
    if (!options.has_body) return "''";
    if (options.shape == BodyShape::object) return "coalesce(json_agg(_t)->0, 'null')::text";
    return "coalesce(json_agg(_t), '[]')::text";
}

std::string outer_select(const std::string& total, const std::string& keys, ReadOptions options) {
    return " SELECT " + total + " AS total, count(_t) AS page_total, " + keys + " AS keys, " + body_sql(options) +
           " AS body FROM (SELECT * FROM pgrst_source) AS _t";
}

std::string name_list(const std::vector<const Column*>& columns) {
    std::string list;
    for (const auto* column : columns) list += (list.empty() ? "" : ", ") + quote_name(column->name);
    return list;
}

void collect_fields(const Condition& condition, std::set<std::string>& names) {
    if (const auto* filter = std::get_if<Filter>(&condition)) {
        names.insert(filter->field.name);
        return;
    }
    for (const auto& inner : std::get<std::unique_ptr<Logic>>(condition)->conditions) collect_fields(inner, names);
}

/// The columns of the inserted rows that the rest of the statement reads. Not all of them: a role may be allowed to see
/// some only.
std::string returning(const ReadPlan& plan) {
    std::set<std::string> names;
    for (const auto& item : plan.read->select) {
        if (const auto* column = std::get_if<SelectColumn>(&item)) names.insert(column->field.name);
    }
    if (names.contains("*")) return "*";
    for (const auto& condition : plan.read->where) collect_fields(condition, names);
    for (const auto& term : plan.read->order) names.insert(term.field.name);
    for (const auto& embed : plan.embeds)
        names.insert(embed->relationship->columns.begin(), embed->relationship->columns.end());
    std::string list;
    for (const auto& name : names) list += (list.empty() ? "" : ", ") + quote_name(name);
    return list.empty() ? "1" : list;
}

/// The key of a row as a JSON object of texts, for Location.
std::string key_sql(const Relation& relation) {
    std::string text;
    for (const auto& column : relation.columns) {
        if (!column.is_key) continue;
        if (!text.empty()) text += ", ";
        db::append_literal(text, column.name);
        text += ", " + quote_name(column.name) + "::text";
    }
    return text.empty() ? "NULL::text" : "json_build_object(" + text + ")::text";
}

}  // namespace

std::string Sql::bind(std::string value) {
    params.emplace_back(std::move(value));
    return "$" + std::to_string(params.size());
}

std::string quote_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

ApiResult<Sql> build_read(const ReadPlan& plan, ReadOptions options) {
    Sql sql;
    ReadBuilder builder(sql);
    const std::string rows = builder.level(plan, ReadBuilder::table(plan), "");
    std::string total = "NULL::bigint";
    if (options.counts_total) total = "(" + builder.count(plan, ReadBuilder::table(plan)) + ")";
    if (builder.failure) return std::move(*builder.failure);
    sql.text = "WITH pgrst_source AS (" + rows + ")" + outer_select(total, "NULL::text", options);
    return sql;
}

ApiResult<Sql> build_insert(const InsertPlan& insert, const ReadPlan& plan, ReadOptions options) {
    Sql sql;
    const std::string table = quote_name(insert.relation->schema) + "." + quote_name(insert.relation->name);
    const std::string payload = sql.bind(insert.payload);
    std::string statement = "INSERT INTO " + table;
    if (insert.columns.empty()) {
        statement += " SELECT FROM json_array_elements(" + payload + "::json)";
    } else {
        std::string definitions;
        for (const auto* column : insert.columns) {
            definitions += (definitions.empty() ? "" : ", ") + quote_name(column->name) + " " + column->type;
        }
        statement += " (" + name_list(insert.columns) + ") SELECT " + name_list(insert.columns) +
                     " FROM json_to_recordset(" + payload + "::json) AS _ (" + definitions + ")";
    }
    if (!insert.returns_rows) {
        const std::string keys = insert.returns_keys ? key_sql(*insert.relation) : "NULL::text";
        sql.text = "WITH pgrst_source AS (" + statement + " RETURNING " + keys +
                   " AS keys) SELECT NULL::bigint AS total, count(*) AS page_total, min(keys) AS keys, '' AS body FROM "
                   "pgrst_source";
        return sql;
    }
    ReadBuilder builder(sql);
    const std::string rows = builder.level(plan, "pgrst_inserted AS " + quote_name(plan.alias), "");
    if (builder.failure) return std::move(*builder.failure);
    sql.text = "WITH pgrst_inserted AS (" + statement + " RETURNING " + returning(plan) + "), pgrst_source AS (" +
               rows + ")" + outer_select("NULL::bigint", "NULL::text", options);
    return sql;
}

}  // namespace platform::restql
