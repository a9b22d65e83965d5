#include "platform/restql/respond/openapi2_parts.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <array>

namespace platform::restql::openapi2_parts {
namespace {

namespace json = boost::json;

struct TypeName {
    std::string_view sql, json;
    std::string_view format{};  ///< empty: as SQL spells it
};

// json and jsonb may hold anything: no type.
constexpr std::array type_names = std::to_array<TypeName>({
    {"boolean", "boolean"},
    {"smallint", "integer", "int32"},
    {"integer", "integer", "int32"},
    {"bigint", "integer", "int64"},
    {"numeric", "number"},
    {"real", "number"},
    {"double precision", "number"},
    {"json", ""},
    {"jsonb", ""},
});

bool is_array(std::string_view type) {
    return type.ends_with("[]");
}

std::string_view json_type(std::string_view type) {
    const auto found = std::find_if(type_names.begin(), type_names.end(), [&](const auto& t) { return t.sql == type; });
    if (found != type_names.end()) return found->json;
    return is_array(type) ? "array" : "string";
}

std::string_view format_of(std::string_view type) {
    const auto found = std::find_if(type_names.begin(), type_names.end(), [&](const auto& t) { return t.sql == type; });
    return found == type_names.end() || found->format.empty() ? type : found->format;
}

json::object typed(std::string_view type) {
    json::object object{{"format", format_of(type)}};
    const auto own = json_type(type);
    if (!own.empty()) object["type"] = own;
    if (own == "array") {
        const auto element = json_type(type.substr(0, type.size() - 2));
        object["items"] = element.empty() ? json::object{} : json::object{{"type", element}};
    }
    return object;
}

/// A default that is a plain value: a number, true, or the text in '…'::type. Expressions are shown for texts only.
std::optional<json::value> default_of(const Column& column) {
    if (!column.default_value) return std::nullopt;
    std::string_view text = *column.default_value;
    boost::system::error_code error;
    if (json_type(column.type) != "string") {
        auto value = json::parse(text, error);
        return error ? std::nullopt : std::optional(std::move(value));
    }
    const std::string cast = "::" + column.type;
    if (text.ends_with(cast)) text = trimmed(text.substr(0, text.size() - cast.size()), "'");
    return json::value(text);
}

/// The relation's own foreign key on just this column; one to a table rather than to a view.
const Relationship* foreign_key(const Relation& relation, const Column& column, const SchemaCache& schema) {
    const Relationship* through_view = nullptr;
    for (const auto& r : schema.relationships(relation.id, relation.id.schema)) {
        const bool is_forward =
            r.cardinality == Cardinality::many_to_one || (r.cardinality == Cardinality::one_to_one && !r.is_parent);
        if (r.function || !is_forward || r.columns.size() != 1 || r.columns[0].first != column.name) continue;
        if (!r.target_is_view) return &r;
        if (!through_view) through_view = &r;
    }
    return through_view;
}

std::optional<std::string> describe(const Relation& relation, const Column& column, const SchemaCache& schema) {
    std::string note;
    if (std::find(relation.key.begin(), relation.key.end(), column.name) != relation.key.end()) {
        note = "\nThis is a Primary Key.<pk/>";
    }
    if (const auto* key = foreign_key(relation, column, schema)) {
        const auto& table = key->target.name;
        const auto& target = key->columns[0].second;
        note += "\nThis is a Foreign Key to `" + table + "." + target + "`.<fk table='" + table + "' column='" +
                target + "'/>";
    }
    if (note.empty()) return column.description;
    return (column.description ? *column.description + "\n\n" : "") + "Note:" + note;
}

json::object property(const Relation& relation, const Column& column, const SchemaCache& schema) {
    auto object = typed(column.type);
    if (auto value = default_of(column)) object["default"] = std::move(*value);
    if (const auto description = describe(relation, column, schema)) object["description"] = *description;
    if (!column.enum_values.empty()) object["enum"] = json::value_from(column.enum_values);
    if (column.max_length) object["maxLength"] = *column.max_length;
    return object;
}

json::object reference(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/" + std::string(kind) + "/" + std::string(name)}};
}

json::object parameter(std::string_view name, std::string_view in, std::string_view description) {
    return {{"name", name}, {"in", in}, {"required", false}, {"type", "string"}, {"description", description}};
}

json::object preference(json::array values) {
    auto object = parameter("Prefer", "header", "Preference");
    if (!values.empty()) object["enum"] = std::move(values);
    return object;
}

json::object response(std::string_view description) {
    return {{"description", description}};
}

/// What operations on the same thing share.
json::object operation(std::string tag, const std::optional<std::string>& comment) {
    json::object object{{"tags", json::array{std::move(tag)}}};
    const auto [summary, description] = split_comment(comment);
    if (summary) object["summary"] = *summary;
    if (description) object["description"] = *description;
    return object;
}

json::object with(json::object operation, json::array parameters, json::object responses) {
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    operation["responses"] = std::move(responses);
    return operation;
}

std::string row_filter(const Relation& relation, const Column& column) {
    return "rowFilter." + relation.id.name + "." + column.name;
}

/// The filters of every column, then the named ones.
json::array parameters_of(const Relation& relation, bool has_filters, std::vector<std::string> names) {
    json::array list;
    if (has_filters) {
        for (const auto& column : relation.columns)
            list.push_back(reference("parameters", row_filter(relation, column)));
    }
    for (const auto& name : names) list.push_back(reference("parameters", name));
    return list;
}

json::object arguments_schema(const Function& function) {
    json::object schema{{"type", "object"}};
    if (function.description) schema["description"] = *function.description;
    json::object properties;
    json::array required;
    for (const auto& parameter : function.parameters) {
        properties[parameter.name] = typed(parameter.type);
        if (parameter.is_required) required.emplace_back(parameter.name);
    }
    if (!properties.empty()) schema["properties"] = std::move(properties);
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

json::object query_argument(const Parameter& argument) {
    json::object object{{"name", argument.name}, {"in", "query"}, {"required", argument.is_required}};
    if (argument.is_variadic && is_array(argument.type)) {
        const std::string_view element(argument.type.data(), argument.type.size() - 2);
        json::object items{{"format", format_of(element)}};
        if (const auto type = json_type(element); !type.empty()) items["type"] = type;
        object["type"] = "array";
        object["items"] = std::move(items);
        object["collectionFormat"] = "multi";
        return object;
    }
    // An array is written {a,b} in a query string, and JSON is text there.
    const auto type = json_type(argument.type);
    object["type"] = type.empty() || type == "array" ? "string" : type;
    object["format"] = format_of(argument.type);
    return object;
}

}  // namespace

std::pair<std::optional<std::string>, std::optional<std::string>> split_comment(
    const std::optional<std::string>& comment) {
    if (!comment) return {};
    const auto end = comment->find('\n');
    if (end == std::string::npos) return {*comment, std::nullopt};
    const auto rest = comment->find_first_not_of('\n', end);
    return {comment->substr(0, end), rest == std::string::npos ? std::nullopt : std::optional(comment->substr(rest))};
}

json::object definition(const Relation& relation, const SchemaCache& schema) {
    json::object object{{"type", "object"}};
    if (relation.description) object["description"] = *relation.description;
    json::object properties;
    json::array required;
    for (const auto& column : relation.columns) {
        properties[column.name] = property(relation, column, schema);
        if (!column.is_nullable) required.emplace_back(column.name);
    }
    if (!properties.empty()) object["properties"] = std::move(properties);
    if (!required.empty()) object["required"] = std::move(required);
    return object;
}

json::object relation_path(const Relation& relation) {
    const auto& name = relation.id.name;
    const auto common = operation(name, relation.description);
    auto rows = response("OK");
    rows["schema"] = json::object{{"type", "array"}, {"items", reference("definitions", name)}};
    json::object path;
    path["get"] =
        with(common,
             parameters_of(relation, true, {"select", "order", "range", "rangeUnit", "offset", "limit", "preferCount"}),
             {{"200", std::move(rows)}, {"206", response("Partial Content")}});
    if (!relation.is_insertable && !relation.is_updatable && !relation.is_deletable) return path;
    path["post"] = with(common, parameters_of(relation, false, {"body." + name, "select", "preferPost"}),
                        {{"201", response("Created")}});
    path["delete"] = with(common, parameters_of(relation, true, {"preferReturn"}), {{"204", response("No Content")}});
    path["patch"] = with(common, parameters_of(relation, true, {"body." + name, "preferReturn"}),
                         {{"204", response("No Content")}});
    return path;
}

json::object function_path(const Function& function) {
    auto common = operation("(rpc) " + function.id.name, function.description);
    common["produces"] = json::array{"application/json", "application/vnd.pgrst.object+json;nulls=stripped",
                                     "application/vnd.pgrst.object+json"};
    json::object path;
    if (function.volatility != Volatility::volatile_) {
        json::array arguments;
        for (const auto& argument : function.parameters) arguments.push_back(query_argument(argument));
        path["get"] = with(common, std::move(arguments), {{"200", response("OK")}});
    }
    json::object body{{"name", "args"}, {"in", "body"}, {"required", true}, {"schema", arguments_schema(function)}};
    path["post"] =
        with(std::move(common), {std::move(body), reference("parameters", "preferParams")}, {{"200", response("OK")}});
    return path;
}

json::object common_parameters() {
    auto range_unit = parameter("Range-Unit", "header", "Limiting and Pagination");
    range_unit["default"] = "items";
    return {
        {"preferParams", preference({})},
        {"preferReturn", preference({"return=representation", "return=minimal", "return=none"})},
        {"preferCount", preference({"count=none"})},
        {"preferPost", preference({"return=representation", "return=minimal", "return=none",
                                   "resolution=ignore-duplicates", "resolution=merge-duplicates"})},
        {"select", parameter("select", "query", "Filtering Columns")},
        {"on_conflict", parameter("on_conflict", "query", "On Conflict")},
        {"order", parameter("order", "query", "Ordering")},
        {"range", parameter("Range", "header", "Limiting and Pagination")},
        {"rangeUnit", std::move(range_unit)},
        {"offset", parameter("offset", "query", "Limiting and Pagination")},
        {"limit", parameter("limit", "query", "Limiting and Pagination")},
    };
}

void add_parameters(json::object& parameters, const Relation& relation) {
    const auto& name = relation.id.name;
    parameters["body." + name] = json::object{{"name", name},
                                              {"in", "body"},
                                              {"required", false},
                                              {"description", name},
                                              {"schema", reference("definitions", name)}};
    for (const auto& column : relation.columns) {
        json::object filter{{"name", column.name}, {"in", "query"}, {"required", false}, {"type", "string"}};
        if (column.description) filter["description"] = *column.description;
        parameters[row_filter(relation, column)] = std::move(filter);
    }
}

json::array row_media_types() {
    return {"application/json", "application/vnd.pgrst.object+json;nulls=stripped", "application/vnd.pgrst.object+json",
            "text/csv"};
}

}  // namespace platform::restql::openapi2_parts
