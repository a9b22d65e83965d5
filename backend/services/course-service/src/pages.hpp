#pragma once

#include "platform/http/static_files.hpp"
#include "services/course-service/src/service.hpp"

#include <optional>
#include <string>

namespace tt::course {

/// Title, description, canonical address and structured data of the academy's pages; the catalogue and course pages
/// are pre-rendered. Nothing for a path that is no page.
Task<std::optional<http::PageMeta>> page_meta(CourseService& courses, std::string academy_url, std::string path);

}  // namespace tt::course
