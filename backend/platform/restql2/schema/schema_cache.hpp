#pragma once

#include "platform/core/task.hpp"
#include "platform/db/database.hpp"
#include "platform/restql2/schema/model.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace platform::restql {

struct SchemaCacheConfig {
    std::vector<std::string> schemas;
    std::vector<std::string> extra_search_path;
    std::vector<std::string> hoisted_settings;
};

/// What the catalogue says, read in one transaction. Immutable: a reload makes a new one.
class SchemaCache {
public:
    static Task<std::shared_ptr<const SchemaCache>> load(db::Database database, SchemaCacheConfig config);

    const Relation* relation(const QualifiedName& name) const;
    /// Relationships from `origin` to relations of `target_schema`, in upstream's order.
    std::span<const Relationship> relationships(const QualifiedName& origin, std::string_view target_schema) const;
    /// Overloads, those with fewer parameters first.
    std::span<const Function> functions(const QualifiedName& name) const;
    /// The function that turns `source_type` into `target_type`; nothing when the database has none.
    const Representation* representation(std::string_view source_type, std::string_view target_type) const;
    /// `subject`: a relation's or function's name; nothing: handlers of anyelement.
    const MediaHandler* handler(const QualifiedName* subject, std::string_view media_type) const;
    /// Whether a cast to this spelling is allowed: a type name of the catalogue (data-api.md §5.5).
    bool is_type(std::string_view name) const;
    /// Settings of a role (ALTER ROLE x SET …), and its transaction isolation.
    std::span<const std::pair<std::string, std::string>> role_settings(std::string_view role) const;
    const std::string* role_isolation(std::string_view role) const;

    std::span<const Relation> relations() const { return relations_; }
    /// Everything exposed, for OpenAPI and the similar names of errors.
    std::vector<const Function*> functions_of(std::string_view schema) const;
    std::size_t relations_in(std::string_view schema) const;

    struct Builder;  ///< load.cpp fills it

private:
    friend struct Builder;
    struct NameHash {
        std::size_t operator()(const QualifiedName& name) const {
            return std::hash<std::string>()(name.schema) * 31 + std::hash<std::string>()(name.name);
        }
    };
    template <class T>
    using ByName = std::unordered_map<QualifiedName, T, NameHash>;

    std::vector<Relation> relations_;
    ByName<std::size_t> relation_index_;
    std::map<std::pair<QualifiedName, std::string>, std::vector<Relationship>> relationships_;
    std::map<QualifiedName, std::vector<Function>> functions_;
    std::map<std::pair<std::string, std::string>, Representation> representations_;
    std::vector<MediaHandler> handlers_;
};

}  // namespace platform::restql
