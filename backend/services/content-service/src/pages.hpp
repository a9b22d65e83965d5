#pragma once

#include "platform/http/static_files.hpp"
#include "services/content-service/src/blog.hpp"

#include <optional>
#include <string>

namespace tt::content {

/// Title, description, canonical address and structured data of the website's public pages; the text of a post and the
/// list of posts are pre-rendered. Nothing for a path that is no page.
Task<std::optional<http::PageMeta>> page_meta(Blog& blog, std::string site_url, std::string path);

}  // namespace tt::content
