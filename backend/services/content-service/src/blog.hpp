#pragma once

#include "platform/db/database.hpp"
#include "services/content-service/src/domain/post.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::content {

struct PostPage {
    std::vector<PostCard> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PostPage, (), (items, next_cursor))

inline constexpr int default_page_size = 12;
inline constexpr int max_page_size = 50;
inline constexpr int feed_size = 20;

/// Published posts. A draft, or a post dated in the future, does not exist here.
class Blog {
public:
    Blog(db::Database site, const Clock& clock) : site_(std::move(site)), clock_(clock) {}

    /// Error: cursor_invalid.
    Task<Result<PostPage>> list(std::optional<std::string> tag, std::optional<std::string> cursor, int limit);
    /// Rendered; the HTML is kept until the Markdown changes. Error: post_not_found.
    Task<Result<Post>> find(std::string slug);
    Task<std::vector<TagCount>> tags();
    Task<bool> save(PostDraft draft);

    /// RSS 2.0 of the newest posts, of one tag when given.
    Task<std::string> rss(std::string site_url, std::optional<std::string> tag);
    Task<std::string> sitemap(std::string site_url);

private:
    db::Database site_;
    const Clock& clock_;
};

}  // namespace tt::content
