#pragma once

#include "platform/restql/query/sql.hpp"

#include <string>

namespace platform::restql {

/// `"table"."column"`, with its JSON path; keys of the path are parameters.
std::string field_sql(Sql& sql, const ReadPlan& plan, const Field& field);

/// One filter or logic tree as a boolean expression. Error: PGRST100 for a bad operand of `is`.
ApiResult<std::string> condition_sql(Sql& sql, const ReadPlan& plan, const Condition& condition);

/// A PostgreSQL array literal of texts.
std::string array_literal(const std::vector<std::string>& items);

}  // namespace platform::restql
