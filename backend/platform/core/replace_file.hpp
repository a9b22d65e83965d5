#pragma once

#include <filesystem>
#include <string_view>

namespace platform {

/// Writes a file as a whole or not at all: whoever reads it meanwhile, or after a crash, has the old one. Makes the
/// directory when it is missing. False when it could not be written, as on a full disk. One writer per path.
bool replace_file(const std::filesystem::path& path, std::string_view content);

}  // namespace platform
