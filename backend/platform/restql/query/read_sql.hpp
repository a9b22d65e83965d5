#pragma once

#include "platform/restql/plan/negotiate.hpp"
#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/count_sql.hpp"
#include "platform/restql/query/select_sql.hpp"
#include "platform/restql/query/sql.hpp"

namespace platform::restql {

/// The one-row statement of a read, with the columns of StatementResult; explained when the format is a plan. NDJSON's
/// has a row per line instead, with a single text column.
ApiResult<Sql> read_statement(const ReadPlan& plan, const BodyFormat& format, const ApiRequest& request,
                              const Options& options);

}  // namespace platform::restql
