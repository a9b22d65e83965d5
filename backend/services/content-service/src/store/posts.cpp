#include "services/content-service/src/store/posts.hpp"

#include "services/content-service/src/store/posts_sql.hpp"

namespace tt::content::store {

Task<std::vector<PostCard>> list_posts(const db::Database& site, PostQuery query) {
    std::optional<Time> before;
    std::optional<Uuid> before_id;
    if (query.after) {
        before = query.after->published_at;
        before_id = query.after->id;
    }
    return site.many<PostCard>(sql::list_posts, query.now, query.tag, before, before_id, query.limit + 1);
}

Task<std::optional<StoredPost>> find_post(const db::Database& site, std::string slug, Time now) {
    return site.maybe_one<StoredPost>(sql::find_post, slug, now);
}

Task<void> save_rendered(const db::Database& site, Uuid post, std::string digest, std::string html) {
    co_await site.execute(sql::save_rendered, post, digest, html);
}

Task<std::vector<TagCount>> count_tags(const db::Database& site, Time now) {
    return site.many<TagCount>(sql::count_tags, now);
}

Task<bool> save_post(const db::Database& site, PostDraft draft, Time now) {
    const auto changed =
        co_await site.execute(sql::save_post, draft.import_key, draft.slug, draft.title, draft.excerpt, draft.content,
                              draft.status, draft.author_name, draft.tags, draft.reading_minutes, draft.meta_title,
                              draft.meta_description, draft.published_at, now);
    co_return changed > 0;
}

}  // namespace tt::content::store
