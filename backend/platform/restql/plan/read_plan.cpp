#include "platform/restql/plan/read_plan.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace platform::restql {
namespace {

std::string column_list(const std::string& table, const std::vector<std::string>& columns) {
    std::string text = table + "(";
    for (std::size_t i = 0; i < columns.size(); ++i) text += (i == 0 ? "" : ", ") + columns[i];
    return text + ")";
}

ApiError no_relationship(const SchemaCache& schema, const std::string& origin, const Embed& embed) {
    std::string details = "Searched for a foreign key relationship between '" + origin + "' and '" + embed.target + "'";
    if (embed.hint) details += " using the hint '" + *embed.hint + "'";
    ApiError error{.status = 400,
                   .code = "PGRST200",
                   .message = "Could not find a relationship between '" + origin + "' and '" + embed.target +
                              "' in the schema cache",
                   .details = details + " in the schema '" + schema.schema() + "', but no matches were found."};
    const std::string similar = schema.similar(embed.target);
    if (!similar.empty() && similar != embed.target) {
        error.hint = "Perhaps you meant '" + similar + "' instead of '" + embed.target + "'.";
    }
    return error;
}

std::string_view cardinality_text(Cardinality cardinality) {
    switch (cardinality) {
        case Cardinality::many_to_one:
            return "many-to-one";
        case Cardinality::one_to_one:
            return "one-to-one";
        case Cardinality::one_to_many:
            return "one-to-many";
    }
    return "";
}

ApiError ambiguous(const std::string& origin, const Embed& embed, const std::vector<const Relationship*>& found) {
    boost::json::array details;
    std::string choices;
    for (const auto* relationship : found) {
        details.push_back(boost::json::object{
            {"cardinality", cardinality_text(relationship->cardinality)},
            {"embedding", origin + " with " + relationship->target},
            {"relationship", relationship->constraint_name + " using " + column_list(origin, relationship->columns) +
                                 " and " + column_list(relationship->target, relationship->target_columns)}});
        choices += (choices.empty() ? "'" : ", '") + embed.target + "!" + relationship->constraint_name + "'";
    }
    return {.status = 300,
            .code = "PGRST201",
            .message = "Could not embed because more than one relationship was found for '" + origin + "' and '" +
                       embed.target + "'",
            .hint = "Try changing '" + embed.target + "' to one of the following: " + choices +
                    ". Find the desired relationship in the 'details' key.",
            .details_json = boost::json::serialize(details)};
}

/// Embedding a relation below itself multiplies rows with every level: a short address could ask for gigabytes. A
/// relation that refers to itself may be embedded once (parent, children).
ApiError too_wide(const Embed& embed) {
    return {.status = 400,
            .code = "PGRST127",
            .message = "Feature not implemented",
            .details = "'" + embed.target + "' repeats a relation above it, or there are too many embedded relations"};
}

bool repeats(const ReadPlan& parent, const Relation& target, const std::vector<const ReadPlan*>& above) {
    const auto is_target = [&](const ReadPlan* plan) { return plan->relation == &target; };
    const auto times = std::ranges::count_if(above, is_target);
    return times > (parent.relation == &target ? 1 : 0);
}

class Planner {
public:
    explicit Planner(const SchemaCache& schema) : schema_(schema) {}

    ApiResult<void> fill(ReadPlan& plan) {
        above_.push_back(&plan);
        for (const auto& item : plan.read->select) {
            const auto* embed = std::get_if<Embed>(&item);
            if (!embed) continue;
            auto child = plan_embed(plan, *embed);
            if (!child) return child.error();
            plan.embeds.push_back(std::move(*child));
        }
        above_.pop_back();
        return {};
    }

private:
    ApiResult<std::unique_ptr<ReadPlan>> plan_embed(const ReadPlan& parent, const Embed& embed) {
        const auto found = schema_.relationships(parent.relation->name, embed.target, embed.hint);
        if (found.empty()) return no_relationship(schema_, parent.relation->name, embed);
        if (found.size() > 1) return ambiguous(parent.relation->name, embed, found);
        auto plan = std::make_unique<ReadPlan>();
        plan->relationship = found.front();
        plan->relation = schema_.find(found.front()->target);
        if (count_ >= max_embeds || repeats(parent, *plan->relation, above_)) return too_wide(embed);
        plan->name = embed.name();
        plan->alias = found.front()->target + "_" + std::to_string(++count_);
        plan->is_inner = embed.is_inner;
        plan->read = embed.read.get();
        if (const auto filled = fill(*plan); !filled) return filled.error();
        return plan;
    }

    static constexpr int max_embeds = 24;

    const SchemaCache& schema_;
    std::vector<const ReadPlan*> above_;  ///< the plan being filled and its ancestors
    int count_ = 0;
};

}  // namespace

ApiError unknown_relation(const SchemaCache& schema, const std::string& relation) {
    ApiError error{
        .status = 404,
        .code = "PGRST205",
        .message = "Could not find the table '" + schema.schema() + "." + relation + "' in the schema cache"};
    if (const auto similar = schema.similar(relation); !similar.empty()) {
        error.hint = "Perhaps you meant the table '" + schema.schema() + "." + similar + "'";
    }
    return error;
}

ApiResult<std::unique_ptr<ReadPlan>> plan_read(const SchemaCache& schema, const std::string& relation,
                                               const Read& read) {
    auto plan = std::make_unique<ReadPlan>();
    plan->relation = schema.find(relation);
    if (!plan->relation) return unknown_relation(schema, relation);
    plan->alias = relation;
    plan->read = &read;
    Planner planner(schema);
    if (const auto filled = planner.fill(*plan); !filled) return filled.error();
    return plan;
}

}  // namespace platform::restql
