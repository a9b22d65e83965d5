#pragma once

#include "platform/db/rows.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <vector>

namespace platform::restql {

/// GET and HEAD of the root only speak OpenAPI. Error: PGRST107 (406).
ApiResult<> check_inspection(const ApiRequest& request);

/// `replies`: of openapi2_queries().
http::Response inspection_response(const ApiRequest& request, const SchemaCache& schema, const Options& options,
                                   const std::vector<db::Rows>& replies);

}  // namespace platform::restql
