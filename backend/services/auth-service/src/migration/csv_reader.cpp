#include "services/auth-service/src/migration/csv_reader.hpp"

#include <stdexcept>

namespace tt::auth {
namespace {

constexpr const char* too_large_record = "malformed row: it is too large, or a quote is not closed";

bool ends_field(int c) {
    return c == ',' || c == '\n' || c == '\r' || c == TextSource::end;
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& path) : source_(path) {
    const auto header = read_record();
    std::vector<std::string> names;
    if (header) {
        for (const auto& field : header->fields) names.push_back(field.value_or(""));
    }
    const auto table = table_of(names);
    if (!table) throw std::runtime_error(path.string() + " has the columns of neither auth.users nor auth.identities");
    table_ = *table;
    columns_ = std::make_shared<const std::vector<std::string>>(std::move(names));
}

std::string CsvReader::read_quoted(Record& record) {
    std::string value;
    source_.take();
    while (true) {
        const int c = source_.take();
        if (c == TextSource::end || ++record_bytes_ > row_limit_bytes) {
            record.problem = too_large_record;
            return value;
        }
        if (c == '"' && !source_.take_if('"')) return value;
        value += static_cast<char>(c);
    }
}

void CsvReader::read_field(Record& record) {
    const bool is_quoted = source_.peek() == '"';
    std::string value;
    if (is_quoted) value = read_quoted(record);
    if (is_quoted && record.problem.empty() && !ends_field(source_.peek())) {
        record.problem = "malformed row: text after a closing quote";
    }
    while (!ends_field(source_.peek())) {
        const int c = source_.take();
        if (++record_bytes_ > row_limit_bytes) {
            record.problem = too_large_record;
        } else {
            value += static_cast<char>(c);
        }
    }
    const bool is_null = !is_quoted && (value.empty() || value == "NULL" || value == "null");
    record.fields.push_back(is_null ? std::nullopt : std::optional(std::move(value)));
}

std::optional<CsvReader::Record> CsvReader::read_record() {
    while (source_.peek() == '\n' || source_.peek() == '\r') source_.take();  // blank lines
    if (source_.peek() == TextSource::end) return std::nullopt;
    Record record{.line = source_.line()};
    record_bytes_ = 0;
    do {
        read_field(record);
    } while (source_.take_if(','));
    source_.take_if('\r');
    source_.take_if('\n');
    return record;
}

std::optional<ExportRow> CsvReader::next() {
    auto record = read_record();
    if (!record) return std::nullopt;
    ExportRow row{table_, record->line, columns_, std::move(record->fields), std::move(record->problem)};
    if (row.problem.empty() && row.values.size() != columns_->size()) {
        row.problem = "malformed row: " + std::to_string(row.values.size()) + " fields instead of " +
                      std::to_string(columns_->size());
    }
    return row;
}

}  // namespace tt::auth
