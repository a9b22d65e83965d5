#pragma once

#include "platform/db/rows.hpp"
#include "platform/http/response.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace platform::restql {

/// The one row every main statement returns; what does not apply is null.
struct StatementResult {
    std::optional<std::int64_t> total{};            ///< total_result_set: rows without limit, when counted
    std::int64_t page_total = 0;                    ///< page_total: rows in the body, or affected
    std::vector<std::string> location{};            ///< "column=value" of the only inserted row's key
    http::SharedText body{};                        ///< body: refers to the rows it came from
    std::optional<std::string> response_headers{};  ///< GUC, JSON
    std::optional<std::string> response_status{};   ///< GUC
    std::optional<std::int64_t> inserted{};         ///< response_inserted, of an upsert
};

/// Reads the columns by name. No row (a write that a rule swallowed): nothing counted, nothing to tell.
StatementResult read_result(db::Rows rows);
/// The lines of EXPLAIN as the body.
StatementResult read_explain(const db::Rows& rows);
/// "Plan Rows" of EXPLAIN (FORMAT JSON), or nothing.
std::optional<std::int64_t> planned_rows(const db::Rows& rows);
/// "Total Cost" of the same.
std::optional<double> planned_cost(const db::Rows& rows);

}  // namespace platform::restql
