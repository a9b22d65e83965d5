#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::restql {

inline constexpr std::size_t max_embed_depth = 8;
inline constexpr std::size_t max_select_items = 256;
inline constexpr std::size_t max_list_items = 10'000;
inline constexpr std::size_t max_conditions = 256;

/// Decoded parameters in the order sent. Errors: PGRST100 (grammar), PGRST108 (a filter on what is not embedded).
ApiResult<ParsedQuery> parse_query(const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace platform::restql
