#include "platform/restql/plan/fields.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

bool is_full_text(const Operation* operation) {
    return operation && operation->op.ends_with("fts");
}

/// A representation is of the column's value; what a path leads to inside it is of another type.
const Representation* representation_of(const SchemaCache& schema, const PlannedField& field, FieldUse use) {
    if (field.type.empty() || !field.path.empty()) return nullptr;
    if (use == FieldUse::output) return schema.representation(field.type, "json");
    if (use == FieldUse::filter) return schema.representation("text", field.type);
    if (use == FieldUse::body) return schema.representation("json", field.type);
    return nullptr;
}

}  // namespace

PlannedField plan_field(const SchemaCache& schema, const Relation* relation, const Field& field, FieldUse use,
                        const Operation* operation) {
    PlannedField planned{.name = field.name, .path = field.path};
    const Column* column = relation ? relation->find(field.name) : nullptr;
    if (column) planned.type = column->nominal_type;
    planned.needs_jsonb = planned.type != "json" && planned.type != "jsonb";
    // A computed column's type is not known: it is left as it is, and may well be a tsvector.
    const bool is_text = column && column->type != "tsvector";
    if (is_full_text(operation) && is_text) planned.vector = TextVector{operation->language};
    planned.representation = representation_of(schema, planned, use);
    if (planned.representation && use == FieldUse::body) planned.type = "json";
    return planned;
}

std::string json_path_name(const PlannedField& field) {
    const auto last_key =
        std::find_if(field.path.rbegin(), field.path.rend(), [](const JsonStep& step) { return !step.is_index; });
    return last_key == field.path.rend() ? field.name : last_key->key;
}

}  // namespace platform::restql
