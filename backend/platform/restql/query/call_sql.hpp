#pragma once

#include "platform/restql/plan/call_plan.hpp"
#include "platform/restql/query/sql.hpp"

namespace platform::restql {

/// The statement that calls the function once and answers with a StatementResult. The body moves from the plan into a
/// parameter, as it was sent.
ApiResult<Sql> call_statement(CallPlan& plan, const ApiRequest& request, const Options& options);

}  // namespace platform::restql
