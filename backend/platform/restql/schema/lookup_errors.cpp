#include "platform/restql/schema/lookup_errors.hpp"

#include "platform/restql/plan/resolve_function.hpp"
#include "platform/restql/schema/similar.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace platform::restql {
namespace {

// Beyond these, comparing all names would make a 404 dear (about 5 µs for each name).
constexpr std::size_t max_compared_relations = 500;  // as upstream
constexpr std::size_t max_compared_functions = 1000;
constexpr double least_name_similarity = 0.75;

template <class List, class F>
std::string joined(const List& list, F text) {
    std::string all;
    std::string_view separator;
    for (const auto& item : list) {
        all += separator;
        all += text(item);
        separator = ", ";
    }
    return all;
}

template <class List>
std::string joined(const List& list) {
    return joined(list, [](const auto& item) { return std::string(item); });
}

std::vector<std::string_view> relation_names(const SchemaCache& schema, std::string_view of) {
    std::vector<std::string_view> names;
    if (schema.relations_in(of) >= max_compared_relations) return names;
    for (const auto& relation : schema.relations()) {
        if (relation.id.schema == of) names.push_back(relation.id.name);
    }
    return names;
}

/// Another origin if there is none of that name, else another target. Nothing when both exist: then the hint was wrong.
std::optional<std::string> relationship_hint(const SchemaCache& schema, const QualifiedName& origin,
                                             std::string_view target) {
    const auto own = schema.relationships(origin, origin.schema);
    if (own.empty()) {
        if (schema.relation(origin)) return std::nullopt;  // spelled right: nothing relates to it
        auto names = relation_names(schema, origin.schema);
        std::erase_if(names, [&](std::string_view name) {
            return schema.relationships({origin.schema, std::string(name)}, origin.schema).empty();
        });
        const auto similar = most_similar(names, origin.name);
        if (!similar) return std::nullopt;
        return "Perhaps you meant '" + *similar + "' instead of '" + origin.name + "'.";
    }
    std::vector<std::string_view> names;
    for (const auto& relationship : own) names.push_back(relationship.target.name);
    for (const auto& similar : similar_names(names, target)) {
        if (similar.score < 1)
            return "Perhaps you meant '" + similar.name + "' instead of '" + std::string(target) + "'.";
    }
    return std::nullopt;
}

std::string column_list(const ColumnPairs& columns, std::string ColumnPairs::value_type::* side) {
    return "(" + joined(columns, [&](const auto& pair) { return pair.*side; }) + ")";
}

std::string_view cardinality_name(Cardinality cardinality) {
    switch (cardinality) {
        case Cardinality::many_to_one:
            return "many-to-one";
        case Cardinality::one_to_one:
            return "one-to-one";
        case Cardinality::one_to_many:
            return "one-to-many";
        case Cardinality::many_to_many:
            return "many-to-many";
    }
    return "";
}

std::string describe(const Relationship& relationship) {
    if (relationship.junction) {
        const auto& junction = *relationship.junction;
        return junction.relation.name + " using " + junction.origin_constraint +
               column_list(junction.origin_columns, &ColumnPairs::value_type::second) + " and " +
               junction.target_constraint + column_list(junction.target_columns, &ColumnPairs::value_type::second);
    }
    return relationship.constraint + " using " + relationship.origin.name +
           column_list(relationship.columns, &ColumnPairs::value_type::first) + " and " + relationship.target.name +
           column_list(relationship.columns, &ColumnPairs::value_type::second);
}

boost::json::object to_json(const Relationship& relationship) {
    if (relationship.function) return {};
    return {{"cardinality", cardinality_name(relationship.cardinality)},
            {"embedding", relationship.origin.name + " with " + relationship.target.name},
            {"relationship", describe(relationship)}};
}

/// The spelling that would name this one.
std::string hint_of(const Relationship* relationship) {
    if (relationship->function) return {};
    const auto& by = relationship->junction ? relationship->junction->relation.name : relationship->constraint;
    return "'" + relationship->target.name + "!" + by + "'";
}

/// "(a, b)", sorted: how the parameters of overloads are compared.
std::string as_one_text(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return "(" + joined(names) + ")";
}

std::optional<std::string> function_hint(const SchemaCache& schema, const QualifiedName& name, const CallShape& shape) {
    const auto overloads = schema.functions(name);
    std::optional<std::string> similar;
    if (overloads.empty()) {
        std::vector<std::string_view> names;
        const auto functions = schema.functions_of(name.schema);
        for (const auto* function : functions) {
            if (names.empty() || names.back() != function->id.name) names.push_back(function->id.name);
        }
        if (names.size() < max_compared_functions) similar = most_similar(names, name.name, least_name_similarity);
    } else {
        std::vector<std::string> lists;
        for (const auto& function : overloads) {
            std::vector<std::string> names;
            for (const auto& parameter : function.parameters) names.push_back(parameter.name);
            lists.push_back(as_one_text(std::move(names)));
        }
        const std::vector<std::string_view> views(lists.begin(), lists.end());
        similar = most_similar(views, as_one_text({shape.arguments.begin(), shape.arguments.end()}));
        if (similar) similar = name.name + *similar;
    }
    if (!similar) return std::nullopt;
    return "Perhaps you meant to call the function " + name.schema + "." + *similar;
}

/// The type of the unnamed parameter that takes such a body; nothing for JSON, whose keys may also be arguments.
std::string_view body_type(const CallShape& shape) {
    if (!shape.is_post) return {};
    switch (shape.content_type.kind) {
        case MediaType::Kind::plain_text:
            return "text";
        case MediaType::Kind::xml:
            return "xml";
        case MediaType::Kind::octet_stream:
            return "bytea";
        default:
            return {};
    }
}

}  // namespace

