#pragma once

#include "platform/restql/schema/catalog.hpp"
#include "platform/restql/schema/schema_cache.hpp"
#include "platform/restql/schema/view_keys.hpp"

#include <memory>

namespace platform::restql {

/// Works out a SchemaCache from the catalogue's rows. No I/O: runs on any thread.
class CacheBuilder {
public:
    CacheBuilder(const SchemaCacheConfig& config, Catalog catalog);

    std::shared_ptr<const SchemaCache> build();

private:
    void add_relations();
    void add_primary_keys();
    void add_relationships();
    void add_functions();
    void add_handlers();
    void add_roles();
    Relation* find(const QualifiedName& name);

    const SchemaCacheConfig& config_;
    Catalog catalog_;
    ViewKeys views_;
    std::shared_ptr<SchemaCache> cache_;
};

}  // namespace platform::restql
