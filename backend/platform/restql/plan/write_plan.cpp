#include "platform/restql/plan/write_plan.hpp"

#include "platform/restql/plan/strict_preferences.hpp"
#include "platform/restql/query/payload_sql.hpp"
#include "platform/restql/schema/lookup_errors.hpp"

#include <algorithm>
#include <set>

namespace platform::restql {
namespace {

WritePlan::Kind kind_of(Action action) {
    switch (action) {
        case Action::put:
            return WritePlan::Kind::put;
        case Action::update:
            return WritePlan::Kind::update;
        case Action::remove:
            return WritePlan::Kind::remove;
        default:
            return WritePlan::Kind::insert;
    }
}

bool is_plain_equality(const Filter& filter) {
    const Operation& operation = filter.operation;
    return operation.op == "eq" && !operation.is_negated && operation.quantifier == Quantifier::none &&
           filter.field.path.empty();
}

/// PUT names one row: each key column once or more by eq, and nothing else.
bool names_one_row(const Relation& relation, const ParsedQuery& query) {
    std::set<std::string> named;
    for (const auto& condition : query.conditions) {
        const auto* filter = std::get_if<Filter>(&condition.value);
        if (!filter || !condition.path.empty() || !is_plain_equality(*filter)) return false;
        named.insert(filter->field.name);
    }
    return !named.empty() && named == std::set<std::string>(relation.key.begin(), relation.key.end());
}

ApiError not_one_row() {
    return {.status = 405,
            .code = "PGRST105",
            .message = "Filters must include all and only primary key columns with 'eq' operators"};
}

/// In the words of the extension pg-safeupdate.
ApiError no_where_clause(WritePlan::Kind kind) {
    return {.status = 400,
            .code = "21000",
            .message =
                kind == WritePlan::Kind::remove ? "DELETE requires a WHERE clause" : "UPDATE requires a WHERE clause"};
}

/// Names of what the body brings, each once.
std::set<std::string> sent_columns(const ApiRequest& request) {
    const Payload& payload = request.payload;
    std::set<std::string> names;
    if (payload.kind == Payload::Kind::json) names.insert(payload.keys.begin(), payload.keys.end());
    if (payload.kind == Payload::Kind::raw && request.query.columns) {
        names.insert(request.query.columns->begin(), request.query.columns->end());
    }
    return names;
}

/// What missing=default puts for a column, as the body would have spelled it.
std::optional<std::string> default_of(const SchemaCache& schema, const Column& column, const PlannedField& field) {
    if (!column.default_value || !field.representation) return column.default_value;
    const auto* writer = schema.representation(column.nominal_type, "json");
    if (!writer) return column.default_value;
    return quote_name(writer->function) + "(CAST(" + *column.default_value + " AS " + column.nominal_type + "))";
}

ApiResult<void> plan_columns(WritePlan& plan, const SchemaCache& schema, const ApiRequest& request) {
    for (const auto& name : sent_columns(request)) {
        const Column* column = plan.relation->find(name);
        if (!column) return unknown_column(*plan.relation, name);
        PlannedField field = plan_field(schema, plan.relation, Field{name}, FieldUse::body);
        auto default_value = default_of(schema, *column, field);
        plan.columns.push_back({name, std::move(field.type), field.representation, std::move(default_value)});
    }
    return {};
}

void plan_conflict(WritePlan& plan, const ApiRequest& request) {
    const auto& resolution = request.preferences.resolution;
    if (plan.kind == WritePlan::Kind::put) {
        plan.conflict = Conflict{Resolution::merge_duplicates, plan.relation->key};
    } else if (plan.kind == WritePlan::Kind::insert && resolution) {
        auto columns = request.query.on_conflict.value_or(plan.relation->key);
        if (!columns.empty()) plan.conflict = Conflict{*resolution, std::move(columns)};
    }
}

/// What RETURNING brings back, and the Location made of it.
void plan_answer(WritePlan& plan, const ApiRequest& request) {
    const auto& returns = request.preferences.returns;
    if (!returns || *returns == Return::minimal) return;
    auto names = returning_columns(*plan.read);
    if (!names.contains("*")) names.insert(plan.relation->key.begin(), plan.relation->key.end());
    plan.returning.assign(names.begin(), names.end());
    if (plan.kind == WritePlan::Kind::insert && *returns == Return::headers_only) {
        plan.location_key = plan.relation->key;
    }
}

void take_body(WritePlan& plan, Payload& payload) {
    if (payload.kind == Payload::Kind::json) plan.rows = payload.rows;
    plan.body = std::move(payload.text);
}

/// Objects in JSON: of an array the commas of its own level and one. What is no JSON is left to PostgreSQL to refuse.
std::size_t count_objects(std::string_view text) {
    if (is_json_object(text)) return 1;
    int depth = 0;
    std::size_t commas = 0;
    bool is_empty = true;
    bool is_in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_in_string) {
            if (c == '\\') ++i;
            if (c == '"') is_in_string = false;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (c == ']' || c == '}') --depth;
        if (depth > 0) is_empty = false;
        if (depth == 1 && c == ',') ++commas;
        if (c == '[' || c == '{') ++depth;
        if (c == '"') is_in_string = true;
    }
    return is_empty ? 0 : commas + 1;
}

}  // namespace

bool WritePlan::counts_inserted() const {
    return conflict && conflict->resolution == Resolution::merge_duplicates;
}

ApiResult<WritePlan> plan_write(const SchemaCache& schema, const Options& options, ApiRequest& request) {
    const QualifiedName name{request.schema, request.name};
    auto read = plan_read(schema, options, request, name, ReadSource::mutation);
    if (!read) return read.error();
    WritePlan plan;
    plan.kind = kind_of(request.action);
    plan.relation = schema.relation(name);
    plan.read = std::move(*read);

    const bool is_put = plan.kind == WritePlan::Kind::put;
    if (is_put && !names_one_row(*plan.relation, request.query)) return not_one_row();
    const bool has_body = plan.kind != WritePlan::Kind::remove;
    if (has_body) {
        if (auto planned = plan_columns(plan, schema, request); !planned) return planned.error();
        take_body(plan, request.payload);
        plan.uses_defaults = !is_put && request.preferences.missing == Missing::use_default;
    }
    if (plan.kind != WritePlan::Kind::insert) plan.conditions = plan_root_conditions(schema, name, request.query);
    plan_conflict(plan, request);
    plan_answer(plan, request);
    if (auto refused = refuse_preferences(request.preferences)) return std::move(*refused);
    auto format = negotiate(schema, options, request, name, plan.read->has_default_select());
    if (!format) return format.error();
    plan.format = std::move(*format);

    const bool changes_rows =
        plan.kind == WritePlan::Kind::remove || (plan.kind == WritePlan::Kind::update && !plan.columns.empty());
    if (options.requires_filter && changes_rows && plan.conditions.empty()) return no_where_clause(plan.kind);
    return plan;
}

ApiResult<void> check_inserted_rows(const WritePlan& plan, std::int64_t limit) {
    if (plan.kind != WritePlan::Kind::insert) return {};
    const std::size_t rows = plan.rows ? *plan.rows : count_objects(plan.body);
    if (rows <= static_cast<std::size_t>(std::max<std::int64_t>(limit, 0))) return {};
    return ApiError{.status = 413,
                    .code = "54000",
                    .message = "Too many rows in one request",
                    .details = "At most " + std::to_string(limit) + " rows may be inserted at once."};
}

}  // namespace platform::restql
