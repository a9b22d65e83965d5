#include "services/content-service/src/pages.hpp"

#include "platform/core/text.hpp"
#include "platform/http/request.hpp"
#include "shared/utils/account_pages.hpp"

#include <boost/json.hpp>

#include <array>

namespace tt::content {
namespace {

struct FixedPage {
    std::string_view path;
    std::string_view title;
    std::string_view description;
    bool is_indexable;
};

constexpr std::array<FixedPage, 13> fixed_pages{{
    {"/", "TrendTactics: growth marketing you can learn and measure",
     "Find out what holds your growth back in three minutes, then learn the skill that fixes it in the TrendTactics "
     "academy.",
     true},
    {"/about", "About TrendTactics", "Who we are, how we work, and why we publish how we do it.", true},
    {"/services", "Services: strategy, experiments, training",
     "Growth strategy, experiment design and team training by people who run campaigns every day.", true},
    {"/blog", "The TrendTactics blog", "Practical articles on growth marketing, analytics, content and conversion.",
     true},
    {"/quiz", "Growth quiz: what holds your growth back?",
     "A short quiz that scores your marketing on five dimensions and recommends what to learn next.", true},
    {"/contact", "Contact TrendTactics", "Write to us; a person answers.", true},
    {"/newsletter", "The TrendTactics newsletter", "A short, useful letter on growth marketing.", true},
    {"/privacy", "Privacy at TrendTactics", "What we store, why, and how to have it deleted.", true},
    {"/quiz/growth", "Growth quiz", "Answer one question at a time.", false},
    {"/newsletter/confirm", "Confirm your subscription", "", false},
    {"/sign-in", "Sign in to TrendTactics", "", false},
    {"/sign-up", "Create a TrendTactics account", "", false},
    {"/offline", "Offline", "", false},
}};

/// Pages whose path ends in a token or id.
constexpr std::array<std::string_view, 4> token_pages{"/u/", "/quiz/result/", "/quiz/results/", "/quiz/session/"};

http::PageMeta fixed_meta(const FixedPage& page, const std::string& site_url) {
    http::PageMeta meta{.title = std::string(page.title),
                        .description = std::string(page.description),
                        .canonical_url = site_url + std::string(page.path),
                        .is_indexable = page.is_indexable};
    if (page.path == "/blog" || page.path == "/") {
        meta.alternate_links.emplace_back("application/rss+xml", site_url + "/feed.xml");
    }
    return meta;
}

std::string article_json_ld(const Post& post, const std::string& url) {
    return boost::json::serialize(boost::json::object{
        {"@context", "https://schema.org"},
        {"@type", "Article"},
        {"headline", post.title},
        {"description", post.excerpt},
        {"datePublished", to_rfc3339(post.published_at)},
        {"author", boost::json::object{{"@type", "Person"}, {"name", post.author_name}}},
        {"mainEntityOfPage", url},
    });
}

http::PageMeta post_meta(const Post& post, const std::string& site_url) {
    const std::string url = site_url + "/blog/" + post.slug;
    return {.title = post.meta_title.value_or(post.title),
            .description = post.meta_description.value_or(post.excerpt),
            .canonical_url = url,
            .image_url = post.feature_image_url.value_or(""),
            .og_type = "article",
            .json_ld = article_json_ld(post, url),
            .body_html = "<main><article><h1>" + escape_html(post.title) + "</h1>" + post.html + "</article></main>",
            .alternate_links = {{"application/rss+xml", site_url + "/feed.xml"}}};
}

Task<std::string> post_list_html(Blog& blog) {
    const auto page = co_await blog.list(std::nullopt, std::nullopt, default_page_size);
    std::string html = "<main><h1>Blog</h1><ul>";
    if (page) {
        for (const auto& post : page->items) {
            html += "<li><a href=\"/blog/" + post.slug + "\">" + escape_html(post.title) + "</a> " +
                    escape_html(post.excerpt) + "</li>";
        }
    }
    co_return html + "</ul></main>";
}

std::optional<http::PageMeta> static_meta(const std::string& site_url, const std::string& path) {
    for (const auto& page : fixed_pages) {
        if (page.path == path) return fixed_meta(page, site_url);
    }
    for (const auto& prefix : token_pages) {
        if (path.starts_with(prefix) && path.size() > prefix.size() &&
            path.find('/', prefix.size()) == std::string::npos) {
            return http::PageMeta{.title = "TrendTactics", .is_indexable = false};
        }
    }
    if (is_account_page(path)) return http::PageMeta{.title = "TrendTactics", .is_indexable = false};
    return std::nullopt;
}

}  // namespace

Task<std::optional<http::PageMeta>> page_meta(Blog& blog, std::string site_url, std::string path) {
    constexpr std::string_view post_prefix = "/blog/";
    constexpr std::string_view tag_prefix = "/blog/tag/";
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    if (auto meta = static_meta(site_url, path)) {
        if (path == "/blog") meta->body_html = co_await post_list_html(blog);
        co_return meta;
    }
    if (path.starts_with(tag_prefix)) {
        const auto tag = http::percent_decode(std::string_view(path).substr(tag_prefix.size())).value_or("");
        // A tag that no post has is no page: the title would say whatever the link says.
        const auto posts = co_await blog.list(tag, std::nullopt, 1);
        if (!posts || posts->items.empty()) co_return std::nullopt;
        co_return http::PageMeta{.title = "Posts about " + tag,
                                 .description = "Articles of the TrendTactics blog about " + tag + ".",
                                 .canonical_url = site_url + path,
                                 .alternate_links = {{"application/rss+xml", site_url + path + "/feed.xml"}}};
    }
    if (!path.starts_with(post_prefix)) co_return std::nullopt;
    const auto post = co_await blog.find(path.substr(post_prefix.size()));
    if (!post) co_return std::nullopt;
    co_return post_meta(*post, site_url);
}

}  // namespace tt::content
