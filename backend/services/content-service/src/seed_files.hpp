#pragma once

#include "services/content-service/src/blog.hpp"
#include "services/content-service/src/growth.hpp"

#include <cstddef>
#include <filesystem>

namespace tt::content {

/// Loads `folder`/posts/*.md and `folder`/growth-quiz.json; files that changed nothing count nothing. Errors:
/// post_invalid, quiz_invalid, seed_unreadable.
Task<Result<std::size_t>> seed_content(Blog& blog, Growth& growth, std::filesystem::path folder);

}  // namespace tt::content
