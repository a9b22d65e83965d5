#pragma once

#include "platform/db/tx.hpp"

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The rows of introspection.sql, as they come.
namespace platform::restql {

struct SchemaCacheConfig;

using ObjectId = std::uint32_t;

struct RelationRow {
    ObjectId id = 0;
    std::string schema, name;
    std::optional<std::string> description;
    bool is_view = false;
    int writes = 0;  ///< bits of pg_relation_is_updatable
};
BOOST_DESCRIBE_STRUCT(RelationRow, (), (id, schema, name, description, is_view, writes))

struct ColumnRow {
    ObjectId relation_id = 0;
    int number = 0;
    std::string name;
    std::optional<std::string> description;
    bool is_not_null = false;
    ObjectId type_id = 0;
    int modifier = -1;
    bool has_default = false;  ///< also of a generated column, whose default_value is absent
    std::optional<std::string> default_value;
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (),
                      (relation_id, number, name, description, is_not_null, type_id, modifier, has_default,
                       default_value))

struct ColumnTypeRow {
    ObjectId id = 0;
    int modifier = -1;
    std::string type, nominal_type;
    std::optional<int> max_length;
    bool is_not_null = false;
    std::optional<std::string> default_value;
    ObjectId base_type_id = 0;
};
BOOST_DESCRIBE_STRUCT(ColumnTypeRow, (),
                      (id, modifier, type, nominal_type, max_length, is_not_null, default_value, base_type_id))

struct OuterColumnRow {
    ObjectId relation_id = 0;
    int number = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(OuterColumnRow, (), (relation_id, number, name))

struct EnumRow {
    ObjectId type_id = 0;
    std::vector<std::string> labels;
};
BOOST_DESCRIBE_STRUCT(EnumRow, (), (type_id, labels))

struct UniqueKeyRow {
    ObjectId relation_id = 0;
    std::string schema, relation;
    bool is_primary = false;
    std::vector<int> numbers;
    std::vector<std::string> columns;  ///< filled in by read_catalog()
};
BOOST_DESCRIBE_STRUCT(UniqueKeyRow, (), (relation_id, schema, relation, is_primary, numbers))

struct ForeignKeyRow {
    std::string name;
    ObjectId relation_id = 0;
    std::string schema, relation;
    ObjectId target_id = 0;
    std::string target_schema, target;
    std::vector<int> numbers, target_numbers;
    std::vector<std::string> columns, target_columns;  ///< filled in by read_catalog()
};
BOOST_DESCRIBE_STRUCT(ForeignKeyRow, (),
                      (name, relation_id, schema, relation, target_id, target_schema, target, numbers, target_numbers))

struct ViewRow {
    ObjectId id = 0;
    std::string definition;  ///< pg_rewrite.ev_action
};
BOOST_DESCRIBE_STRUCT(ViewRow, (), (id, definition))

struct ComputedRelationshipRow {
    std::string schema, name, origin_schema, origin, target_schema, target;
    bool is_to_one = false;
};
BOOST_DESCRIBE_STRUCT(ComputedRelationshipRow, (),
                      (schema, name, origin_schema, origin, target_schema, target, is_to_one))

struct FunctionRow {
    ObjectId id = 0;
    std::string schema, name;
    std::optional<std::string> description;
    std::string type_schema, type_name;
    bool is_set = false, is_composite = false, is_alias = false;
    std::string volatility;
    bool has_variadic = false;
    std::optional<std::string> isolation;
    std::vector<std::string> settings;  ///< name=value
};
BOOST_DESCRIBE_STRUCT(FunctionRow, (),
                      (id, schema, name, description, type_schema, type_name, is_set, is_composite, is_alias,
                       volatility, has_variadic, isolation, settings))

struct ParameterRow {
    ObjectId function_id = 0;
    std::string name;
    bool is_named = true;
    std::string type, type_with_length;
    bool holds_a_body = false, is_required = true, is_variadic = false;
};
BOOST_DESCRIBE_STRUCT(ParameterRow, (),
                      (function_id, name, is_named, type, type_with_length, holds_a_body, is_required, is_variadic))

struct RepresentationRow {
    std::string source_type, target_type, schema, name;
};
BOOST_DESCRIBE_STRUCT(RepresentationRow, (), (source_type, target_type, schema, name))

struct MediaHandlerRow {
    std::string schema, name, target_schema, target, media_type, base_type;
    bool is_aggregate = true;
};
BOOST_DESCRIBE_STRUCT(MediaHandlerRow, (), (schema, name, target_schema, target, media_type, base_type, is_aggregate))

struct RoleSettingRow {
    std::string role, name, value;
};
BOOST_DESCRIBE_STRUCT(RoleSettingRow, (), (role, name, value))

struct Catalog {
    std::vector<RelationRow> relations;
    std::vector<ColumnRow> columns;  ///< of `relations`, together and in order for each
    std::vector<ColumnTypeRow> column_types;
    std::vector<EnumRow> enums;
    std::vector<UniqueKeyRow> unique_keys;
    std::vector<ForeignKeyRow> foreign_keys;
    std::vector<OuterColumnRow> outer_columns;  ///< as `columns`, of relations that are not in `relations`
    std::vector<ViewRow> views;
    std::vector<ComputedRelationshipRow> computed_relationships;
    std::vector<FunctionRow> functions;
    std::vector<ParameterRow> parameters;  ///< together and in order for each function
    std::vector<RepresentationRow> representations;
    std::vector<MediaHandlerRow> media_handlers;
    std::vector<RoleSettingRow> role_settings;
    std::vector<std::string> type_names;
};

/// The statements that read_catalog() understands the replies of, in this order.
std::vector<db::Statement> catalog_statements(const SchemaCacheConfig& config);
Catalog read_catalog(std::vector<db::Rows> replies);

}  // namespace platform::restql
