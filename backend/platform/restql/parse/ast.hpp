#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// A query string as it is spelled; names are not looked up yet (data-api.md §1.2).
namespace platform::restql {

/// One `->` (json) or `->>` (text) step into a JSON value.
struct JsonStep {
    bool is_text = false;
    bool is_index = false;  ///< key holds a whole number of any length, "-1" or "1"
    std::string key;
    bool operator==(const JsonStep&) const = default;
};

struct Field {
    std::string name;
    std::vector<JsonStep> path{};
    bool operator==(const Field&) const = default;
};

enum class Aggregate : std::uint8_t { sum, avg, count, max, min };

/// As the request and SQL spell it.
constexpr std::string_view aggregate_name(Aggregate aggregate) {
    constexpr std::string_view names[] = {"sum", "avg", "count", "max", "min"};
    return names[static_cast<std::size_t>(aggregate)];
}

/// `alias:name->path::cast.aggregate()::aggregate_cast`; `count()` alone has the name "*".
struct SelectColumn {
    Field field;
    std::string alias{};
    std::string cast{};
    std::optional<Aggregate> aggregate{};
    std::string aggregate_cast{};
};

enum class JoinType : std::uint8_t { left, inner };

struct SelectItem;

/// `alias:target!hint!inner(select)` or `...target!hint(select)`
struct Embed {
    std::string target;
    std::string alias{};
    std::optional<std::string> hint{};
    std::optional<JoinType> join{};  ///< absent: left
    bool is_spread = false;
    std::vector<SelectItem> select;  ///< may be empty: rel()
};

struct SelectItem {
    std::variant<SelectColumn, Embed> item;
};

enum class Quantifier : std::uint8_t { none, any, all };

/// What stands after `field=`, without the field.
struct Operation {
    std::string op{};  ///< as spelled: eq, in, is, fts, isdistinct, …
    bool is_negated = false;
    Quantifier quantifier = Quantifier::none;
    std::optional<std::string> language{};  ///< of the full text operators
    std::string value{};                    ///< `is`: lower case, one of the five operands
    std::vector<std::string> list{};        ///< `in`; of in.() empty
};

struct Filter {
    Field field;
    Operation operation;
};

struct Logic;
/// A filter, or and/or of conditions.
using Condition = std::variant<Filter, std::unique_ptr<Logic>>;

struct Logic {
    bool is_or = false;
    bool is_negated = false;
    std::vector<Condition> conditions;
};

struct OrderTerm {
    std::optional<std::string> relation{};  ///< order=relation(field)
    Field field;
    std::optional<bool> is_descending{};  ///< absent: not spelled
    std::optional<bool> nulls_first{};
};

/// Rows [offset, offset + limit). Of an embedded relation both may be negative: PostgreSQL then refuses them.
struct Window {
    std::int64_t offset = 0;
    std::optional<std::int64_t> limit{};
};

/// Something that belongs to the embedded relation at `path` (names or aliases from the root; empty: the root).
template <class T>
struct At {
    std::vector<std::string> path;
    T value;
};

struct ParsedQuery {
    std::vector<SelectItem> select;                  ///< never empty: `*` when there is no select
    std::vector<At<Condition>> conditions;           ///< filters and logic trees in the order sent
    std::vector<At<std::vector<OrderTerm>>> orders;  ///< of several with one path the first counts
    std::vector<At<Window>> windows;  ///< limit and offset of embedded relations; the root's is ApiRequest::window
    std::optional<std::vector<std::string>> columns;             ///< columns=, sorted, once each
    std::optional<std::vector<std::string>> on_conflict;         ///< on_conflict=
    std::vector<std::pair<std::string, std::string>> arguments;  ///< of a function called by GET: keys without operator
    std::string canonical;  ///< every parameter sorted by key, form-encoded, for Content-Location; not of QUERY
};

}  // namespace platform::restql
