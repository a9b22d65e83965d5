#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::markup {

/// What the browser would do with a URL.
enum class UrlUse {
    link,   ///< the reader clicks it
    media,  ///< image, audio, video, captions: fetched by itself
    frame,  ///< a document inside the document
};

/// Gives the URL to write, or nothing to leave the attribute out. Called with every URL whose scheme is acceptable.
using UrlRewriter = std::function<std::optional<std::string>(UrlUse, const std::string& url)>;

struct SanitizeOptions {
    UrlRewriter rewrite_url;
    /// Elements with one of these classes are left out with their content (icon fonts whose text is a ligature name).
    std::vector<std::string> dropped_classes;
    /// A frame whose rewritten URL is a path of ours to a .html file stays a frame, sandboxed; others become links.
    bool keeps_own_frames = false;
};

/// What was taken out or changed.
struct SanitizeReport {
    std::size_t scripts = 0;
    std::size_t event_handlers = 0;
    std::size_t styles = 0;    ///< style elements, style sheets and style attributes
    std::size_t controls = 0;  ///< buttons and fields: dead without their script
    std::size_t embeds = 0;    ///< frames, objects and plug-ins that became links
    std::size_t unsafe_urls = 0;
    std::size_t other_elements = 0;
    std::size_t images = 0;
    std::size_t images_without_alt = 0;
    /// The source is built to exhaust memory (nesting, misnested formatting) or longer than 4 MiB; nothing of it is
    /// kept.
    bool is_refused = false;

    SanitizeReport& operator+=(const SanitizeReport& other);
};

struct Sanitized {
    std::string html;
    std::string text;        ///< what a reader sees, white space collapsed
    bool has_media = false;  ///< something besides text is left: image, table, link, sound, film, frame
    SanitizeReport report;
};

/// Rebuilds HTML from an allow-list: only elements, attributes and URL schemes known to be harmless are written, all
/// text is escaped. Style attributes become at most an alignment class (content-align-*), ids get a prefix "c-" and
/// stay only where a link of the same source points at them, classes are dropped except language-*, links that open a
/// new window get rel="noopener noreferrer".
Sanitized sanitize(std::string_view html, const SanitizeOptions& options = {});

/// True for http, https, mailto, tel and relative URLs; false for every other scheme and for disguises (control
/// characters, backslashes). `normalized` receives the URL as a browser would read it.
bool is_safe_url(std::string_view url, UrlUse use, std::string& normalized);

}  // namespace platform::markup
