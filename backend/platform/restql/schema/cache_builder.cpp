#include "platform/restql/schema/cache_builder.hpp"

#include "platform/core/text.hpp"
#include "platform/restql/schema/relationships.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace platform::restql {
namespace {

// Bits of pg_relation_is_updatable: 1 << CmdType.
constexpr int update_bit = 4;
constexpr int insert_bit = 8;
constexpr int delete_bit = 16;

using Labels = std::unordered_map<ObjectId, std::vector<std::string>>;

Relation make_relation(const RelationRow& row) {
    Relation relation;
    relation.id = {row.schema, row.name};
    relation.description = row.description;
    relation.is_view = row.is_view;
    relation.is_insertable = (row.writes & insert_bit) != 0;
    relation.is_updatable = (row.writes & update_bit) != 0;
    relation.is_deletable = (row.writes & delete_bit) != 0;
    return relation;
}

/// By type and modifier.
using ColumnTypes = std::map<std::pair<ObjectId, int>, const ColumnTypeRow*>;

Column make_column(ColumnRow row, const ColumnTypeRow& type, const Labels& labels) {
    const auto enum_labels = labels.find(type.base_type_id);
    return {.name = std::move(row.name),
            .description = std::move(row.description),
            .is_nullable = !row.is_not_null && !type.is_not_null,
            .type = type.type,
            .nominal_type = type.nominal_type,
            .max_length = type.max_length,
            .default_value = row.has_default ? std::move(row.default_value) : type.default_value,
            .enum_values = enum_labels == labels.end() ? std::vector<std::string>() : enum_labels->second};
}

Volatility volatility_of(std::string_view text) {
    if (text == "i") return Volatility::immutable;
    return text == "s" ? Volatility::stable : Volatility::volatile_;
}

std::vector<std::pair<std::string, std::string>> split_settings(const std::vector<std::string>& settings) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& setting : settings) {
        const auto equals = setting.find('=');
        if (equals != std::string::npos) pairs.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    return pairs;
}

Function make_function(FunctionRow row, std::span<const ParameterRow> parameters) {
    Function function;
    function.id = {std::move(row.schema), std::move(row.name)};
    function.description = std::move(row.description);
    for (const auto& parameter : parameters) {
        function.parameters.push_back(
            {parameter.name, parameter.type, parameter.type_with_length, parameter.is_required, parameter.is_variadic});
    }
    function.returns = {
        {std::move(row.type_schema), std::move(row.type_name)}, row.is_set, row.is_composite, row.is_alias};
    function.volatility = volatility_of(row.volatility);
    function.has_variadic = row.has_variadic;
    function.isolation = std::move(row.isolation);
    function.settings = split_settings(row.settings);
    function.oid = row.id;
    return function;
}

/// By the names of its arguments, or with one body for its only argument.
bool is_callable(std::span<const ParameterRow> parameters) {
    const auto unnamed = std::count_if(parameters.begin(), parameters.end(), [](const auto& p) { return !p.is_named; });
    return unnamed == 0 || (unnamed == 1 && parameters.front().holds_a_body);
}

/// Overloads: fewer parameters first, then as upstream compares them.
bool comes_before(const Function& a, const Function& b) {
    if (a.parameters.size() != b.parameters.size()) return a.parameters.size() < b.parameters.size();
    if (a.description != b.description) return a.description < b.description;
    return std::lexicographical_compare(
        a.parameters.begin(), a.parameters.end(), b.parameters.begin(), b.parameters.end(),
        [](const Parameter& x, const Parameter& y) {
            return std::tie(x.name, x.type, x.type_with_length, x.is_required, x.is_variadic) <
                   std::tie(y.name, y.type, y.type_with_length, y.is_required, y.is_variadic);
        });
}

}  // namespace

CacheBuilder::CacheBuilder(const SchemaCacheConfig& config, Catalog catalog)
    : config_(config),
      catalog_(std::move(catalog)),
      views_(catalog_.views, catalog_.relations, catalog_.columns),
      cache_(new SchemaCache) {}

std::shared_ptr<const SchemaCache> CacheBuilder::build() {
    add_relations();
    add_primary_keys();
    add_relationships();
    add_functions();
    add_handlers();
    add_roles();
    for (auto& row : catalog_.representations) {
        cache_->representations_[row.source_type].push_back({row.source_type, row.target_type, {row.schema, row.name}});
    }
    cache_->type_names_.insert(std::make_move_iterator(catalog_.type_names.begin()),
                               std::make_move_iterator(catalog_.type_names.end()));
    return std::move(cache_);
}

