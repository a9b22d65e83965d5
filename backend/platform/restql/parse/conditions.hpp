#pragma once

#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/lexer.hpp"

#include <optional>
#include <string_view>

/// Filters and trees of them. Errors: PGRST100, also for what exceeds the budget.
namespace platform::restql {

/// `["not."] op "." value`: the value of a parameter whose key is a field.
ApiResult<Operation> parse_operation(std::string_view text, Budget& budget);
/// The same of a function called by GET: nothing when the text has no operator and so is an argument.
ApiResult<std::optional<Operation>> parse_operation_or_argument(std::string_view text, Budget& budget);

/// The value of a parameter whose key ends in `op`: `and`, `or`, `not.and` or `not.or`.
ApiResult<Condition> parse_logic(std::string_view op, std::string_view text, Budget& budget);

}  // namespace platform::restql
