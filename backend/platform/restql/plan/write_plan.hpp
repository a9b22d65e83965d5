#pragma once

#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/plan/body_column.hpp"
#include "platform/restql/plan/fields.hpp"
#include "platform/restql/plan/negotiate.hpp"
#include "platform/restql/plan/read_plan.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace platform::restql {

/// ON CONFLICT of an insert.
struct Conflict {
    Resolution resolution = Resolution::merge_duplicates;
    std::vector<std::string> columns;  ///< what must be unique; empty: nothing can conflict
};

struct WritePlan {
    enum class Kind : std::uint8_t { insert, put, update, remove };
    Kind kind = Kind::insert;
    const Relation* relation = nullptr;
    std::vector<BodyColumn> columns{};           ///< in the order of their names
    std::string body{};                          ///< JSON; write_statement() moves it into the parameters
    std::optional<std::size_t> rows{};           ///< objects in the body, where it has been inspected
    bool uses_defaults = false;                  ///< missing=default
    std::optional<Conflict> conflict{};          ///< of an insert and of PUT
    std::vector<PlannedCondition> conditions{};  ///< select the rows to change; of PUT: what the body's row must be
    std::vector<std::string> returning{};        ///< columns the answer needs; empty: only how many rows there were
    std::vector<std::string> location_key{};     ///< columns that make the Location of the only inserted row
    std::unique_ptr<ReadPlan> read{};            ///< what is answered, from the changed rows
    BodyFormat format{};

    /// Whether the answer depends on how many rows were new (StatementResult::inserted).
    bool counts_inserted() const;
};

/// What POST, PUT, PATCH and DELETE of a relation do. Moves the body out of `request`. The order of the checks is
/// upstream's: relation (PGRST205), select and embeds, PUT's filters (PGRST105), columns (PGRST204), preferences
/// (PGRST122), media type (PGRST107); and ours last: a full-table change where options.requires_filter (21000).
ApiResult<WritePlan> plan_write(const SchemaCache& schema, const Options& options, ApiRequest& request);

/// Refuses an insert of more than `limit` rows; which limit counts depends on who asks. Error: 413, 54000.
ApiResult<void> check_inserted_rows(const WritePlan& plan, std::int64_t limit);

}  // namespace platform::restql
