#include "platform/restql2/schema/catalog.hpp"

#include "platform/core/text.hpp"
#include "platform/restql2/schema/introspection_sql.hpp"
#include "platform/restql2/schema/schema_cache.hpp"

namespace platform::restql {

std::vector<db::Statement> catalog_statements(const SchemaCacheConfig& config) {
    auto with_extra = config.schemas;
    with_extra.insert(with_extra.end(), config.extra_search_path.begin(), config.extra_search_path.end());
    const auto exposed = db::make_params(config.schemas);
    std::vector<std::string> hoisted;
    for (const auto& name : config.hoisted_settings) hoisted.push_back(lower_ascii(name));
    return {
        {restql2::sql::relations, exposed},
        {restql2::sql::columns, exposed},
        {restql2::sql::enums, {}},
        {restql2::sql::unique_keys, {}},
        {restql2::sql::foreign_keys, {}},
        {restql2::sql::views, db::make_params(with_extra)},
        {restql2::sql::computed_relationships, {}},
        {restql2::sql::functions, db::make_params(config.schemas, hoisted)},
        {restql2::sql::parameters, exposed},
        {restql2::sql::representations, {}},
        {restql2::sql::media_handlers, exposed},
        {restql2::sql::role_settings, {}},
        {restql2::sql::type_names, {}},
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
    take(catalog.enums);
    take(catalog.unique_keys);
    take(catalog.foreign_keys);
    take(catalog.views);
    take(catalog.computed_relationships);
    take(catalog.functions);
    take(catalog.parameters);
    take(catalog.representations);
    take(catalog.media_handlers);
    take(catalog.role_settings);
    take(catalog.type_names);
    return catalog;
}

}  // namespace platform::restql
