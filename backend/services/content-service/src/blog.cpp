#include "services/content-service/src/blog.hpp"

#include "platform/core/text.hpp"
#include "services/content-service/src/store/posts.hpp"

namespace tt::content {
namespace {

constexpr int sitemap_limit = 50'000;  // sitemaps.org: entries of one file

/// Control characters do not exist in XML 1.0, not even escaped.
std::string xml_text(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
    return escape_html(text);
}

std::string element(const std::string& name, std::string text) {
    return '<' + name + '>' + xml_text(std::move(text)) + "</" + name + ">\n";
}

std::string rss_item(const std::string& site_url, const PostCard& post) {
    const std::string url = site_url + "/blog/" + post.slug;
    std::string item = "<item>\n" + element("title", post.title) + element("link", url) + element("guid", url) +
                       element("pubDate", to_http_date(post.published_at)) + element("description", post.excerpt);
    for (const auto& tag : post.tags) item += element("category", tag);
    return item + "</item>\n";
}

std::string sitemap_url(const std::string& url, std::string_view changed) {
    std::string entry = "<url><loc>" + escape_html(url) + "</loc>";
    if (!changed.empty()) entry += "<lastmod>" + std::string(changed.substr(0, 10)) + "</lastmod>";
    return entry + "</url>\n";
}

}  // namespace

Task<Result<PostPage>> Blog::list(std::optional<std::string> tag, std::optional<std::string> cursor, int limit) {
    std::optional<PostCursor> after;
    if (cursor) {
        after = read_cursor(*cursor);
        if (!after) {
            co_return Error{Code::invalid_argument,
                            "cursor_invalid",
                            "Use the next_cursor of an earlier page.",
                            {{"/cursor", "is not one of ours"}}};
        }
    }
    store::PostQuery query{.tag = std::move(tag), .after = after, .limit = limit, .now = clock_.now()};
    PostPage page;
    page.items = co_await store::list_posts(site_, std::move(query));
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next_cursor = write_cursor({page.items.back().published_at, page.items.back().id});
    }
    co_return page;
}

Task<Result<Post>> Blog::find(std::string slug) {
    auto stored = co_await store::find_post(site_, std::move(slug), clock_.now());
    if (!stored) co_return Error{Code::not_found, "post_not_found", "There is no such post."};
    Post post;
    static_cast<PostCard&>(post) = *stored;
    post.meta_title = stored->meta_title;
    post.meta_description = stored->meta_description;
    const std::string digest = source_digest_of(stored->content);
    if (stored->html && stored->source_digest == digest) {
        post.html = std::move(*stored->html);
        co_return post;
    }
    post.html = render_markdown(stored->content);
    co_await store::save_rendered(site_, post.id, digest, post.html);
    co_return post;
}

Task<std::vector<TagCount>> Blog::tags() {
    return store::count_tags(site_, clock_.now());
}

Task<bool> Blog::save(PostDraft draft) {
    return store::save_post(site_, std::move(draft), clock_.now());
}

Task<std::string> Blog::rss(std::string site_url, std::optional<std::string> tag) {
    store::PostQuery query{.tag = tag, .after = std::nullopt, .limit = feed_size, .now = clock_.now()};
    const auto posts = co_await store::list_posts(site_, std::move(query));
    const std::string title = tag ? "TrendTactics: " + *tag : "TrendTactics";
    std::string feed = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n" +
                       element("title", title) + element("link", site_url + "/blog") +
                       element("description", "Growth marketing, explained by people who do it.") +
                       element("language", "en");
    for (const auto& post : posts) feed += rss_item(site_url, post);
    co_return feed + "</channel></rss>\n";
}

Task<std::string> Blog::sitemap(std::string site_url) {
    store::PostQuery query{
        .tag = std::nullopt, .after = std::nullopt, .limit = sitemap_limit - 100, .now = clock_.now()};
    const auto posts = co_await store::list_posts(site_, std::move(query));
    std::string map =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (const char* path : {"/", "/about", "/services", "/blog", "/quiz", "/contact", "/newsletter", "/privacy"}) {
        map += sitemap_url(site_url + path, "");
    }
    for (const auto& post : posts) map += sitemap_url(site_url + "/blog/" + post.slug, to_rfc3339(post.published_at));
    co_return map + "</urlset>\n";
}

}  // namespace tt::content
