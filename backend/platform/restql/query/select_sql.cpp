#include "platform/restql/query/select_sql.hpp"

#include "platform/restql/query/conditions_sql.hpp"
#include "platform/restql/query/level_sql.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

/// How the rows of an embed come to their parent's row.
enum class Shape : std::uint8_t {
    none,   ///< it shows nothing; as `inner` it is a condition
    value,  ///< a subquery in the select list: run for the rows that are left after ORDER BY and LIMIT only
    join,   ///< JOIN LATERAL: may be planned as any other join
};

bool is_ordered_by(const ReadPlan& parent, const ReadPlan& embed) {
    return std::ranges::any_of(parent.order, [&](const PlannedOrder& term) { return term.embed == &embed; });
}

/// Whether the key behind the relationship is sure to be unique. A view's rows may repeat, and so may a function's.
bool has_one_row(const ReadPlan& embed) {
    const auto& relationship = *embed.relationship;
    return relationship.is_to_one() && !relationship.function && !relationship.target_is_view;
}

Shape shape_of(const ReadPlan& parent, const ReadPlan& embed) {
    if (is_ordered_by(parent, embed)) return Shape::join;
    if (!embed.is_spread && embed.is_empty() && (embed.is_inner || embed.conditions.empty())) return Shape::none;
    const bool cuts_ordered_rows = parent.window.limit && !parent.order.empty() && !parent.is_aggregated();
    const bool fits_value = !embed.is_spread && (!embed.is_to_one() || has_one_row(embed));
    return cuts_ordered_rows && fits_value ? Shape::value : Shape::join;
}

/// CAST( aggregate( CAST( representation( field ) AS cast ) ) AS aggregate_cast ), each part where it is wanted.
template <class AppendValue>
void append_wrapped(Sql& sql, const std::optional<Aggregate>& aggregate, const std::string& cast, AppendValue append) {
    if (!cast.empty()) sql += "CAST(";
    if (aggregate) (sql += aggregate_name(*aggregate)) += "(";
    append();
    if (aggregate) sql += ")";
    if (!cast.empty()) ((sql += " AS ") += cast) += ")";
}

void append_alias(Sql& sql, const std::string& alias) {
    if (!alias.empty()) (sql += " AS ") += quote_name(alias);
}

void append_column(Sql& sql, const ReadPlan& plan, const PlannedColumn& column) {
    append_wrapped(sql, column.aggregate, column.aggregate_cast, [&] {
        if (column.aggregate == Aggregate::count && column.field.name == "*") {
            sql += "*";
            return;
        }
        append_wrapped(sql, std::nullopt, column.cast, [&] {
            const auto* representation = column.field.representation;
            if (representation) (sql += quote_name(representation->function)) += "(";
            append_field(sql, {"", plan.alias}, column.field);
            if (representation) sql += ")";
        });
    });
    append_alias(sql, column.alias);
}

/// "SELECT … FROM … " of one level, written from left to right.
class LevelWriter {
public:
    LevelWriter(Sql& sql, const ReadPlan& plan, LevelParts parts)
        : sql_(sql), plan_(plan), parts_(parts), is_grouped_(plan.is_aggregated()) {}

    void write() {
        sql_ += "SELECT ";
        write_items();
        sql_ += " FROM ";
        append_source(sql_, plan_);
        for (const auto& embed : plan_.embeds) {
            if (shape_of(plan_, *embed) == Shape::join) write_join(*embed);
        }
        write_where();
        write_group();
        if (!parts_.has_window) return;
        write_order();
        append_window(sql_, plan_);
    }

private:
    /// Begins the next item of the select list; `is_key`: equal values of it make a group.
    void next_item(bool is_key) {
        if (items_++ > 0) sql_ += ", ";
        if (is_key) group_keys_.push_back(items_);
    }

    void write_items() {
        if (plan_.columns.empty() && plan_.embeds.empty()) {
            (sql_ += quote_name(plan_.alias)) += ".*";
            return;
        }
        for (const auto& column : plan_.columns) {
            next_item(!column.aggregate);
            append_column(sql_, plan_, column);
        }
        for (const auto& embed : plan_.embeds) {
            if (embed->is_spread) {
                write_spread(*embed);
            } else if (!embed->is_empty()) {
                next_item(true);
                write_embed(*embed);
                append_alias(sql_, embed->name());
            }
        }
    }

