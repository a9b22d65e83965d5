#include "platform/restql/schema/view_keys.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

// A view that repeats every column of a wide key would have each key in exponentially many ways.
constexpr std::size_t max_combinations = 256;

/// Every choice of one name for each column, the last column varying fastest.
std::vector<std::vector<std::string>> combinations(const std::vector<const std::vector<std::string>*>& names) {
    std::vector<std::vector<std::string>> found{{}};
    for (const auto* choices : names) {
        std::vector<std::vector<std::string>> longer;
        for (const auto& start : found) {
            for (const auto& name : *choices) {
                if (longer.size() == max_combinations) break;
                longer.push_back(start);
                longer.back().push_back(name);
            }
        }
        found = std::move(longer);
    }
    return found;
}

std::string_view name_of(std::span<const ColumnRow> columns, int number) {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const ColumnRow& c) { return c.number == number; });
    return found == columns.end() ? std::string_view() : std::string_view(found->name);
}

}  // namespace

ViewKeys::ViewKeys(std::span<const ViewRow> views, std::span<const RelationRow> exposed,
                   std::span<const ColumnRow> columns) {
    Definitions definitions;
    for (const auto& view : views) definitions.emplace(view.id, read_view_columns(view.definition));
    for (const auto& relation : exposed) {
        if (!definitions.contains(relation.id)) continue;
        const auto own = std::ranges::equal_range(columns, relation.id, {}, &ColumnRow::relation_id);
        add(relation, {own.begin(), own.end()}, definitions);
    }
}

void ViewKeys::add(const RelationRow& view, std::span<const ColumnRow> columns, const Definitions& definitions) {
    std::map<ObjectId, Names> tables;
    struct Step {
        std::string name;
        ViewColumn at;
        std::vector<ObjectId> path;
    };
    std::vector<Step> steps;
    for (const auto& column : definitions.at(view.id)) {
        steps.push_back({std::string(name_of(columns, column.number)), column, {view.id}});
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto step = std::move(steps[i]);
        const auto below = definitions.find(step.at.relation);
        if (below == definitions.end()) {
            tables[step.at.relation][step.at.column].push_back(step.name);
            continue;
        }
        // CREATE OR REPLACE VIEW can close a circle.
        if (std::find(step.path.begin(), step.path.end(), step.at.relation) != step.path.end()) continue;
        for (const auto& column : below->second) {
            if (column.number != step.at.column) continue;
            steps.push_back({step.name, column, step.path});
            steps.back().path.push_back(step.at.relation);
        }
    }
    for (auto& [table, names] : tables) shown_[table].push_back({&view, std::move(names)});
}

std::vector<ViewKeys::Showing> ViewKeys::showings(ObjectId table, std::span<const int> numbers) const {
    std::vector<Showing> found;
    const auto views = shown_.find(table);
    if (views == shown_.end()) return found;
    for (const auto& shown : views->second) {
        std::vector<const std::vector<std::string>*> names;
        for (const int number : numbers) {
            const auto name = shown.names.find(number);
            if (name != shown.names.end()) names.push_back(&name->second);
        }
        if (names.size() != numbers.size()) continue;
        for (auto& columns : combinations(names)) found.push_back({shown.view, std::move(columns)});
    }
    return found;
}

}  // namespace platform::restql
