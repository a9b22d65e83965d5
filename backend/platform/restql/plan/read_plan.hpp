#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/plan/fields.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace platform::restql {

struct ReadPlan;

struct PlannedFilter {
    PlannedField field;
    Operation operation;
};

/// `embed=is.null`: there is no embedded row; `embed=not.is.null`: there is one.
struct EmbedFilter {
    const ReadPlan* embed = nullptr;
    bool wants_rows = false;
};

struct PlannedLogic;
using PlannedCondition = std::variant<PlannedFilter, EmbedFilter, std::unique_ptr<PlannedLogic>>;

struct PlannedLogic {
    bool is_or = false;
    bool is_negated = false;
    std::vector<PlannedCondition> conditions;
};

struct PlannedColumn {
    PlannedField field;
    std::string alias{};  ///< empty: PostgreSQL names it after the column
    std::string cast{};   ///< a type name of the catalogue
    std::optional<Aggregate> aggregate{};
    std::string aggregate_cast{};
};

/// A column that a spread embed hands to its parent.
struct SpreadColumn {
    std::string name;                      ///< within the embed; "*": all
    std::string alias{};                   ///< in the parent
    std::optional<Aggregate> aggregate{};  ///< hoisted: taken by the first ancestor that is no to-one spread
    std::string aggregate_cast{};
};

struct PlannedOrder {
    PlannedField field{};
    const ReadPlan* embed = nullptr;  ///< order=embed(field): of the to-one embedded row
    std::optional<bool> is_descending{};
    std::optional<bool> nulls_first{};
};

enum class ReadSource : std::uint8_t {
    table,
    mutation,  ///< the CTE pgrst_source holds the changed rows; root filters and windows were theirs
    function,  ///< the CTE pgrst_source holds the result
};

constexpr std::string_view source_cte = "pgrst_source";

/// One level of a read and the relations embedded in it. It points into the SchemaCache and into itself (embeds are
/// named by filters and orders): keep the cache, do not copy or move.
struct ReadPlan {
    ReadPlan() = default;
    ReadPlan(const ReadPlan&) = delete;
    ReadPlan& operator=(const ReadPlan&) = delete;

    QualifiedName relation;  ///< where names are looked up
    QualifiedName from;      ///< what FROM names: the relation, or pgrst_source
    std::string alias;       ///< what qualifies its columns
    std::vector<PlannedColumn> columns;
    std::vector<std::unique_ptr<ReadPlan>> embeds;  ///< in the order of the answer, which puts them after the columns
    std::vector<PlannedCondition> conditions;
    std::vector<PlannedOrder> order;
    Window window;

    const ReadPlan* parent = nullptr;  ///< from here on: of an embed
    const Relationship* relationship = nullptr;
    std::string target;     ///< as spelled in the request
    std::string own_alias;  ///< as spelled, or empty
    std::string row_alias;  ///< of the joined rows in the parent
    std::size_t depth = 0;
    bool is_inner = false;
    bool is_spread = false;
    bool was_named_by_target = false;  ///< although it has an alias (legacy target names)
    std::vector<SpreadColumn> spread;  ///< is_spread: what the parent gets

    const std::string& name() const { return own_alias.empty() ? target : own_alias; }
    bool is_to_one() const { return relationship && relationship->is_to_one(); }
    bool is_to_one_spread() const { return is_spread && is_to_one(); }
    /// rel(): it filters, and shows nothing.
    bool is_empty() const;
    /// Whether its rows are groups.
    bool is_aggregated() const;
    /// Whether it is `select=*` without embeds, as custom media types of a relation need it.
    bool has_default_select() const;
};

/// Looks up what the request selects, embeds, filters, orders and cuts. Of a mutation only the filters of embeds count.
/// Errors, in upstream's order: PGRST205 (of a table or mutation), PGRST108, PGRST200, PGRST201, 42704 (cast),
/// PGRST118, PGRST123, PGRST127.
ApiResult<std::unique_ptr<ReadPlan>> plan_read(const SchemaCache& schema, const Options& options,
                                               const ApiRequest& request, const QualifiedName& root, ReadSource source);

/// The root's filters and logic trees, for UPDATE and DELETE … WHERE.
std::vector<PlannedCondition> plan_root_conditions(const SchemaCache& schema, const QualifiedName& relation,
                                                   const ParsedQuery& query);

/// What the source CTE has to return: columns selected, ordered and filtered by, and those the embeds join on; "*"
/// alone when everything is needed.
std::set<std::string> returning_columns(const ReadPlan& plan);

/// (target, alias) of aliased embeds that were named by their target, for the Warning header.
std::vector<std::pair<std::string, std::string>> legacy_target_names(const ReadPlan& plan);

}  // namespace platform::restql
