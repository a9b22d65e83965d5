#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/media_type.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <set>
#include <string>

namespace platform::restql {

/// What of a request chooses between the overloads of a function.
struct CallShape {
    std::set<std::string> arguments;  ///< names
    MediaType content_type{};
    bool is_post = false;
};

/// The one overload whose required parameters are all given and which knows every argument; else, of a POST, the one
/// with a single unnamed parameter that takes a body of this content type (data-api.md §1.8).
/// Errors: PGRST202 (404), PGRST203 (300).
ApiResult<const Function*> resolve_function(const SchemaCache& schema, const QualifiedName& name,
                                            const CallShape& shape);

}  // namespace platform::restql
