#pragma once

#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <string>

namespace tt::auth {

/// Files of exports; removed at the end.
class ExportFolder {
public:
    ExportFolder() { std::filesystem::create_directories(path_); }
    ~ExportFolder() { std::filesystem::remove_all(path_); }
    ExportFolder(const ExportFolder&) = delete;
    ExportFolder& operator=(const ExportFolder&) = delete;

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

private:
    const std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("tt-migration-" + std::to_string(getpid()));
};

}  // namespace tt::auth
