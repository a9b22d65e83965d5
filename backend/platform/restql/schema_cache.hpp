#pragma once

#include "platform/db/database.hpp"

#include <boost/describe.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace platform::restql {

struct Column {
    std::string name;
    std::string type;       ///< as SQL spells it: "timestamp with time zone", "text[]"
    std::string base_type;  ///< pg_type.typname: "tsvector", "jsonb"
    bool is_key = false;
};

struct Relation {
    std::string schema;
    std::string name;
    std::vector<Column> columns;  ///< in table order

    const Column* find(std::string_view column) const;
};

enum class Cardinality { many_to_one, one_to_one, one_to_many };

/// How rows of `origin` find rows of `target`: origin.columns = target.target_columns, pairwise.
struct Relationship {
    std::string constraint_name;
    std::string origin;
    std::string target;
    std::vector<std::string> columns;
    std::vector<std::string> target_columns;
    Cardinality cardinality = Cardinality::many_to_one;
};

/// What the data API knows of one exposed schema. Immutable; a reload makes a new one.
class SchemaCache {
public:
    static Task<std::shared_ptr<const SchemaCache>> load(db::Database database, std::string schema);

    const std::string& schema() const { return schema_; }
    const Relation* find(std::string_view relation) const;
    /// From `origin` to what a client called `target` (a relation, a foreign key, or a column of one), narrowed by
    /// `hint` (a foreign key or a column).
    std::vector<const Relationship*> relationships(std::string_view origin, std::string_view target,
                                                   std::optional<std::string_view> hint) const;
    /// The most similar name of all relations, for error hints; empty when none is close.
    std::string similar(std::string_view name) const;

private:
    std::string schema_;
    std::map<std::string, Relation, std::less<>> relations_;
    std::map<std::string, std::vector<Relationship>, std::less<>> relationships_;  // by origin
};

}  // namespace platform::restql
