#pragma once

#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/query/sql.hpp"

namespace platform::restql {

/// Appends the SELECT of the plan's rows: its columns, then its embeds.
void append_read(Sql& sql, const ReadPlan& plan);

/// Appends EXISTS (…): whether the embed has rows for a row of its parent.
void append_exists(Sql& sql, const ReadPlan& embed);

}  // namespace platform::restql
