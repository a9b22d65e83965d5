#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// What the data API knows of a database: relations, how they relate, functions, casts, media types.
namespace platform::restql {

struct QualifiedName {
    std::string schema;
    std::string name;
    auto operator<=>(const QualifiedName&) const = default;
};

struct Column {
    std::string name;
    std::optional<std::string> description{};
    bool is_nullable = true;
    std::string type{};          ///< as SQL spells it, of a domain its base type: "character varying", "integer[]"
    std::string nominal_type{};  ///< the declared type: a domain keeps its name
    std::optional<int> max_length{};
    std::optional<std::string> default_value{};  ///< SQL expression
    std::vector<std::string> enum_values{};
};

struct Relation {
    QualifiedName id;
    std::optional<std::string> description{};
    bool is_view = false;
    bool is_insertable = false, is_updatable = false, is_deletable = false;
    std::vector<std::string> key{};  ///< primary key columns, alphabetical
    std::vector<Column> columns{};   ///< in table order
    const Column* find(std::string_view column) const;
};

enum class Cardinality : std::uint8_t { many_to_one, one_to_one, one_to_many, many_to_many };

using ColumnPairs = std::vector<std::pair<std::string, std::string>>;

struct Junction {
    QualifiedName relation;
    std::string origin_constraint, target_constraint;
    ColumnPairs origin_columns;  ///< (column of the origin, column of the junction)
    ColumnPairs target_columns;  ///< (column of the target, column of the junction)
};

/// How rows of `origin` find rows of `target`.
struct Relationship {
    QualifiedName origin;
    QualifiedName target;
    bool is_self = false;
    bool origin_is_view = false, target_is_view = false;
    Cardinality cardinality = Cardinality::many_to_one;
    bool is_parent = false;    ///< one_to_one: the foreign key stands on the target
    std::string constraint{};  ///< of the foreign key; not for many_to_many
    ColumnPairs columns{};     ///< (column of the origin, column of the target); not for many_to_many
    std::optional<Junction> junction{};
    std::optional<QualifiedName> function{};  ///< computed: takes a row of origin, returns rows of target
    bool computed_is_to_one = false;

    bool is_to_one() const {
        if (function) return computed_is_to_one;
        return cardinality == Cardinality::many_to_one || cardinality == Cardinality::one_to_one;
    }
};

struct Parameter {
    std::string name;  ///< empty when unnamed
    std::string type;
    std::string type_with_length;  ///< char and bit types widened so that no argument is cut
    bool is_required = true;
    bool is_variadic = false;
};

enum class Volatility : std::uint8_t { volatile_, stable, immutable };

struct ReturnType {
    QualifiedName type;
    bool is_set = false;
    bool is_composite = false;
    bool is_composite_alias = false;  ///< a domain over a composite type
    bool is_void() const { return !is_set && type == QualifiedName{"pg_catalog", "void"}; }
    bool is_scalar() const { return !is_set && !is_composite; }
    bool is_set_of_scalar() const { return is_set && !is_composite; }
};

struct Function {
    QualifiedName id;
    std::optional<std::string> description{};
    std::vector<Parameter> parameters{};
    ReturnType returns{};
    Volatility volatility = Volatility::volatile_;
    bool has_variadic = false;
    std::optional<std::string> isolation{};                       ///< its own default_transaction_isolation
    std::vector<std::pair<std::string, std::string>> settings{};  ///< hoisted ones of its own
    std::uint32_t oid = 0;
};

/// A cast that a domain brings along: how its values are shown, or read (domain representations).
struct Representation {
    std::string source_type;
    std::string target_type;
    QualifiedName function;
};

/// Who turns rows into a media type.
struct MediaHandler {
    QualifiedName function;  ///< the aggregate; where the function's own result is the body, the domain it returns
    std::optional<QualifiedName> relation{};  ///< whose rows, or which function's result; absent: anyelement
    std::string media_type;                   ///< lower case; "*/*" serves any
    std::string produces;                     ///< the answer's type: of */* it is application/octet-stream
    std::string base_type{};                  ///< of the domain: "bytea", "jsonb", "text"
    bool is_aggregate = true;                 ///< false: the function's own result is the body
};

}  // namespace platform::restql
