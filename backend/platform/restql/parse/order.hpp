#pragma once

#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/lexer.hpp"

#include <string_view>
#include <vector>

namespace platform::restql {

/// The value of order=. Error: PGRST100.
ApiResult<std::vector<OrderTerm>> parse_order(std::string_view text, Budget& budget);

}  // namespace platform::restql
