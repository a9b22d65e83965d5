#pragma once

#include "services/auth-service/src/migration/export_row.hpp"
#include "services/auth-service/src/migration/text_source.hpp"

namespace tt::auth {

/// RFC 4180 with a header, as `\copy … TO … CSV HEADER` and Supabase's dashboard write it. An unquoted empty field and
/// an unquoted NULL are NULL.
class CsvReader final : public ExportReader {
public:
    /// Throws std::runtime_error when the file cannot be read or its columns are of neither table.
    explicit CsvReader(const std::filesystem::path& path);
    std::optional<ExportRow> next() override;

private:
    struct Record {
        std::uint64_t line = 0;
        std::vector<std::optional<std::string>> fields{};
        std::string problem{};
    };
    std::optional<Record> read_record();
    void read_field(Record& record);
    std::string read_quoted(Record& record);

    TextSource source_;
    std::shared_ptr<const std::vector<std::string>> columns_;
    ExportTable table_ = ExportTable::users;
    std::size_t record_bytes_ = 0;
};

}  // namespace tt::auth
