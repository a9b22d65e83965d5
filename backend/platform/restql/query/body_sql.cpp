#include "platform/restql/query/body_sql.hpp"

namespace platform::restql {
namespace {

struct Values {
    std::string what;     ///< what of each row is shown
    bool is_one = false;  ///< there is one row, and no array around it
    bool is_scalar = false;
};

Values values_of(const Function* function) {
    if (!function) return {"_rows"};
    const auto& returns = function->returns;
    const bool is_scalar = returns.is_scalar();
    if (is_scalar || returns.is_set_of_scalar()) return {"_rows.pgrst_scalar", is_scalar, is_scalar};
    return {"_rows", !returns.is_set, false};
}

std::string json_array(const std::string& values, bool strips_nulls) {
    return strips_nulls ? "json_strip_nulls(json_agg(" + values + "))" : "json_agg(" + values + ")";
}

std::string json_body(const Values& values, bool strips_nulls) {
    if (values.is_one) return "coalesce(" + json_array(values.what, strips_nulls) + "->0, 'null')";
    return "coalesce(" + json_array(values.what, strips_nulls) + ", '[]')";
}

/// The first value, whatever it is: who reads the answer has asked for exactly one.
std::string object_body(const Values& values, bool strips_nulls) {
    const std::string& what = values.is_scalar ? values.what : std::string("_rows");
    return "coalesce(" + json_array(what, strips_nulls) + "->0, 'null')";
}

/// Header line from the keys of the first row; then each row's text form without its parentheses.
std::string csv_body(std::string_view source) {
    return "(SELECT coalesce(string_agg(_key, ','), '') FROM (SELECT json_object_keys(row_to_json(_first.*)) AS _key "
           "FROM (SELECT * FROM " +
           std::string(source) +
           " LIMIT 1) AS _first) AS _keys) || E'\\n' || coalesce(string_agg(substring(_rows::text, 2, "
           "length(_rows::text) - 2), E'\\n'), '')";
}

/// The handler's value; its binary form where that is what clients of the wire get (a jsonb one begins with 0x01).
std::string handler_body(const MediaHandler& handler, const Values& values) {
    std::string value = values.what;
    if (handler.is_aggregate) {
        const bool casts_rows = !values.is_scalar && handler.relation;
        if (casts_rows) value += "::" + quote_name(*handler.relation);
        value = quote_name(handler.function) + "(" + value + ")";
    }
    return handler.base_type == "jsonb" ? "jsonb_send(" + value + ")" : value;
}

}  // namespace

bool aggregates_rows(const BodyFormat& format) {
    return format.kind != BodyFormat::Kind::handler || format.handler->is_aggregate;
}

std::string body_expression(const BodyFormat& format, const Function* function, std::string_view csv_source) {
    const Values values = values_of(function);
    switch (format.kind) {
        case BodyFormat::Kind::none:
        case BodyFormat::Kind::ndjson:  // the rows themselves are the answer
            return "''";
        case BodyFormat::Kind::json:
            return json_body(values, false);
        case BodyFormat::Kind::json_stripped:
            return json_body(values, true);
        case BodyFormat::Kind::object:
            return object_body(values, false);
        case BodyFormat::Kind::object_stripped:
            return object_body(values, true);
        case BodyFormat::Kind::csv:
            return csv_body(csv_source);
        case BodyFormat::Kind::geojson:
            return "json_build_object('type', 'FeatureCollection', 'features', "
                   "coalesce(json_agg(ST_AsGeoJSON(_rows)::json), '[]'))";
        case BodyFormat::Kind::handler:
            return handler_body(*format.handler, values);
    }
    return {};
}

std::string_view response_settings() {
    return ", nullif(current_setting('response.headers', true), '') AS response_headers"
           ", nullif(current_setting('response.status', true), '') AS response_status";
}

}  // namespace platform::restql
