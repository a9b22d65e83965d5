#pragma once

#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/lexer.hpp"

#include <string_view>
#include <vector>

namespace platform::restql {

/// The value of select=; a list without items is empty. Error: PGRST100, also for what exceeds the budget.
ApiResult<std::vector<SelectItem>> parse_select(std::string_view text, Budget& budget);

}  // namespace platform::restql
