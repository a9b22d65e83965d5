#include "platform/restql/schema/catalog.hpp"

#include "platform/core/text.hpp"
#include "platform/restql/schema/introspection_sql.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

template <class Row>
const std::string* find_name(const std::vector<Row>& columns, ObjectId relation, int number) {
    const std::pair wanted(relation, number);
    const auto key = [](const Row& row) { return std::pair(row.relation_id, row.number); };
    const auto found = std::ranges::lower_bound(columns, wanted, {}, key);
    return found != columns.end() && key(*found) == wanted ? &found->name : nullptr;
}

std::vector<std::string> names_of(const Catalog& catalog, ObjectId relation, const std::vector<int>& numbers) {
    std::vector<std::string> names;
    for (const int number : numbers) {
        const auto* name = find_name(catalog.columns, relation, number);
        if (!name) name = find_name(catalog.outer_columns, relation, number);
        names.push_back(name ? *name : std::string());
    }
    return names;
}

/// Here rather than on the server: a subquery for each key would take it longer than all the rest.
void name_key_columns(Catalog& catalog) {
    for (auto& key : catalog.unique_keys) key.columns = names_of(catalog, key.relation_id, key.numbers);
    for (auto& key : catalog.foreign_keys) {
        key.columns = names_of(catalog, key.relation_id, key.numbers);
        key.target_columns = names_of(catalog, key.target_id, key.target_numbers);
    }
}

}  // namespace

std::vector<db::Statement> catalog_statements(const SchemaCacheConfig& config) {
    auto with_extra = config.schemas;
    with_extra.insert(with_extra.end(), config.extra_search_path.begin(), config.extra_search_path.end());
    const auto exposed = db::make_params(config.schemas);
    std::vector<std::string> hoisted;
    for (const auto& name : config.hoisted_settings) hoisted.push_back(lower_ascii(name));
    return {
        {restql::sql::relations, exposed},
        {restql::sql::columns, exposed},
        {restql::sql::column_types, exposed},
        {restql::sql::enums, {}},
        {restql::sql::unique_keys, {}},
        {restql::sql::foreign_keys, {}},
        {restql::sql::outer_columns, exposed},
        {restql::sql::views, db::make_params(with_extra)},
        {restql::sql::computed_relationships, {}},
        {restql::sql::functions, db::make_params(config.schemas, hoisted)},
        {restql::sql::parameters, exposed},
        {restql::sql::representations, {}},
        {restql::sql::media_handlers, exposed},
        {restql::sql::role_settings, {}},
        {restql::sql::type_names, {}},
    };
}

Catalog read_catalog(std::vector<db::Rows> replies) {
    Catalog catalog;
    std::size_t next = 0;
    const auto take = [&]<class T>(std::vector<T>& rows) {
        rows = replies.at(next).many<T>();
        replies[next++] = {};  // the reply's memory goes before the next one is read
    };
    take(catalog.relations);
    take(catalog.columns);
    take(catalog.column_types);
    take(catalog.enums);
    take(catalog.unique_keys);
    take(catalog.foreign_keys);
    take(catalog.outer_columns);
    take(catalog.views);
    take(catalog.computed_relationships);
    take(catalog.functions);
    take(catalog.parameters);
    take(catalog.representations);
    take(catalog.media_handlers);
    take(catalog.role_settings);
    take(catalog.type_names);
    name_key_columns(catalog);
    return catalog;
}

}  // namespace platform::restql
