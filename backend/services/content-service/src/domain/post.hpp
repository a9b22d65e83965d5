#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::content {

/// A published post as lists show it.
struct PostCard {
    Uuid id;
    std::string slug;
    std::string title;
    std::string excerpt;
    std::vector<std::string> tags;
    Time published_at{};
    int reading_minutes = 1;
    std::string author_name;
    std::optional<std::string> feature_image_url;
};
BOOST_DESCRIBE_STRUCT(PostCard, (),
                      (id, slug, title, excerpt, tags, published_at, reading_minutes, author_name, feature_image_url))

/// What the page of one post shows.
struct Post : PostCard {
    std::string html;
    std::optional<std::string> meta_title;
    std::optional<std::string> meta_description;
};
BOOST_DESCRIBE_STRUCT(Post, (PostCard), (html, meta_title, meta_description))

/// A row of blog_posts with what is cached of its rendering.
struct StoredPost : PostCard {
    std::optional<std::string> meta_title;
    std::optional<std::string> meta_description;
    std::string content;  ///< Markdown
    Time updated_at{};
    std::optional<std::string> source_digest;  ///< of what `html` was made from
    std::optional<std::string> html;
};
BOOST_DESCRIBE_STRUCT(StoredPost, (PostCard), (meta_title, meta_description, content, updated_at, source_digest, html))

struct TagCount {
    std::string tag;
    int count = 0;
};
BOOST_DESCRIBE_STRUCT(TagCount, (), (tag, count))

/// Where a page of the list ended.
struct PostCursor {
    Time published_at{};
    Uuid id;
};
std::string write_cursor(const PostCursor& cursor);
/// Nothing for text that write_cursor did not make.
std::optional<PostCursor> read_cursor(std::string_view text);

/// A post as its Markdown file gives it.
struct PostDraft {
    std::string import_key, slug, title, excerpt, content, status, author_name;
    std::vector<std::string> tags;
    int reading_minutes = 1;
    std::optional<std::string> meta_title, meta_description;
    std::optional<Time> published_at;
};

/// Reads `key: value` lines between two `---` lines, then Markdown. Keys: title, excerpt, tags (comma separated), date,
/// author, status (default published), meta_title, meta_description. Errors: post_invalid.
Result<PostDraft> read_post_file(std::string_view file_stem, std::string_view text);

/// At 220 words a minute, at least one.
int reading_minutes_of(std::string_view markdown);

/// Sanitised HTML of CommonMark with tables, strikethrough and autolinks.
std::string render_markdown(std::string_view markdown);
/// Changes with the text and with the renderer.
std::string source_digest_of(std::string_view markdown);

}  // namespace tt::content
