#include "platform/restql/schema/relationships.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace platform::restql {
namespace {

ColumnPairs zip(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    ColumnPairs pairs;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) pairs.emplace_back(a[i], b[i]);
    return pairs;
}

ColumnPairs swapped(const ColumnPairs& pairs) {
    ColumnPairs other;
    for (const auto& [a, b] : pairs) other.emplace_back(b, a);
    return other;
}

QualifiedName name_of(const RelationRow& relation) {
    return {relation.schema, relation.name};
}

/// Sets of columns that are unique, by table.
class UniqueSets {
public:
    explicit UniqueSets(std::span<const UniqueKeyRow> keys) {
        for (const auto& key : keys) sets_[key.relation_id].insert(sorted(key.numbers));
    }
    bool contain(ObjectId table, const std::vector<int>& numbers) const {
        const auto found = sets_.find(table);
        return found != sets_.end() && found->second.contains(sorted(numbers));
    }

private:
    static std::vector<int> sorted(std::vector<int> numbers) {
        std::sort(numbers.begin(), numbers.end());
        return numbers;
    }
    std::unordered_map<ObjectId, std::set<std::vector<int>>> sets_;
};

/// The foreign key itself and its copies at the views that show it.
void append_forward(std::vector<Relationship>& found, const ForeignKeyRow& key, bool is_unique, const ViewKeys& views) {
    Relationship table;
    table.origin = {key.schema, key.relation};
    table.target = {key.target_schema, key.target};
    table.is_self = key.relation_id == key.target_id;
    table.cardinality = is_unique ? Cardinality::one_to_one : Cardinality::many_to_one;
    table.constraint = key.name;
    table.columns = zip(key.columns, key.target_columns);
    found.push_back(table);

    const auto origins = views.showings(key.relation_id, key.numbers);
    const auto targets = views.showings(key.target_id, key.target_numbers);
    Relationship through = table;
    through.is_self = false;
    for (const auto& origin : origins) {
        through.origin = name_of(*origin.view);
        through.origin_is_view = true;
        through.columns = zip(origin.columns, key.target_columns);
        found.push_back(through);
    }
    through = table;
    through.is_self = false;
    through.target_is_view = true;
    for (const auto& target : targets) {
        through.target = name_of(*target.view);
        through.columns = zip(key.columns, target.columns);
        found.push_back(through);
    }
    through.origin_is_view = true;
    for (const auto& origin : origins) {
        for (const auto& target : targets) {
            through.origin = name_of(*origin.view);
            through.target = name_of(*target.view);
            through.is_self = origin.view == target.view;
            through.columns = zip(origin.columns, target.columns);
            found.push_back(through);
        }
    }
}

Relationship inverse(const Relationship& forward) {
    Relationship back = forward;
    std::swap(back.origin, back.target);
    std::swap(back.origin_is_view, back.target_is_view);
    back.columns = swapped(forward.columns);
    if (forward.cardinality == Cardinality::many_to_one) {
        back.cardinality = Cardinality::one_to_many;
    } else {
        back.is_parent = true;
    }
    return back;
}

bool is_within(const ColumnPairs& columns, const std::vector<std::string>& key) {
    return std::all_of(columns.begin(), columns.end(),
                       [&](const auto& pair) { return std::find(key.begin(), key.end(), pair.first) != key.end(); });
}

Relationship through_junction(const Relationship& to_origin, const Relationship& to_target) {
    Relationship found;
    found.origin = to_origin.target;
    found.target = to_target.target;
    found.is_self = found.origin == found.target;
    found.origin_is_view = to_origin.target_is_view;
    found.target_is_view = to_target.target_is_view;
    found.cardinality = Cardinality::many_to_many;
    found.junction = Junction{to_origin.origin, to_origin.constraint, to_target.constraint, swapped(to_origin.columns),
                              swapped(to_target.columns)};
    return found;
}

