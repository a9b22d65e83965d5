#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"

#include <string_view>

namespace platform::restql {

/// `["not."] op "." value` of a parameter whose key is `field`.
ApiResult<Filter> parse_filter(Field field, std::string_view value);
/// The value of and=, or=, not.and=, not.or=: "(…)".
ApiResult<Condition> parse_logic(bool is_or, bool is_negated, std::string_view value);
ApiResult<std::vector<OrderTerm>> parse_order(std::string_view value);

}  // namespace platform::restql
