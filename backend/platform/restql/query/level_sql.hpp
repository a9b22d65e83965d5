#pragma once

#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/sql.hpp"

#include <functional>

/// The parts that the rows of a level, their existence and their number are asked with.
namespace platform::restql {

struct LevelParts {
    bool has_window = true;  ///< ORDER BY, LIMIT and OFFSET
};

void append_level(Sql& sql, const ReadPlan& plan, LevelParts parts);

/// What stands behind FROM: the relation, its junction beside it, or the function of a computed relationship.
void append_source(Sql& sql, const ReadPlan& plan);

/// " WHERE a = b AND …": how the level's rows belong to its parent's. `is_first` says whether WHERE is still to come.
void append_join_conditions(Sql& sql, const ReadPlan& plan, bool& is_first);

/// Goes on with the filters, and EXISTS for each embed that `requires_rows` picks.
void append_row_conditions(Sql& sql, const ReadPlan& plan, bool& is_first,
                           const std::function<bool(const ReadPlan&)>& requires_rows);

/// " LIMIT $1 OFFSET $2" where the plan has them and they can matter.
void append_window(Sql& sql, const ReadPlan& plan);

}  // namespace platform::restql
