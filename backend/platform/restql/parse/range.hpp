#pragma once

#include "platform/http/headers.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/query_string.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::restql {

struct Windows {
    Window root{};
    bool has_limit_zero = false;
    std::vector<std::pair<std::string, Window>> embedded{};  ///< by key: relation.limit
};

/// limit and offset of every level; the root's meet the Range header, which counts for GET only. What is no number is
/// ignored, and of a repeated key the last value counts. Errors: PGRST103 (416) where the root's window is empty,
/// unless by limit=0; PGRST114 (400) where PUT has one.
ApiResult<Windows> parse_windows(std::span<const QueryParameter> parameters, std::string_view method,
                                 const http::Headers& headers);

}  // namespace platform::restql
