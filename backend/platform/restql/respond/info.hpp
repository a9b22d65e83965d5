#pragma once

#include "platform/http/response.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/schema/schema_cache.hpp"

namespace platform::restql {

/// OPTIONS: which methods a relation, a function or the root takes (Allow). Errors: PGRST205, PGRST202 (404).
ApiResult<http::Response> info_response(const SchemaCache& schema, const ApiRequest& request);

}  // namespace platform::restql