void CacheBuilder::add_relations() {
    Labels labels;
    for (auto& row : catalog_.enums) labels.emplace(row.type_id, std::move(row.labels));
    std::unordered_map<ObjectId, std::size_t> by_id;
    cache_->relations_.reserve(catalog_.relations.size());
    for (const auto& row : catalog_.relations) {
        by_id.emplace(row.id, cache_->relations_.size());
        cache_->relation_index_.emplace(QualifiedName{row.schema, row.name}, cache_->relations_.size());
        cache_->relations_.push_back(make_relation(row));
        ++cache_->relation_counts_[row.schema];
    }
    ColumnTypes types;
    for (const auto& row : catalog_.column_types) types.emplace(std::pair(row.id, row.modifier), &row);
    for (auto& row : catalog_.columns) {
        const auto relation = by_id.find(row.relation_id);
        const auto type = types.find({row.type_id, row.modifier});
        if (relation == by_id.end() || type == types.end()) continue;
        cache_->relations_[relation->second].columns.push_back(make_column(std::move(row), *type->second, labels));
    }
}

Relation* CacheBuilder::find(const QualifiedName& name) {
    const auto found = cache_->relation_index_.find(name);
    return found == cache_->relation_index_.end() ? nullptr : &cache_->relations_[found->second];
}

void CacheBuilder::add_primary_keys() {
    // A view of several tables has all their keys, in the tables' order: so upstream's Location names them.
    std::sort(catalog_.unique_keys.begin(), catalog_.unique_keys.end(), [](const auto& a, const auto& b) {
        return std::tie(a.schema, a.relation) < std::tie(b.schema, b.relation);
    });
    for (const auto& key : catalog_.unique_keys) {
        if (!key.is_primary) continue;
        if (auto* relation = find({key.schema, key.relation})) {
            relation->key = key.columns;
            std::sort(relation->key.begin(), relation->key.end());
        }
        const Relation* previous = nullptr;
        for (const auto& showing : views_.showings(key.relation_id, key.numbers)) {
            auto* view = find({showing.view->schema, showing.view->name});
            // Of the ways to show the key the first will do.
            if (view && view != previous)
                view->key.insert(view->key.end(), showing.columns.begin(), showing.columns.end());
            previous = view;
        }
    }
}

void CacheBuilder::add_relationships() {
    const RelationshipSources sources{.foreign_keys = catalog_.foreign_keys,
                                      .unique_keys = catalog_.unique_keys,
                                      .computed = catalog_.computed_relationships,
                                      .views = views_,
                                      .exposed = {config_.schemas.begin(), config_.schemas.end()},
                                      .key = [this](const QualifiedName& name) {
                                          const auto* relation = find(name);
                                          return relation ? &relation->key : nullptr;
                                      }};
    for (auto& relationship : derive_relationships(sources)) {
        const auto& schema = relationship.function ? relationship.function->schema : relationship.target.schema;
        auto& groups = cache_->relationships_[relationship.origin];
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.schema == schema; });
        if (group == groups.end()) group = groups.insert(group, {schema, {}});
        group->relationships.push_back(std::move(relationship));
    }
}

void CacheBuilder::add_functions() {
    std::size_t next = 0;
    const auto& parameters = catalog_.parameters;
    for (auto& row : catalog_.functions) {
        // Both lists are in the order of the functions' ids.
        while (next < parameters.size() && parameters[next].function_id < row.id) ++next;
        const std::size_t first = next;
        while (next < parameters.size() && parameters[next].function_id == row.id) ++next;
        const std::span own(parameters.data() + first, next - first);
        if (!is_callable(own)) continue;
        auto function = make_function(std::move(row), own);
        cache_->functions_[function.id].push_back(std::move(function));
    }
    for (auto& [name, overloads] : cache_->functions_) std::sort(overloads.begin(), overloads.end(), comes_before);
}

void CacheBuilder::add_handlers() {
    for (auto& row : catalog_.media_handlers) {
        MediaHandler handler;
        handler.function = {row.schema, row.name};
        handler.media_type = lower_ascii(row.media_type);
        handler.produces = handler.media_type == "*/*" ? "application/octet-stream" : row.media_type;
        handler.base_type = row.base_type;
        handler.is_aggregate = row.is_aggregate;
        QualifiedName subject{row.target_schema, row.target};
        if (subject == QualifiedName{"pg_catalog", "anyelement"}) {
            subject = {};
        } else {
            handler.relation = subject;
        }
        cache_->handlers_[subject].push_back(std::move(handler));
    }
}

void CacheBuilder::add_roles() {
    for (auto& row : catalog_.role_settings) {
        auto& role = cache_->roles_[row.role];
        if (row.name == "default_transaction_isolation") {
            role.isolation = std::move(row.value);
        } else {
            role.settings.emplace_back(std::move(row.name), std::move(row.value));
        }
    }
}

}  // namespace platform::restql
