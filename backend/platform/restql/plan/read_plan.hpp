#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/schema_cache.hpp"

#include <memory>
#include <string>
#include <vector>

namespace platform::restql {

/// A Read whose relations have been looked up: what the SQL builder needs.
struct ReadPlan {
    const Relation* relation = nullptr;
    const Relationship* relationship = nullptr;  ///< from the parent; nothing at the root
    std::string name;                            ///< member of the parent's JSON
    std::string alias;                           ///< of the table in SQL
    bool is_inner = false;
    const Read* read = nullptr;
    std::vector<std::unique_ptr<ReadPlan>> embeds;  ///< in the order of the select list
};

/// Errors: PGRST205 (404, no such relation), PGRST200 (400, no relationship), PGRST201 (300, several).
ApiResult<std::unique_ptr<ReadPlan>> plan_read(const SchemaCache& schema, const std::string& relation,
                                               const Read& read);

ApiError unknown_relation(const SchemaCache& schema, const std::string& relation);

}  // namespace platform::restql
