#include "platform/restql/plan/embed.hpp"

#include "platform/restql/schema/lookup_errors.hpp"

#include <string>
#include <vector>

namespace platform::restql {
namespace {

/// The only column on one side of the foreign key; nothing when there are several, or a junction between.
const std::string* single_column(const Relationship& relationship, bool of_origin) {
    if (relationship.columns.size() != 1 || relationship.cardinality == Cardinality::many_to_many) return nullptr;
    const auto& pair = relationship.columns.front();
    return of_origin ? &pair.first : &pair.second;
}

bool is_single_column(const Relationship& relationship, bool of_origin, const std::string& name) {
    const auto* column = single_column(relationship, of_origin);
    return column && *column == name;
}

bool is_constraint(const Relationship& relationship, const std::string& name) {
    return relationship.cardinality != Cardinality::many_to_many && relationship.constraint == name;
}

/// A foreign key of a relation to itself is two relationships: the relation's name means its children, the column's
/// name the parent; a hint picks the children of that column.
bool matches_self(const Relationship& relationship, const Embed& embed) {
    const bool is_children = embed.target == relationship.target.name &&  //
                             relationship.cardinality == Cardinality::one_to_many;
    if (embed.hint) return is_children && is_single_column(relationship, false, *embed.hint);
    return is_children ||
           (relationship.cardinality == Cardinality::many_to_one && is_single_column(relationship, true, embed.target));
}

bool matches_hint(const Relationship& relationship, const std::string& hint) {
    return is_constraint(relationship, hint) || is_single_column(relationship, true, hint) ||
           is_single_column(relationship, false, hint) ||
           (relationship.junction && relationship.junction->relation.name == hint);
}

bool matches(const Relationship& relationship, const Embed& embed) {
    if (relationship.function) return embed.target == relationship.function->name;
    if (relationship.is_self) return matches_self(relationship, embed);
    const bool names_target = embed.target == relationship.target.name;
    if (embed.hint) return names_target && matches_hint(relationship, *embed.hint);
    if (names_target) return true;
    return !relationship.target_is_view &&
           (is_constraint(relationship, embed.target) || is_single_column(relationship, true, embed.target));
}

}  // namespace

ApiResult<const Relationship*> find_relationship(const SchemaCache& schema, const QualifiedName& origin,
                                                 const Embed& embed) {
    std::vector<const Relationship*> found;
    for (const auto& relationship : schema.relationships(origin, origin.schema)) {
        if (matches(relationship, embed)) found.push_back(&relationship);
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) return no_relationship(schema, origin, embed.target, embed.hint);
    return ambiguous_relationship(origin, embed.target, found);
}

}  // namespace platform::restql
