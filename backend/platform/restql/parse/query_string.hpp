#pragma once

#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/lexer.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::restql {

/// `key=value`, or `key` without a value; both decoded.
struct QueryParameter {
    std::string key;
    std::optional<std::string> value;
};

/// Parameters between & or ;, where + is a space. Error: 22021 (400), for what is no text of PostgreSQL: other bytes
/// than UTF-8's, or NUL; PGRST100 for more parameters than any request has.
ApiResult<std::vector<QueryParameter>> decode_parameters(std::string_view text);

/// All but limit and offset. Upstream checks order, and/or, columns, select, filters and on_conflict in this order, so
/// that is what the error of a query with several faults tells. Error: PGRST100.
/// `is_function_read`: a value without an operator is an argument.
ApiResult<ParsedQuery> parse_query(std::span<const QueryParameter> parameters, bool is_function_read, Budget& budget);

/// `path.path.field`, the key of a filter, an order, a limit.
struct TreePath {
    std::vector<std::string> path{};
    Field field{};
};
/// Error: PGRST100.
ApiResult<TreePath> parse_key(const std::string& key, Budget& budget);
/// What follows the key's last dot, as it is spelled.
std::string_view last_word(std::string_view key);

/// Every parameter sorted by key, form-encoded; values of one key are joined by commas.
std::string canonical_query(std::span<const QueryParameter> parameters);

/// PostgreSQL's error for text that it would not take, or nothing.
std::optional<ApiError> check_text(std::string_view text);

}  // namespace platform::restql