ApiError unknown_relation(const SchemaCache& schema, const QualifiedName& name) {
    ApiError error{404, "PGRST205",
                   "Could not find the table '" + name.schema + "." + name.name + "' in the schema cache"};
    const auto names = relation_names(schema, name.schema);
    if (const auto similar = most_similar(names, name.name, least_name_similarity)) {
        error.hint = "Perhaps you meant the table '" + name.schema + "." + *similar + "'";
    }
    return error;
}

ApiError unknown_column(const Relation& relation, std::string_view column) {
    return {
        400, "PGRST204",
        "Could not find the '" + std::string(column) + "' column of '" + relation.id.name + "' in the schema cache"};
}

ApiError no_relationship(const SchemaCache& schema, const QualifiedName& origin, std::string_view target,
                         const std::optional<std::string>& hint) {
    const std::string between = "'" + origin.name + "' and '" + std::string(target);
    ApiError error{400, "PGRST200", "Could not find a relationship between " + between + "' in the schema cache"};
    error.details = "Searched for a foreign key relationship between " + between +
                    (hint ? "' using the hint '" + *hint : "") + "' in the schema '" + origin.schema +
                    "', but no matches were found.";
    error.hint = relationship_hint(schema, origin, target);
    return error;
}

ApiError ambiguous_relationship(const QualifiedName& origin, std::string_view target,
                                std::span<const Relationship* const> found) {
    const std::string name(target);
    boost::json::array details;
    for (const auto* relationship : found) details.emplace_back(to_json(*relationship));
    ApiError error{
        300, "PGRST201",
        "Could not embed because more than one relationship was found for '" + origin.name + "' and '" + name + "'"};
    error.details_json = boost::json::serialize(details);
    error.hint = "Try changing '" + name + "' to one of the following: " + joined(found, hint_of) +
                 ". Find the desired relationship in the 'details' key.";
    return error;
}

ApiError no_function(const SchemaCache& schema, const QualifiedName& name, const CallShape& shape) {
    const std::string function = name.schema + "." + name.name;
    const auto arguments = joined(shape.arguments);
    const auto type = body_type(shape);
    ApiError error{404, "PGRST202", "Could not find the function " + function};
    std::string searched = " without parameters";
    if (!type.empty()) {
        searched = " with a single unnamed " + std::string(type) + " parameter";
    } else if (!shape.arguments.empty()) {
        error.message += "(" + arguments + ")";
        searched = (shape.arguments.size() > 1 ? " with parameters " : " with parameter ") + arguments;
    } else {
        error.message += searched;
    }
    if (shape.is_post && shape.content_type.kind == MediaType::Kind::json) {
        searched += " or with a single unnamed json/jsonb parameter";
    }
    error.message += " in the schema cache";
    error.details =
        "Searched for the function " + function + searched + ", but no matches were found in the schema cache.";
    if (type.empty()) error.hint = function_hint(schema, name, shape);
    return error;
}

ApiError ambiguous_function(std::span<const Function* const> candidates) {
    const auto signature = [](const Function* function) {
        const auto parameters = joined(function->parameters, [](const auto& p) { return p.name + " => " + p.type; });
        return function->id.schema + "." + function->id.name + "(" + parameters + ")";
    };
    ApiError error{300, "PGRST203",
                   "Could not choose the best candidate function between: " + joined(candidates, signature)};
    error.hint =
        "Try renaming the parameters or the function itself in the database so function overloading can be resolved";
    return error;
}

}  // namespace platform::restql
