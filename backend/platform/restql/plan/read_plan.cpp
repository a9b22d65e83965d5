#include "platform/restql/plan/read_plan.hpp"

#include "platform/restql/plan/embed.hpp"
#include "platform/restql/plan/read_draft.hpp"
#include "platform/restql/plan/read_fields.hpp"
#include "platform/restql/schema/lookup_errors.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

/// A draft's levels with their plans, parents first.
struct LevelPlan {
    const ReadDraft* draft;
    ReadPlan* plan;
};

/// PostgreSQL cuts names at 63 bytes, and two aliases cut to the same would stand for one another.
std::string alias_or(std::string alias, std::string short_alias) {
    constexpr std::size_t max_name_bytes = 63;
    return alias.size() <= max_name_bytes ? std::move(alias) : std::move(short_alias);
}

/// 54000 is PostgreSQL's program_limit_exceeded.
ApiError repeats_too_often(const ReadPlan& embed) {
    return {.status = 400,
            .code = "54000",
            .message = "A relation is embedded in itself too often",
            .details = "'" + embed.target + "' may repeat once below itself."};
}

class Linker {
public:
    Linker(const SchemaCache& schema, const Options& options) : schema_(schema), options_(options) {}

    std::unique_ptr<ReadPlan> root(const ReadDraft& draft, const QualifiedName& relation, ReadSource source) {
        auto plan = std::make_unique<ReadPlan>();
        plan->relation = relation;
        plan->from = source == ReadSource::table ? relation : QualifiedName{"", std::string(source_cte)};
        plan->alias = relation.name;
        plan->window = draft.window;
        levels_.push_back({&draft, plan.get()});
        return plan;
    }

    /// Finds the relationships of everything embedded below. Errors: PGRST200, PGRST201, 54000.
    ApiResult<void> link(const ReadDraft& draft, ReadPlan& plan) {
        for (const auto& child : draft.embeds) {
            const auto relationship = find_relationship(schema_, plan.relation, *child->embed);
            if (!relationship) return relationship.error();
            auto embed = embedded(*child, plan, **relationship);
            if (options_.forbids_self_embedding && repeats(*embed)) {
                return repeats_too_often(*embed);
            }
            levels_.push_back({child.get(), embed.get()});
            plan.embeds.push_back(std::move(embed));
            if (auto linked = link(*child, *plan.embeds.back()); !linked) return linked;
        }
        return {};
    }

    const std::vector<LevelPlan>& levels() const { return levels_; }

private:
    static std::unique_ptr<ReadPlan> embedded(const ReadDraft& draft, const ReadPlan& parent,
                                              const Relationship& relationship) {
        auto plan = std::make_unique<ReadPlan>();
        plan->relation = relationship.target;
        plan->from = relationship.target;
        plan->window = draft.window;
        plan->parent = &parent;
        plan->relationship = &relationship;
        plan->target = draft.embed->target;
        plan->own_alias = draft.embed->alias;
        plan->depth = draft.depth;
        plan->is_inner = draft.embed->join == JoinType::inner;
        plan->is_spread = draft.embed->is_spread;
        plan->was_named_by_target = draft.was_named_by_target;
        const std::string suffix = "_" + std::to_string(draft.depth);
        plan->row_alias = alias_or(relationship.origin.name + "_" + plan->name() + suffix,
                                   "_rows" + suffix + "_" + std::to_string(parent.embeds.size()));
        // Through a junction the relation keeps its name, as clients know it from error messages.
        const bool keeps_name = relationship.junction && relationship.target.name != parent.alias;
        plan->alias =
            keeps_name ? relationship.target.name : alias_or(relationship.target.name + suffix, "_level" + suffix);
        return plan;
    }

    static bool repeats(const ReadPlan& embed) {
        int above = 0;
        for (const auto* plan = embed.parent; plan; plan = plan->parent) above += plan->relation == embed.relation;
        return above > 1;
    }

