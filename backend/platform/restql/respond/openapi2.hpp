#pragma once

#include "platform/db/rows.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/query/sql.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <string>
#include <vector>

namespace platform::restql {

/// What decides which of the schema the document shows: statements to run as the caller, in this order: names of the
/// relations and ids of the functions that the role may use (only with follow_privileges), and the schema's comment.
std::vector<Sql> openapi2_queries(const std::string& schema, const Options& options);

/// The OpenAPI 2.0 document of one schema (data-api.md §1.12). `replies`: of openapi2_queries(), in order.
std::string openapi2(const SchemaCache& schema, const std::string& schema_name, const Options& options,
                     const std::vector<db::Rows>& replies);

}  // namespace platform::restql
