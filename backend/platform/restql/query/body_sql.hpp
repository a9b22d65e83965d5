#pragma once

#include "platform/restql/plan/negotiate.hpp"
#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/sql.hpp"

#include <string>
#include <string_view>

namespace platform::restql {

/// The alias of the rows in every main statement.
constexpr std::string_view rows_alias = "_rows";

/// The aggregate (see aggregates_rows) over "FROM (SELECT …) AS _rows" that makes the body. `function`: whose result
/// the rows are; a scalar's value is their column pgrst_scalar. `csv_source`: a CTE with the same rows, read a second
/// time for CSV's header line.
std::string body_expression(const BodyFormat& format, const Function* function = nullptr,
                            std::string_view csv_source = source_cte);

/// False: the body is the value of the only row, and the statement must not aggregate.
bool aggregates_rows(const BodyFormat& format);

/// The settings by which SQL speaks to the answer: ", … AS response_headers, … AS response_status".
std::string_view response_settings();

}  // namespace platform::restql
