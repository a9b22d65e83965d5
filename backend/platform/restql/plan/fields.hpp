#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace platform::restql {

enum class FieldUse : std::uint8_t {
    order,   ///< as it is
    output,  ///< shown as JSON: a domain's own cast to json applies
    filter,  ///< compared with a text of the request: the domain's cast from text applies to that text
    body,    ///< filled from JSON: the domain's cast from json applies
};

/// to_tsvector([language,] field)
struct TextVector {
    std::optional<std::string> language{};
};

/// A column or computed column of a relation, a JSON path into it, and what its types ask for. A name the cache does
/// not know stays a name: it may be a computed column, or PostgreSQL answers 42703.
struct PlannedField {
    std::string name;  ///< "*": all columns
    std::vector<JsonStep> path{};
    bool needs_jsonb = false;            ///< the path starts at to_jsonb(column): it is no json itself
    bool is_whole_row = false;           ///< the row as one value
    std::optional<TextVector> vector{};  ///< full text search in what is no tsvector
    std::string type{};                  ///< as declared; of a body field with a representation: "json"; empty: unknown
    const Representation* representation = nullptr;
};

/// `relation` may be null (a function's result); `operation` is the filter's.
PlannedField plan_field(const SchemaCache& schema, const Relation* relation, const Field& field, FieldUse use,
                        const Operation* operation = nullptr);

/// What a JSON path is called when it has no alias: its last key, or the column when it has only indices.
std::string json_path_name(const PlannedField& field);

}  // namespace platform::restql
