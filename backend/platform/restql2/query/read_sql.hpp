#pragma once

#include "platform/restql2/plan/negotiate.hpp"
#include "platform/restql2/plan/read_plan.hpp"
#include "platform/restql2/query/count_sql.hpp"
#include "platform/restql2/query/select_sql.hpp"
#include "platform/restql2/query/sql.hpp"

namespace platform::restql {

/// The one-row statement of a read, with the columns of StatementResult; explained when the format is a plan.
ApiResult<Sql> read_statement(const ReadPlan& plan, const BodyFormat& format, const ApiRequest& request,
                              const Options& options);

/// One row per line for NDJSON: a single text column, read in single-row mode.
Sql row_statement(const ReadPlan& plan);

}  // namespace platform::restql
