#pragma once

#include "platform/restql/plan/negotiate.hpp"
#include "platform/restql/query/sql.hpp"

#include <string>

namespace platform::restql {

/// "EXPLAIN (…) " when the format is a plan, else nothing: stands in front of every main statement.
std::string explain_prefix(const BodyFormat& format);

/// EXPLAIN (FORMAT JSON) of a statement: for planned counts and cost limits.
Sql explained(Sql statement);

}  // namespace platform::restql
