#include "platform/restql/plan/read_fields.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

const ReadPlan* find_embed(const ReadPlan& plan, const std::string& name) {
    const auto found = std::ranges::find_if(plan.embeds, [&](const auto& embed) { return embed->name() == name; });
    return found == plan.embeds.end() ? nullptr : found->get();
}

/// `embed=is.null` and its kin.
std::optional<EmbedFilter> as_embed_filter(const ReadPlan& plan, const Filter& filter) {
    const auto& operation = filter.operation;
    if (!filter.field.path.empty() || operation.op != "is") return std::nullopt;
    if (operation.value != "null" && operation.value != "not_null") return std::nullopt;
    const ReadPlan* embed = find_embed(plan, filter.field.name);
    if (!embed) return std::nullopt;
    return EmbedFilter{embed, operation.is_negated == (operation.value == "null")};
}

class ConditionPlanner {
public:
    ConditionPlanner(const SchemaCache& schema, const Relation* relation, const ReadPlan* level)
        : schema_(schema), relation_(relation), level_(level) {}

    PlannedCondition plan(const Condition& condition) const {
        if (const auto* logic = std::get_if<std::unique_ptr<Logic>>(&condition)) {
            auto planned = std::make_unique<PlannedLogic>(PlannedLogic{(*logic)->is_or, (*logic)->is_negated, {}});
            for (const auto& inner : (*logic)->conditions) planned->conditions.push_back(plan(inner));
            return planned;
        }
        const auto& filter = std::get<Filter>(condition);
        if (level_) {
            if (auto embed_filter = as_embed_filter(*level_, filter)) return *embed_filter;
        }
        return PlannedFilter{plan_field(schema_, relation_, filter.field, FieldUse::filter, &filter.operation),
                             filter.operation};
    }

private:
    const SchemaCache& schema_;
    const Relation* relation_;
    const ReadPlan* level_;
};

/// `embed=not.is.null` beside the other filters is the same as `embed!inner`, which joins once.
bool become_inner(ReadPlan& plan, const PlannedCondition& condition) {
    const auto* filter = std::get_if<EmbedFilter>(&condition);
    if (!filter || !filter->wants_rows) return false;
    for (auto& embed : plan.embeds) {
        if (embed.get() == filter->embed) embed->is_inner = true;
    }
    return true;
}

ApiError order_not_to_one(const ReadPlan& plan, const ReadPlan& embed) {
    return {.status = 400,
            .code = "PGRST118",
            .message = "A related order on '" + embed.name() + "' is not possible",
            .details = "'" + plan.from.name + "' and '" + embed.name() +
                       "' do not form a many-to-one or one-to-one relationship"};
}

ApiResult<PlannedOrder> plan_order(const SchemaCache& schema, const Relation* relation, const ReadPlan& plan,
                                   const OrderTerm& term) {
    PlannedOrder order{.is_descending = term.is_descending, .nulls_first = term.nulls_first};
    if (!term.relation) {
        order.field = plan_field(schema, relation, term.field, FieldUse::order);
        return order;
    }
    order.embed = find_embed(plan, *term.relation);
    if (!order.embed) return not_embedded(*term.relation);
    if (!order.embed->is_to_one()) return order_not_to_one(plan, *order.embed);
    order.field = {.name = term.field.name, .path = term.field.path};
    return order;
}

bool has_own_json(const SchemaCache& schema, const Relation& relation) {
    return std::ranges::any_of(
        relation.columns, [&](const Column& column) { return schema.representation(column.nominal_type, "json"); });
}

bool is_star(const PlannedColumn& column) {
    return column.field.name == "*" && column.field.path.empty();
}

bool has_aggregate(const ReadPlan& plan) {
    return std::ranges::any_of(plan.columns, [](const PlannedColumn& column) { return column.aggregate.has_value(); });
}

/// Whether the plan or a to-one spread whose aggregates it will take has one.
bool will_group(const ReadPlan& plan) {
    return has_aggregate(plan) || std::ranges::any_of(plan.embeds, [](const auto& embed) {
               return embed->is_to_one_spread() && will_group(*embed);
           });
}

std::vector<PlannedColumn> expanded(const SchemaCache& schema, const Relation& relation, ReadPlan& plan) {
    std::vector<PlannedColumn> columns;
    for (auto& column : plan.columns) {
        if (!is_star(column) || column.aggregate) {
            columns.push_back(std::move(column));
            continue;
        }
        for (const auto& real : relation.columns) {
            columns.push_back({.field = plan_field(schema, &relation, {real.name}, FieldUse::output),
                               .alias = column.alias,
                               .cast = column.cast});
        }
    }
    return columns;
}

void expand_level(const SchemaCache& schema, ReadPlan& plan, bool is_grouped) {
    const Relation* relation = schema.relation(plan.relation);
    const bool separates = is_grouped || will_group(plan) || (plan.is_spread && !plan.is_to_one());
    if (relation && (separates || has_own_json(schema, *relation))) plan.columns = expanded(schema, *relation, plan);
    for (auto& embed : plan.embeds) expand_level(schema, *embed, separates && embed->is_spread);
}

