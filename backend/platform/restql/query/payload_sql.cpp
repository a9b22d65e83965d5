#include "platform/restql/query/payload_sql.hpp"

#include <utility>

namespace platform::restql {
namespace {

/// The record that PostgreSQL reads from an object: `"a" integer, "b" json`.
std::string record_definition(std::span<const BodyColumn> columns) {
    std::string text;
    for (const auto& column : columns) {
        text += (text.empty() ? "" : ", ") + quote_name(column.name) + " " + column.type;
    }
    return text;
}

std::string value_of(const BodyColumn& column) {
    const std::string field = "fields." + quote_name(column.name);
    return column.reader ? quote_name(column.reader->function) + "(" + field + ")" : field;
}

std::string values(std::span<const BodyColumn> columns) {
    std::string text;
    for (const auto& column : columns) {
        text += (text.empty() ? "" : ", ") + value_of(column) + " AS " + quote_name(column.name);
    }
    return text;
}

/// The object that holds every default.
std::string defaults(std::span<const BodyColumn> columns) {
    std::string text;
    for (const auto& column : columns) {
        if (!column.default_value) continue;
        text += (text.empty() ? "" : ", ") + quote_literal(column.name) + ", " + *column.default_value;
    }
    return "jsonb_build_object(" + text + ")";
}

/// Rows without columns.
std::string empty_rows(Sql& sql, JsonRows& rows) {
    if (is_json_object(rows.text)) return "SELECT";
    return "SELECT FROM json_array_elements(" + sql.bind(std::move(rows.text)) + "::json)";
}

/// Each object of the body laid over one of defaults.
std::string rows_with_defaults(Sql& sql, JsonRows& rows) {
    const bool is_object = is_json_object(rows.text);
    const std::string under = defaults(rows.columns);
    const std::string body = sql.bind(std::move(rows.text)) + "::jsonb";
    const std::string whole =
        is_object ? "SELECT " + under + " || " + body
                  : "SELECT jsonb_agg(" + under + " || elem.value) FROM jsonb_array_elements(" + body + ") AS elem";
    return "SELECT " + values(rows.columns) + " FROM (" + whole + ") AS whole(value), " +
           (is_object ? "jsonb_to_record" : "jsonb_to_recordset") + "(whole.value) AS fields(" +
           record_definition(rows.columns) + ")";
}

std::string plain_rows(Sql& sql, JsonRows& rows) {
    const std::string reader = is_json_object(rows.text) ? "json_to_record(" : "json_to_recordset(";
    return "SELECT " + values(rows.columns) + " FROM " + reader + sql.bind(std::move(rows.text)) +
           "::json) AS fields(" + record_definition(rows.columns) + ")";
}

}  // namespace

bool is_json_object(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

std::string json_rows(Sql& sql, JsonRows rows) {
    std::string text;
    if (rows.columns.empty()) {
        text = empty_rows(sql, rows);
    } else {
        text = rows.uses_defaults ? rows_with_defaults(sql, rows) : plain_rows(sql, rows);
    }
    if (rows.only_first) text += " LIMIT 1";
    return "(" + text + ") AS pgrst_body";
}

std::string column_list(std::span<const BodyColumn> columns, std::string_view prefix) {
    std::string text;
    for (const auto& column : columns) {
        if (!text.empty()) text += ", ";
        if (!prefix.empty()) text.append(prefix) += '.';
        text += quote_name(column.name);
    }
    return text;
}

}  // namespace platform::restql
