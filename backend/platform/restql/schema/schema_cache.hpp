#pragma once

#include "platform/core/task.hpp"
#include "platform/db/database.hpp"
#include "platform/restql/schema/model.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace platform {
class Runtime;
}

namespace platform::restql {

struct SchemaCacheConfig {
    std::vector<std::string> schemas;
    std::vector<std::string> extra_search_path;
    std::vector<std::string> hoisted_settings;
};

struct Catalog;

/// What the catalogue says, read in one transaction. Immutable: a reload makes a new one.
class SchemaCache {
public:
    /// With a `runtime`, what follows from the catalogue's rows is worked out on its CPU pool: the io thread goes on
    /// answering requests. Errors: SqlError, Unavailable.
    static Task<std::shared_ptr<const SchemaCache>> load(db::Database database, SchemaCacheConfig config,
                                                         Runtime* runtime = nullptr);

    const Relation* relation(const QualifiedName& name) const;
    /// Relationships from `origin` to relations of `target_schema`, in upstream's order. A computed one belongs to the
    /// schema of its function.
    std::span<const Relationship> relationships(const QualifiedName& origin, std::string_view target_schema) const;
    /// Overloads, those with fewer parameters first.
    std::span<const Function> functions(const QualifiedName& name) const;
    /// The function that turns `source_type` into `target_type`; nothing when the database has none.
    const Representation* representation(std::string_view source_type, std::string_view target_type) const;
    /// `subject`: a relation's or function's name; nothing: handlers of anyelement.
    const MediaHandler* handler(const QualifiedName* subject, std::string_view media_type) const;
    /// Whether a cast to this spelling is allowed: a type name of the catalogue (data-api.md §5.5), or one that SQL
    /// spells in its own words ("double precision"). Case does not matter, as in SQL.
    bool is_type(std::string_view name) const;
    /// Settings of a role (ALTER ROLE x SET …), and its transaction isolation.
    std::span<const std::pair<std::string, std::string>> role_settings(std::string_view role) const;
    const std::string* role_isolation(std::string_view role) const;

    /// By schema and name.
    std::span<const Relation> relations() const { return relations_; }
    /// Everything exposed, by name, for OpenAPI and the similar names of errors.
    std::vector<const Function*> functions_of(std::string_view schema) const;
    std::size_t relations_in(std::string_view schema) const;

private:
    friend class CacheBuilder;
    SchemaCache() = default;

    struct NameHash {
        std::size_t operator()(const QualifiedName& name) const {
            return std::hash<std::string>()(name.schema) * 31 + std::hash<std::string>()(name.name);
        }
    };
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    template <class T>
    using ByName = std::unordered_map<QualifiedName, T, NameHash>;
    template <class T>
    using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

    struct RelationshipGroup {
        std::string schema;
        std::vector<Relationship> relationships;
    };
    struct Role {
        std::vector<std::pair<std::string, std::string>> settings;
        std::string isolation;  ///< empty: none of its own
    };

    std::vector<Relation> relations_;
    ByName<std::size_t> relation_index_;
    ByText<std::size_t> relation_counts_;                   // by schema
    ByName<std::vector<RelationshipGroup>> relationships_;  // by origin
    ByName<std::vector<Function>> functions_;
    ByText<std::vector<Representation>> representations_;  // by source type
    ByName<std::vector<MediaHandler>> handlers_;           // by subject; of anyelement under the empty name
    ByText<Role> roles_;
    std::unordered_set<std::string, TextHash, std::equal_to<>> type_names_;
};

}  // namespace platform::restql
