#pragma once

#include "platform/http/request.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/query/sql.hpp"

namespace platform::restql {

/// Rows to insert from a JSON body: its columns are those of `columns=`, else of the first object, and all objects must
/// have the same. Errors: PGRST102 (400, the body), PGRST204 (400, an unknown column).
ApiResult<InsertPlan> plan_insert(const Relation& relation, const ParsedQuery& query, const http::Request& request);

}  // namespace platform::restql
