#pragma once

#include "platform/http/router.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace platform::http {

/// What a page says about itself to search engines and link previews. Plain text; escaped where it is written.
struct PageMeta {
    std::string title{};
    std::string description{};
    std::string canonical_url{};
    std::string image_url{};
    std::string og_type = "website";
    std::string locale{};     ///< Open Graph, e.g. en_US
    std::string json_ld{};    ///< one JSON document (schema.org)
    std::string body_html{};  ///< trusted, pre-rendered; replaces <!--app-body-->
    std::vector<std::pair<std::string, std::string>> alternate_links{};  ///< type, href: feeds
    bool is_indexable = true;
    unsigned status = 200;  ///< 404 shows the application's own "not found" page
};

/// Page navigations of the application: what to put into index.html. Nothing = an unknown page, answered with 404
/// and the application's shell.
using PageHook = std::function<Task<std::optional<PageMeta>>(const Request&)>;

struct StaticFilesOptions {
    std::filesystem::path root;  ///< the built front end; read once at the start
    PageHook page{};             ///< default: every page is known and has no meta
    std::string page_cache_control = "no-cache";
};

/// The files of a built front end, held in memory with their precompressed forms (.br, .gz beside the file). Files
/// below /assets/ have a content hash in their name and are immutable. No listing, no dotfiles, no links.
///
/// Use as router.fallback(static_files(options)).
Handler static_files(StaticFilesOptions options);

}  // namespace platform::http