    const SchemaCache& schema_;
    const Options& options_;
    std::vector<LevelPlan> levels_;
};

void cap_rows(ReadPlan& plan, std::int64_t max_rows) {
    plan.window.limit = std::min(plan.window.limit.value_or(max_rows), max_rows);
    for (auto& embed : plan.embeds) cap_rows(*embed, max_rows);
}

void add_fields(std::set<std::string>& names, std::span<const PlannedCondition> conditions) {
    for (const auto& condition : conditions) {
        if (const auto* filter = std::get_if<PlannedFilter>(&condition)) names.insert(filter->field.name);
        if (const auto* logic = std::get_if<std::unique_ptr<PlannedLogic>>(&condition)) {
            add_fields(names, (*logic)->conditions);
        }
    }
}

/// Columns by which the embeds join; false when they cannot be told.
bool add_join_columns(std::set<std::string>& names, const ReadPlan& plan) {
    for (const auto& embed : plan.embeds) {
        const auto& relationship = *embed->relationship;
        if (relationship.function) return false;
        const auto& pairs = relationship.junction ? relationship.junction->origin_columns : relationship.columns;
        for (const auto& pair : pairs) names.insert(pair.first);
    }
    return true;
}

void add_legacy_names(std::vector<std::pair<std::string, std::string>>& names, const ReadPlan& plan) {
    if (plan.was_named_by_target) names.emplace_back(plan.target, plan.own_alias);
    for (const auto& embed : plan.embeds) add_legacy_names(names, *embed);
}

}  // namespace

bool ReadPlan::is_empty() const {
    return columns.empty() && std::ranges::all_of(embeds, [](const auto& embed) { return embed->is_empty(); });
}

bool ReadPlan::is_aggregated() const {
    if (is_to_one_spread()) return false;
    const auto has_aggregate = [](const auto& column) { return column.aggregate.has_value(); };
    return std::ranges::any_of(columns, has_aggregate) || std::ranges::any_of(embeds, [&](const auto& embed) {
               return std::ranges::any_of(embed->spread, has_aggregate);
           });
}

bool ReadPlan::has_default_select() const {
    return embeds.empty() && columns.size() == 1 && columns.front().field.name == "*";
}

ApiResult<std::unique_ptr<ReadPlan>> plan_read(const SchemaCache& schema, const Options& options,
                                               const ApiRequest& request, const QualifiedName& root,
                                               ReadSource source) {
    if (source != ReadSource::function && !schema.relation(root)) return unknown_relation(schema, root);
    const auto draft = draft_read(request, options, source);
    if (!draft) return draft.error();
    Linker linker(schema, options);
    auto plan = linker.root(**draft, root, source);
    if (auto linked = linker.link(**draft, *plan); !linked) return linked.error();
    for (const auto& level : linker.levels()) {
        if (auto planned = plan_fields(schema, *level.draft, *level.plan); !planned) return planned.error();
    }
    expand_stars(schema, *plan);
    name_columns(*plan);
    if (auto planned = plan_spreads(options, *plan); !planned) return planned.error();
    if (options.max_rows && source != ReadSource::mutation) cap_rows(*plan, *options.max_rows);
    if (auto checked = check_casts(schema, *plan); !checked) return checked.error();
    return plan;
}

std::set<std::string> returning_columns(const ReadPlan& plan) {
    std::set<std::string> names;
    for (const auto& column : plan.columns) names.insert(column.field.name);
    if (!add_join_columns(names, plan) || names.contains("*")) return {"*"};
    add_fields(names, plan.conditions);
    for (const auto& term : plan.order) {
        if (!term.embed) names.insert(term.field.name);
    }
    return names;
}

std::vector<std::pair<std::string, std::string>> legacy_target_names(const ReadPlan& plan) {
    std::vector<std::pair<std::string, std::string>> names;
    add_legacy_names(names, plan);
    return names;
}

}  // namespace platform::restql
