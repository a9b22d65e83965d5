#pragma once

#include "platform/http/static_files.hpp"
#include "shared/host/host.hpp"

#include <functional>
#include <optional>
#include <string>

/// What pages say about themselves, when the front end is served by another process than the one that knows.
namespace tt {

/// By the path of a page; nothing for a path that is none.
using PageSource = std::function<Task<std::optional<http::PageMeta>>(std::string path)>;

/// GET /internal/v1/page?path=…, for gateways only.
void mount_page_source(http::Router& router, PageSource pages);

/// Asks the service at `base_url`. While it is away every page is served, without meta.
http::PageHook remote_pages(Host& host, std::string base_url);

}  // namespace tt
