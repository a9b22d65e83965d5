#include "services/auth-service/src/migration/export_row.hpp"

#include <algorithm>

namespace tt::auth {

std::optional<ExportTable> table_of(const std::vector<std::string>& columns) {
    const auto has = [&](std::string_view name) { return std::ranges::find(columns, name) != columns.end(); };
    if (has("provider") && has("identity_data") && has("user_id")) return ExportTable::identities;
    if (has("id") && (has("email") || has("phone"))) return ExportTable::users;
    return std::nullopt;
}

std::optional<ExportTable> table_named(std::string_view schema, std::string_view name) {
    if (schema != "auth") return std::nullopt;
    if (name == "users") return ExportTable::users;
    if (name == "identities") return ExportTable::identities;
    return std::nullopt;
}

std::optional<std::string> ExportRow::get(std::string_view column) const {
    const auto found = std::ranges::find(*columns, column);
    return found == columns->end() ? std::nullopt : values[static_cast<std::size_t>(found - columns->begin())];
}

}  // namespace tt::auth
