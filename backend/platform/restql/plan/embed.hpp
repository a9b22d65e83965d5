#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <string_view>

namespace platform::restql {

/// The relationship that `embed` names, seen from `origin` (data-api.md §1.3). Errors: PGRST200, PGRST201.
ApiResult<const Relationship*> find_relationship(const SchemaCache& schema, const QualifiedName& origin,
                                                 const Embed& embed);

}  // namespace platform::restql
