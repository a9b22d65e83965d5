#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

/// The two tables of another system's export that hold accounts.
enum class ExportTable { users, identities };

/// The table of these columns; nothing when they are of neither.
std::optional<ExportTable> table_of(const std::vector<std::string>& columns);
/// The table of this name in a dump, with or without its schema.
std::optional<ExportTable> table_named(std::string_view schema, std::string_view name);

/// One row as the export has it.
struct ExportRow {
    ExportTable table = ExportTable::users;
    std::uint64_t line = 0;  ///< where it begins
    std::shared_ptr<const std::vector<std::string>> columns{};
    std::vector<std::optional<std::string>> values{};  ///< one per column; nothing is NULL
    std::string problem{};                             ///< why it cannot be read; empty: it can

    /// The value of a column; nothing for NULL and for a column that the export lacks.
    std::optional<std::string> get(std::string_view column) const;
};

/// The rows of an export, one after the other; a file may be larger than the memory.
class ExportReader {
public:
    /// A row of more is reported, not kept.
    static constexpr std::size_t row_limit_bytes = 4 << 20;

    virtual ~ExportReader() = default;
    /// Nothing at the end.
    virtual std::optional<ExportRow> next() = 0;
};

}  // namespace tt::auth
