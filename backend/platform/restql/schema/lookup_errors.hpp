#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What a client reads when a name is not in the schema cache, or stands for several things.
namespace platform::restql {

struct CallShape;

/// PGRST205, 404
ApiError unknown_relation(const SchemaCache& schema, const QualifiedName& name);
/// PGRST204, 400
ApiError unknown_column(const Relation& relation, std::string_view column);
/// PGRST200, 400. `target` and `hint` as the client spelled them.
ApiError no_relationship(const SchemaCache& schema, const QualifiedName& origin, std::string_view target,
                         const std::optional<std::string>& hint);
/// PGRST201, 300
ApiError ambiguous_relationship(const QualifiedName& origin, std::string_view target,
                                std::span<const Relationship* const> found);
/// PGRST202, 404
ApiError no_function(const SchemaCache& schema, const QualifiedName& name, const CallShape& shape);
/// PGRST203, 300
ApiError ambiguous_function(std::span<const Function* const> candidates);

}  // namespace platform::restql
