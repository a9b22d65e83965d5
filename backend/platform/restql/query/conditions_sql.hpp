#pragma once

#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/sql.hpp"

#include <span>
#include <string>

namespace platform::restql {

/// Appends the field's value, without its representation.
void append_field(Sql& sql, const QualifiedName& table, const PlannedField& field);

/// Appends "a AND b AND …"; nothing when there are none. `table` qualifies the columns.
void append_conditions(Sql& sql, const QualifiedName& table, std::span<const PlannedCondition> conditions);

/// '{"a","b"}': an array's text form.
std::string array_literal(std::span<const std::string> items);

}  // namespace platform::restql
