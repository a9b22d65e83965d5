#pragma once

#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/sql.hpp"

#include <cstdint>
#include <optional>

namespace platform::restql {

/// A SELECT with one row for each of the plan's rows, its window left out: for EXPLAIN (FORMAT JSON), whose "Plan Rows"
/// is the planned count.
Sql count_statement(const ReadPlan& plan);

/// Appends the expression of total_result_set: the number of rows without window (up to max_rows + 1 when it is only
/// estimated), null when it was not asked for.
void append_total(Sql& sql, const ReadPlan& plan, const ApiRequest& request, const Options& options);

}  // namespace platform::restql
