#include "platform/restql/schema/schema_cache.hpp"

#include "platform/core/runtime.hpp"
#include "platform/core/text.hpp"
#include "platform/restql/schema/cache_builder.hpp"
#include "platform/restql/schema/catalog.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace platform::restql {
namespace {

// Types that SQL spells in words of its grammar; pg_type knows them by other names.
constexpr std::array sql_type_names = std::to_array<std::string_view>({
    "bigint",
    "bit",
    "bit varying",
    "boolean",
    "char",
    "char varying",
    "character",
    "character varying",
    "dec",
    "decimal",
    "double precision",
    "float",
    "int",
    "integer",
    "interval",
    "national char",
    "national character",
    "national character varying",
    "nchar",
    "numeric",
    "real",
    "smallint",
    "time",
    "time with time zone",
    "time without time zone",
    "timestamp",
    "timestamp with time zone",
    "timestamp without time zone",
    "varchar",
});

/// Lower case, one blank between words.
std::string plain_type_name(std::string_view name) {
    std::string plain;
    for (const char c : trimmed(name)) {
        if (c == ' ' && !plain.empty() && plain.back() == ' ') continue;
        plain += lower_ascii(c);
    }
    return plain;
}

}  // namespace

const Column* Relation::find(std::string_view column) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

Task<std::shared_ptr<const SchemaCache>> SchemaCache::load(db::Database database, SchemaCacheConfig config,
                                                           Runtime* runtime) {
    db::Context context;
    context.role = database.role();
    context.read_only = true;
    context.isolation = "repeatable read";     // many statements, one state
    context.settings = {{"search_path", ""}};  // types and defaults then spell their schema
    db::Tx tx = co_await database.begin(std::move(context));
    auto statements = catalog_statements(config);
    auto replies = co_await tx.batch(std::move(statements));
    co_await tx.commit();
    if (!runtime) co_return CacheBuilder(config, read_catalog(std::move(replies))).build();
    auto derived =
        co_await runtime->on_cpu([&] { return CacheBuilder(config, read_catalog(std::move(replies))).build(); });
    co_return derived;
}

const Relation* SchemaCache::relation(const QualifiedName& name) const {
    const auto found = relation_index_.find(name);
    return found == relation_index_.end() ? nullptr : &relations_[found->second];
}

std::span<const Relationship> SchemaCache::relationships(const QualifiedName& origin,
                                                         std::string_view target_schema) const {
    const auto found = relationships_.find(origin);
    if (found == relationships_.end()) return {};
    for (const auto& group : found->second) {
        if (group.schema == target_schema) return group.relationships;
    }
    return {};
}

std::span<const Function> SchemaCache::functions(const QualifiedName& name) const {
    const auto found = functions_.find(name);
    return found == functions_.end() ? std::span<const Function>() : std::span<const Function>(found->second);
}

const Representation* SchemaCache::representation(std::string_view source_type, std::string_view target_type) const {
    const auto found = representations_.find(source_type);
    if (found == representations_.end()) return nullptr;
    for (const auto& representation : found->second) {
        if (representation.target_type == target_type) return &representation;
    }
    return nullptr;
}

const MediaHandler* SchemaCache::handler(const QualifiedName* subject, std::string_view media_type) const {
    static const QualifiedName any_element;
    const auto found = handlers_.find(subject ? *subject : any_element);
    if (found == handlers_.end()) return nullptr;
    for (const auto& handler : found->second) {
        if (handler.media_type == media_type) return &handler;
    }
    return nullptr;
}

bool SchemaCache::is_type(std::string_view name) const {
    const auto plain = plain_type_name(name);
    return type_names_.contains(plain) ||
           std::binary_search(sql_type_names.begin(), sql_type_names.end(), std::string_view(plain));
}

std::span<const std::pair<std::string, std::string>> SchemaCache::role_settings(std::string_view role) const {
    const auto found = roles_.find(role);
    if (found == roles_.end()) return {};
    return found->second.settings;
}

const std::string* SchemaCache::role_isolation(std::string_view role) const {
    const auto found = roles_.find(role);
    return found == roles_.end() || found->second.isolation.empty() ? nullptr : &found->second.isolation;
}

std::vector<const Function*> SchemaCache::functions_of(std::string_view schema) const {
    std::vector<const Function*> found;
    for (const auto& [name, overloads] : functions_) {
        if (name.schema != schema) continue;
        for (const auto& function : overloads) found.push_back(&function);
    }
    // Overloads lie together in memory, in their order.
    std::sort(found.begin(), found.end(),
              [](const Function* a, const Function* b) { return std::tie(a->id.name, a) < std::tie(b->id.name, b); });
    return found;
}

std::size_t SchemaCache::relations_in(std::string_view schema) const {
    const auto found = relation_counts_.find(schema);
    return found == relation_counts_.end() ? 0 : found->second;
}

}  // namespace platform::restql
