#include "services/auth-service/src/migration/export_file.hpp"

#include "services/auth-service/src/migration/csv_reader.hpp"
#include "services/auth-service/src/migration/dump_reader.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

constexpr std::size_t header_limit_bytes = 16 * 1024;

/// Column names, commas and quotes: no dump begins like this, for it has blanks, dashes or semicolons.
bool is_csv_header(const std::filesystem::path& path) {
    TextSource source(path);
    std::string line;
    for (int c = source.take(); c != '\n' && c != TextSource::end; c = source.take()) {
        if (c != '\r') line += static_cast<char>(c);
        if (line.size() > header_limit_bytes) return false;
    }
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ',' ||
               c == '"';
    };
    return line.find(',') != std::string::npos && std::ranges::all_of(line, is_allowed);
}

}  // namespace

std::unique_ptr<ExportReader> open_export(const std::filesystem::path& path) {
    if (is_csv_header(path)) return std::make_unique<CsvReader>(path);
    return std::make_unique<DumpReader>(path);
}

}  // namespace tt::auth
