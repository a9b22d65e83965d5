#include "services/course-service/src/import/course_folder.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace tt::course::import {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t max_text_file_bytes = 16U << 20;  // texts, not films; the largest seen has 0.5 MiB

bool is_plain_file(const fs::path& path) {
    std::error_code error;
    return fs::symlink_status(path, error).type() == fs::file_type::regular;
}

}  // namespace

Result<CourseFolder> CourseFolder::find(const fs::path& unpacked) {
    if (is_plain_file(unpacked / "course.xml")) return CourseFolder(unpacked);
    std::vector<fs::path> candidates;
    for (const auto& entry : fs::directory_iterator(unpacked)) {
        if (entry.is_directory() && is_plain_file(entry.path() / "course.xml")) candidates.push_back(entry.path());
    }
    if (candidates.size() == 1) return CourseFolder(candidates.front());
    return Error{Code::unprocessable, "not_a_course",
                 candidates.empty() ? "The archive has no course.xml: it is not an Open edX (OLX) course export."
                                    : "The archive holds more than one course; import them one by one."};
}

std::optional<std::string> CourseFolder::read(std::string_view relative) const {
    const fs::path path = root_ / relative;
    std::error_code error;
    if (!is_plain_file(path) || fs::file_size(path, error) > max_text_file_bytes || error) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> CourseFolder::files_below(std::string_view folder) const {
    std::vector<std::string> names;
    const fs::path base = root_ / folder;
    if (!fs::is_directory(base)) return names;
    for (const auto& entry : fs::recursive_directory_iterator(base)) {
        if (is_plain_file(entry.path())) names.push_back(entry.path().lexically_relative(base).generic_string());
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace tt::course::import