    void write_embed(const ReadPlan& embed) {
        const std::string rows = quote_name(embed.row_alias);
        const bool is_value = shape_of(plan_, embed) == Shape::value;
        if (is_value) {
            sql_ += embed.is_to_one() ? "(SELECT to_jsonb(" : "COALESCE((SELECT jsonb_agg(";
            (sql_ += rows) += ".*) FROM (";
            append_read(sql_, embed);
            ((sql_ += ") AS ") += rows) += embed.is_to_one() ? ")" : "), '[]')";
        } else if (embed.is_to_one()) {
            ((sql_ += "to_jsonb(") += rows) += ".*)";
        } else {
            ((sql_ += "COALESCE(") += rows) += ".\"rows\", '[]')";
        }
    }

    void write_spread(const ReadPlan& embed) {
        for (const auto& column : embed.spread) {
            // A to-one spread hands aggregates on to its own parent.
            const bool takes_aggregate = column.aggregate && !plan_.is_to_one_spread();
            next_item(!takes_aggregate);
            const auto append = [&] {
                (sql_ += quote_name(embed.row_alias)) += ".";
                sql_ += column.name == "*" ? "*" : quote_name(column.name);
            };
            if (takes_aggregate) {
                append_wrapped(sql_, column.aggregate, column.aggregate_cast, append);
                append_alias(sql_, column.alias);
            } else {
                append();
            }
        }
    }

    void write_join(const ReadPlan& embed) {
        sql_ += embed.is_inner ? " INNER JOIN LATERAL (" : " LEFT JOIN LATERAL (";
        if (embed.is_to_one()) {
            append_read(sql_, embed);
        } else {
            write_gathered(embed);
        }
        ((sql_ += ") AS ") += quote_name(embed.row_alias)) += " ON true";
    }

    /// All rows of the embed as one: an array, or one array per column of a spread.
    void write_gathered(const ReadPlan& embed) {
        sql_ += embed.is_spread ? "SELECT count(*)" : "SELECT jsonb_agg(_row.*) AS \"rows\"";
        for (const auto& column : embed.spread) {
            const std::string name = quote_name(column.name);
            (((sql_ += ", COALESCE(jsonb_agg(_row.") += name) += "), '[]') AS ") += name;
        }
        sql_ += " FROM (";
        append_read(sql_, embed);
        sql_ += ") AS _row";
        if (embed.is_inner) sql_ += " HAVING count(*) > 0";
    }

    void write_where() {
        bool is_first = true;
        append_join_conditions(sql_, plan_, is_first);
        append_row_conditions(sql_, plan_, is_first, [&](const ReadPlan& embed) {
            return embed.is_inner && shape_of(plan_, embed) != Shape::join;
        });
    }

    void write_group() {
        if (!is_grouped_ || group_keys_.empty()) return;
        sql_ += " GROUP BY ";
        for (std::size_t i = 0; i < group_keys_.size(); ++i) {
            if (i > 0) sql_ += ", ";
            sql_ += std::to_string(group_keys_[i]);
        }
    }

    void write_order() {
        bool is_first = true;
        for (const auto& term : plan_.order) {
            sql_ += std::exchange(is_first, false) ? " ORDER BY " : ", ";
            append_field(sql_, {"", term.embed ? term.embed->row_alias : plan_.alias}, term.field);
            if (term.is_descending) sql_ += *term.is_descending ? " DESC" : " ASC";
            if (term.nulls_first) sql_ += *term.nulls_first ? " NULLS FIRST" : " NULLS LAST";
        }
    }

    Sql& sql_;
    const ReadPlan& plan_;
    LevelParts parts_;
    bool is_grouped_;
    std::size_t items_ = 0;
    std::vector<std::size_t> group_keys_;
};

}  // namespace

void append_level(Sql& sql, const ReadPlan& plan, LevelParts parts) {
    LevelWriter(sql, plan, parts).write();
}

void append_read(Sql& sql, const ReadPlan& plan) {
    append_level(sql, plan, {.has_window = true});
}

}  // namespace platform::restql
