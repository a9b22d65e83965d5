#include "platform/restql/schema_cache.hpp"

#include "platform/restql/schema_cache_sql.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

struct ColumnRow {
    std::string schema;
    std::string relation;
    std::string column;
    std::string type;
    std::string base_type;
    bool is_key = false;
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (schema, relation, column, type, base_type, is_key))

struct KeyRow {
    std::string constraint_name;
    std::string relation;
    std::string target_relation;
    std::vector<std::string> columns;
    std::vector<std::string> target_columns;
    bool is_unique = false;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (constraint_name, relation, target_relation, columns, target_columns, is_unique))

Relationship forward(const KeyRow& key) {
    return {key.constraint_name, key.relation,
            key.target_relation, key.columns,
            key.target_columns,  key.is_unique ? Cardinality::one_to_one : Cardinality::many_to_one};
}

Relationship backward(const KeyRow& key) {
    return {key.constraint_name, key.target_relation,
            key.relation,        key.target_columns,
            key.columns,         key.is_unique ? Cardinality::one_to_one : Cardinality::one_to_many};
}

/// A name a client may give to a relationship besides its target's.
bool is_called(const Relationship& relationship, std::string_view name) {
    const bool is_column = relationship.columns.size() == 1 && relationship.columns[0] == name;
    const bool is_target_column = relationship.target_columns.size() == 1 && relationship.target_columns[0] == name;
    return relationship.constraint_name == name || is_column || is_target_column;
}

bool is_towards(const Relationship& relationship, std::string_view target) {
    const bool is_to_one = relationship.cardinality != Cardinality::one_to_many;
    // A self reference by its table's name means the children; the parent is asked for by the column.
    const bool is_self = relationship.origin == relationship.target;
    if (relationship.target == target) return !is_self || !is_to_one;
    return relationship.constraint_name == target ||
           (is_to_one && relationship.columns.size() == 1 && relationship.columns[0] == target);
}

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

}  // namespace

const Column* Relation::find(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

Task<std::shared_ptr<const SchemaCache>> SchemaCache::load(db::Database database, std::string schema) {
    auto cache = std::make_shared<SchemaCache>();
    cache->schema_ = schema;
    const std::vector<std::string> schemas{schema};
    const auto columns = co_await database.many<ColumnRow>(sql::relations, schemas);
    for (const auto& row : columns) {
        auto& relation = cache->relations_[row.relation];
        relation.schema = row.schema;
        relation.name = row.relation;
        relation.columns.push_back({row.column, row.type, row.base_type, row.is_key});
    }
    const auto keys = co_await database.many<KeyRow>(sql::foreign_keys, schemas);
    for (const auto& key : keys) {
        cache->relationships_[key.relation].push_back(forward(key));
        cache->relationships_[key.target_relation].push_back(backward(key));
    }
    co_return cache;
}

const Relation* SchemaCache::find(std::string_view relation) const {
    const auto found = relations_.find(relation);
    return found == relations_.end() ? nullptr : &found->second;
}

std::vector<const Relationship*> SchemaCache::relationships(std::string_view origin, std::string_view target,
                                                            std::optional<std::string_view> hint) const {
    std::vector<const Relationship*> found;
    const auto own = relationships_.find(origin);
    if (own == relationships_.end()) return found;
    for (const auto& relationship : own->second) {
        if (is_towards(relationship, target) && (!hint || is_called(relationship, *hint)))
            found.push_back(&relationship);
    }
    return found;
}

std::string SchemaCache::similar(std::string_view name) const {
    constexpr double close_enough = 0.75;
    std::string best;
    double best_ratio = close_enough;
    for (const auto& [candidate, relation] : relations_) {
        const double longest = static_cast<double>(std::max(candidate.size(), name.size()));
        const double ratio = 1.0 - static_cast<double>(distance(candidate, name.substr(0, 64))) / longest;
        if (ratio < best_ratio) continue;
        best_ratio = ratio;
        best = candidate;
    }
    return best;
}

}  // namespace platform::restql
