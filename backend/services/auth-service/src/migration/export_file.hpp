#pragma once

#include "services/auth-service/src/migration/export_row.hpp"

#include <filesystem>
#include <memory>

namespace tt::auth {

/// A reader for what the file is: CSV when its first line is a header, else a dump.
/// Throws std::runtime_error when it cannot be read.
std::unique_ptr<ExportReader> open_export(const std::filesystem::path& path);

}  // namespace tt::auth
