#pragma once

#include "platform/db/rows.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <vector>

namespace platform::restql {

/// GET and HEAD of the root only speak OpenAPI: 2.0, or 3.1 to who asks for it by name. Error: PGRST107 (406).
ApiResult<MediaType> inspection_media(const ApiRequest& request, const Options& options);

/// `replies`: of openapi2_queries().
http::Response inspection_response(const ApiRequest& request, const SchemaCache& schema, const Options& options,
                                   const std::vector<db::Rows>& replies, const MediaType& media);

}  // namespace platform::restql
