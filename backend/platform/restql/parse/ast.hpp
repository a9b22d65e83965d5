#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// A request as its query string spells it; names are not looked up yet.
namespace platform::restql {

/// One `->` (json) or `->>` (text) step into a JSON value.
struct JsonStep {
    bool is_text = false;
    bool is_index = false;
    std::string key;
};

struct Field {
    std::string name;
    std::vector<JsonStep> path{};
};

struct SelectColumn {
    Field field;  ///< name "*": every column
    std::string alias{};
    std::string cast{};
};

struct Read;

/// `alias:target!hint!inner(select)`
struct Embed {
    std::string target;
    std::string alias{};  ///< empty: the target's name
    std::optional<std::string> hint{};
    bool is_inner = false;
    std::unique_ptr<Read> read{};

    const std::string& name() const { return alias.empty() ? target : alias; }
};

using SelectItem = std::variant<SelectColumn, Embed>;

struct Filter {
    Field field;
    bool is_negated = false;
    std::string op{};          ///< as spelled: eq, in, is, fts, …
    std::string quantifier{};  ///< any, all or empty
    std::string language{};    ///< of full text operators
    std::string value{};
    std::vector<std::string> list{};  ///< of in
};

struct Logic;
using Condition = std::variant<Filter, std::unique_ptr<Logic>>;

struct Logic {
    bool is_or = false;
    bool is_negated = false;
    std::vector<Condition> conditions;
};

struct OrderTerm {
    Field field;
    bool is_descending = false;
    std::optional<bool> nulls_first{};
};

/// One level: the root relation, or an embedded one.
struct Read {
    std::vector<SelectItem> select;
    std::vector<Condition> where;
    std::vector<OrderTerm> order;
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> offset;
};

struct ParsedQuery {
    Read read;
    std::optional<std::vector<std::string>> columns;  ///< columns=, of writes
};

}  // namespace platform::restql