/// Two foreign keys within a relation's primary key make it a junction.
std::vector<Relationship> many_to_many(std::span<const Relationship> forward, const RelationshipSources& sources) {
    std::map<QualifiedName, std::vector<const Relationship*>> by_junction;
    for (const auto& relationship : forward) {
        if (relationship.cardinality != Cardinality::many_to_one) continue;
        if (!sources.exposed.contains(relationship.origin.schema)) continue;
        if (!sources.exposed.contains(relationship.target.schema)) continue;
        const auto* key = sources.key(relationship.origin);
        if (key && is_within(relationship.columns, *key)) by_junction[relationship.origin].push_back(&relationship);
    }
    std::vector<Relationship> found;
    for (const auto& [junction, ends] : by_junction) {
        for (const auto* a : ends) {
            for (const auto* b : ends) {
                if (a->constraint != b->constraint) found.push_back(through_junction(*a, *b));
            }
        }
    }
    return found;
}

Relationship computed(const ComputedRelationshipRow& row) {
    Relationship found;
    found.origin = {row.origin_schema, row.origin};
    found.target = {row.target_schema, row.target};
    found.is_self = found.origin == found.target;
    found.function = QualifiedName{row.schema, row.name};
    found.computed_is_to_one = row.is_to_one;
    return found;
}

/// Upstream's order of the cardinalities.
int rank(Cardinality cardinality) {
    switch (cardinality) {
        case Cardinality::one_to_many:
            return 0;
        case Cardinality::many_to_one:
            return 1;
        case Cardinality::one_to_one:
            return 2;
        case Cardinality::many_to_many:
            return 3;
    }
    return 4;
}

bool is_listed_before(const Relationship& a, const Relationship& b) {
    const auto head = [](const Relationship& r) { return std::tie(r.origin, r.target, r.is_self); };
    if (a.function.has_value() != b.function.has_value()) return b.function.has_value();
    if (a.function && *a.function != *b.function) return *a.function < *b.function;
    if (head(a) != head(b)) return head(a) < head(b);
    if (rank(a.cardinality) != rank(b.cardinality)) return rank(a.cardinality) < rank(b.cardinality);
    const auto junction = [](const Relationship& r) {
        return std::tie(r.junction->relation, r.junction->origin_constraint, r.junction->target_constraint,
                        r.junction->origin_columns, r.junction->target_columns);
    };
    if (a.junction && b.junction && junction(a) != junction(b)) return junction(a) < junction(b);
    const auto tail = [](const Relationship& r) {
        return std::tie(r.constraint, r.columns, r.is_parent, r.origin_is_view, r.target_is_view);
    };
    return tail(a) < tail(b);
}

}  // namespace

std::vector<Relationship> derive_relationships(const RelationshipSources& sources) {
    const UniqueSets unique(sources.unique_keys);
    std::vector<Relationship> found;
    for (const auto& key : sources.foreign_keys) {
        append_forward(found, key, unique.contain(key.relation_id, key.numbers), sources.views);
    }
    auto junctions = many_to_many(found, sources);
    const std::size_t forward_count = found.size();
    for (std::size_t i = 0; i < forward_count; ++i) found.push_back(inverse(found[i]));
    std::move(junctions.begin(), junctions.end(), std::back_inserter(found));

    std::set<std::pair<QualifiedName, QualifiedName>> overridden;  // origin, function
    for (const auto& row : sources.computed)
        overridden.insert({{row.origin_schema, row.origin}, {row.schema, row.name}});
    std::erase_if(found, [&](const Relationship& r) {
        return !sources.exposed.contains(r.origin.schema) || !sources.exposed.contains(r.target.schema) ||
               overridden.contains({r.origin, r.target});
    });
    for (const auto& row : sources.computed) {
        if (sources.exposed.contains(row.origin_schema) && sources.exposed.contains(row.target_schema)) {
            found.push_back(computed(row));
        }
    }
    std::sort(found.begin(), found.end(), is_listed_before);
    return found;
}

}  // namespace platform::restql
