#pragma once

#include "platform/restql/plan/read_draft.hpp"
#include "platform/restql/plan/read_plan.hpp"

namespace platform::restql {

/// Looks up what the level selects, filters and orders by. Its embeds stand already. Errors: PGRST118, PGRST108 (an
/// order names what is no to-one embed).
ApiResult<void> plan_fields(const SchemaCache& schema, const ReadDraft& draft, ReadPlan& plan);

/// Turns `*` into column names where the columns have to be told apart, from `plan` down: where a domain shows itself
/// differently as JSON, where rows are grouped, and where every column becomes an array of its own (to-many spread).
void expand_stars(const SchemaCache& schema, ReadPlan& plan);

/// Names columns as the answer has them where PostgreSQL would not: JSON paths, domains' own JSON, aggregates that a
/// spread hands on.
void name_columns(ReadPlan& plan);

/// Works out what spreads hand to their parents, and hoists their aggregates. Errors: PGRST123, PGRST127.
ApiResult<void> plan_spreads(const Options& options, ReadPlan& plan);

/// Casts only name types of the catalogue. Error: 42704, in PostgreSQL's words.
ApiResult<void> check_casts(const SchemaCache& schema, const ReadPlan& plan);

}  // namespace platform::restql
