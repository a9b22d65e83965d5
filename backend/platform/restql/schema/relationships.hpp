#pragma once

#include "platform/restql/schema/catalog.hpp"
#include "platform/restql/schema/model.hpp"
#include "platform/restql/schema/view_keys.hpp"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace platform::restql {

struct RelationshipSources {
    std::span<const ForeignKeyRow> foreign_keys;
    std::span<const UniqueKeyRow> unique_keys;
    std::span<const ComputedRelationshipRow> computed;
    const ViewKeys& views;
    std::set<std::string> exposed;                                             ///< schemas
    std::function<const std::vector<std::string>*(const QualifiedName&)> key;  ///< primary key of an exposed relation
};

/// Every relationship between exposed relations, sorted as upstream lists them: those of foreign keys, also through
/// views, their inverses, many-to-many ones through an exposed junction, and computed ones, which take the place of
/// those that lead to a relation of the function's name.
std::vector<Relationship> derive_relationships(const RelationshipSources& sources);

}  // namespace platform::restql
