#pragma once

#include "shared/types/prelude.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::course::import {

/// An unpacked OLX archive: the folder that holds course.xml, at the top or one folder below it.
class CourseFolder {
public:
    /// Errors: not_a_course (422).
    static Result<CourseFolder> find(const std::filesystem::path& unpacked);

    /// Content of a file below the course folder; empty when it is missing, no plain file, or larger than 16 MiB.
    std::optional<std::string> read(std::string_view relative) const;
    /// Relative names of all files below `folder`, sorted.
    std::vector<std::string> files_below(std::string_view folder) const;
    std::filesystem::path path_of(std::string_view relative) const { return root_ / relative; }

private:
    explicit CourseFolder(std::filesystem::path root) : root_(std::move(root)) {}

    std::filesystem::path root_;
};

}  // namespace tt::course::import
