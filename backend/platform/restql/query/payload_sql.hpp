#pragma once

#include "platform/restql/plan/body_column.hpp"
#include "platform/restql/query/sql.hpp"

#include <span>
#include <string>
#include <string_view>

namespace platform::restql {

/// Whether JSON text is an object, by its first character: PostgreSQL checks the rest.
bool is_json_object(std::string_view text);

/// A JSON body and what is read from it.
struct JsonRows {
    std::string text;
    std::span<const BodyColumn> columns{};  ///< none: rows without columns, one per object
    bool uses_defaults = false;             ///< a column's default where its key is missing, not null
    bool only_first = false;                ///< element of an array
};

/// "(SELECT …) AS pgrst_body": a row per object of the body, its columns typed. The text becomes one parameter.
std::string json_rows(Sql& sql, JsonRows rows);

/// `"a", "b"`, each as `prefix."a"` where there is a prefix.
std::string column_list(std::span<const BodyColumn> columns, std::string_view prefix = {});

}  // namespace platform::restql