void name_column(PlannedColumn& column, bool is_spread) {
    if (!column.alias.empty()) return;
    if (column.aggregate) {
        if (is_spread) column.alias = std::string(aggregate_name(*column.aggregate));
    } else if (!column.field.path.empty()) {
        column.alias = json_path_name(column.field);
    } else if (column.field.representation) {
        column.alias = column.field.name;
    }
}

ApiResult<void> check_aggregates(const ReadPlan& plan) {
    if (has_aggregate(plan)) {
        return ApiError{.status = 400, .code = "PGRST123", .message = "Use of aggregate functions is not allowed"};
    }
    for (const auto& embed : plan.embeds) {
        if (auto checked = check_aggregates(*embed); !checked) return checked;
    }
    return {};
}

/// What a spread shows: its columns, its embeds, and what its own spreads hand on.
std::vector<SpreadColumn> spread_columns(ReadPlan& plan) {
    std::vector<SpreadColumn> spread;
    for (auto& column : plan.columns) {
        SpreadColumn handed{.name = column.alias.empty() ? column.field.name : column.alias};
        if (plan.is_to_one() && column.aggregate) {
            handed.alias = column.alias;
            handed.aggregate = std::exchange(column.aggregate, std::nullopt);
            handed.aggregate_cast = std::exchange(column.aggregate_cast, {});
            if (is_star(column)) column.field.is_whole_row = true;
        }
        spread.push_back(std::move(handed));
    }
    for (const auto& embed : plan.embeds) {
        if (embed->is_spread) {
            spread.insert(spread.end(), embed->spread.begin(), embed->spread.end());
        } else if (!embed->is_empty()) {
            spread.push_back({.name = embed->name()});
        }
    }
    return spread;
}

void hoist(ReadPlan& plan) {
    for (auto& embed : plan.embeds) hoist(*embed);
    if (plan.is_spread) plan.spread = spread_columns(plan);
}

ApiResult<void> check_spread_aggregates(const ReadPlan& plan) {
    if (plan.is_spread && !plan.is_to_one() && plan.is_aggregated()) {
        return ApiError{.status = 400,
                        .code = "PGRST127",
                        .message = "Feature not implemented",
                        .details = "Aggregates are not implemented for one-to-many or many-to-many spreads."};
    }
    for (const auto& embed : plan.embeds) {
        if (auto checked = check_spread_aggregates(*embed); !checked) return checked;
    }
    return {};
}

}  // namespace

ApiResult<void> plan_fields(const SchemaCache& schema, const ReadDraft& draft, ReadPlan& plan) {
    const Relation* relation = schema.relation(plan.relation);
    for (const auto* column : draft.columns) {
        plan.columns.push_back({.field = plan_field(schema, relation, column->field, FieldUse::output),
                                .alias = column->alias,
                                .cast = column->cast,
                                .aggregate = column->aggregate,
                                .aggregate_cast = column->aggregate_cast});
    }
    if (draft.order) {
        for (const auto& term : *draft.order) {
            auto order = plan_order(schema, relation, plan, term);
            if (!order) return order.error();
            plan.order.push_back(std::move(*order));
        }
    }
    const ConditionPlanner planner(schema, relation, &plan);
    for (const auto* condition : draft.conditions) {
        auto planned = planner.plan(*condition);
        if (!become_inner(plan, planned)) plan.conditions.push_back(std::move(planned));
    }
    return {};
}

std::vector<PlannedCondition> plan_root_conditions(const SchemaCache& schema, const QualifiedName& relation,
                                                   const ParsedQuery& query) {
    const ConditionPlanner planner(schema, schema.relation(relation), nullptr);
    std::vector<PlannedCondition> planned;
    for (const auto& condition : query.conditions) {
        if (condition.path.empty()) planned.push_back(planner.plan(condition.value));
    }
    return planned;
}

void expand_stars(const SchemaCache& schema, ReadPlan& plan) {
    expand_level(schema, plan, false);
}

void name_columns(ReadPlan& plan) {
    for (auto& column : plan.columns) name_column(column, plan.is_spread);
    for (auto& embed : plan.embeds) name_columns(*embed);
}

ApiResult<void> plan_spreads(const Options& options, ReadPlan& plan) {
    if (!options.aggregates_enabled) {
        if (auto checked = check_aggregates(plan); !checked) return checked;
    }
    hoist(plan);
    return check_spread_aggregates(plan);
}

ApiResult<void> check_casts(const SchemaCache& schema, const ReadPlan& plan) {
    for (const auto& column : plan.columns) {
        for (const auto* cast : {&column.cast, &column.aggregate_cast}) {
            if (cast->empty() || schema.is_type(*cast)) continue;
            return ApiError{.status = 400, .code = "42704", .message = "type \"" + *cast + "\" does not exist"};
        }
    }
    for (const auto& embed : plan.embeds) {
        if (auto checked = check_casts(schema, *embed); !checked) return checked;
    }
    return {};
}

}  // namespace platform::restql
