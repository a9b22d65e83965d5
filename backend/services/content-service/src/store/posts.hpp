#pragma once

#include "platform/db/database.hpp"
#include "services/content-service/src/domain/post.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::content::store {

struct PostQuery {
    std::optional<std::string> tag;
    std::optional<PostCursor> after;
    int limit = 0;
    Time now{};
};

/// Newest first, one more than `limit` when there are more.
Task<std::vector<PostCard>> list_posts(const db::Database& site, PostQuery query);
Task<std::optional<StoredPost>> find_post(const db::Database& site, std::string slug, Time now);
Task<void> save_rendered(const db::Database& site, Uuid post, std::string digest, std::string html);
Task<std::vector<TagCount>> count_tags(const db::Database& site, Time now);
/// Whether anything changed.
Task<bool> save_post(const db::Database& site, PostDraft draft, Time now);

}  // namespace tt::content::store
