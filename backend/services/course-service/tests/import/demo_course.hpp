#pragma once

#include "platform/archive/archive_reader.hpp"
#include "platform/core/uuid.hpp"
#include "services/course-service/src/import/olx_reader.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>

namespace tt::course::import::testing {

/// The Open edX demo course: real data, kept beside the repository and never in it. TT_DATA_FILES or ../shared/data.
inline std::optional<std::filesystem::path> demo_course_archive() {
    const char* folder = std::getenv("TT_DATA_FILES");
    const auto base =
        folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(TT_SOURCE_DIR) / "../shared/data";
    const auto file = base / "openedx-demo-course.tar.gz";
    return std::filesystem::exists(file) ? std::optional(file) : std::nullopt;
}

inline constexpr const char* skip_message =
    "openedx-demo-course.tar.gz is not in ../shared/data (or $TT_DATA_FILES): nothing to import";

/// A folder that disappears with the test.
class ScratchFolder {
public:
    ScratchFolder() : path_(std::filesystem::temp_directory_path() / ("tt-import-" + to_string(uuid_v4()))) {
        std::filesystem::create_directories(path_);
    }
    ~ScratchFolder() { std::filesystem::remove_all(path_); }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace tt::course::import::testing
