#pragma once

#include "platform/restql/plan/write_plan.hpp"
#include "platform/restql/query/sql.hpp"

namespace platform::restql {

/// The statement that changes the rows and answers with a StatementResult, all in one. The body moves from the plan
/// into a parameter, as it was sent.
///
/// Upserts count the rows they updated in the transaction-local setting `pgrst.updated`: (xmax = 0) would do without,
/// but views, foreign and partitioned tables have no such column to return, and reading it needs SELECT on the table.
/// Several upserts in one transaction each need `SET LOCAL pgrst.updated TO ''` before them.
ApiResult<Sql> write_statement(WritePlan& plan);

}  // namespace platform::restql
