#include "platform/http/endpoint.hpp"
#include "services/content-service/src/api/routes.hpp"
#include "services/content-service/src/blog.hpp"

namespace tt::content::api {

struct PostListQuery {
    std::optional<std::string> tag;
    std::optional<std::string> cursor;
    int limit = default_page_size;
};
BOOST_DESCRIBE_STRUCT(PostListQuery, (), (tag, cursor, limit))

struct TagList {
    std::vector<TagCount> items;
};
BOOST_DESCRIBE_STRUCT(TagList, (), (items))

}  // namespace tt::content::api

namespace platform::json {
template <>
inline constexpr Rule rule<&tt::content::api::PostListQuery::tag>{.max_length = 60};
template <>
inline constexpr Rule rule<&tt::content::api::PostListQuery::cursor>{.max_length = 200};
template <>
inline constexpr Rule rule<&tt::content::api::PostListQuery::limit>{
    .minimum = 1, .maximum = tt::content::max_page_size, .may_be_absent = true};
}  // namespace platform::json

namespace tt::content::api {
namespace {

Task<Result<http::Reply<PostPage>>> list_posts(Blog& blog, http::Request& request) {
    auto query = http::parse_query<PostListQuery>(request);
    if (!query) co_return query.error();
    auto page = co_await blog.list(std::move(query->tag), std::move(query->cursor), query->limit);
    if (!page) co_return page.error();
    co_return http::Reply<PostPage>{.body = std::move(*page)};
}

Task<Result<http::Reply<Post>>> get_post(Blog& blog, http::Request& request) {
    auto post = co_await blog.find(std::string(request.param("slug")));
    if (!post) co_return post.error();
    co_return http::Reply<Post>{.body = std::move(*post)};
}

Task<Result<http::Reply<TagList>>> list_tags(Blog& blog) {
    http::Reply<TagList> reply;
    reply.body.items = co_await blog.tags();
    co_return reply;
}

http::Response document(std::string text, std::string_view content_type) {
    auto response = http::text_response(200, std::move(text), content_type);
    response.headers.set("Cache-Control", "public, max-age=300");
    return response;
}

Task<http::Response> feed(Blog& blog, std::string site_url, std::optional<std::string> tag) {
    auto rss = co_await blog.rss(std::move(site_url), std::move(tag));
    co_return document(std::move(rss), "application/rss+xml; charset=utf-8");
}

Task<http::Response> sitemap(Blog& blog, std::string site_url) {
    auto map = co_await blog.sitemap(std::move(site_url));
    co_return document(std::move(map), "application/xml; charset=utf-8");
}

Task<http::Response> robots(std::string site_url) {
    co_return document(
        "User-agent: *\nDisallow: /account\nDisallow: /quiz/result\nSitemap: " + site_url + "/sitemap.xml\n",
        "text/plain; charset=utf-8");
}

}  // namespace

void mount_blog(http::Router& router, Blog& blog, const std::string& site_url) {
    using http::Method;
    router.typed<http::NoBody, PostPage>(
        Method::get, "/api/v1/posts",
        [&blog](http::Request& request, http::NoBody) { return list_posts(blog, request); },
        {.operation_id = "list_posts",
         .summary = "Published posts, newest first",
         .tag = "blog",
         .error_reasons = {"400 validation_failed", "400 cursor_invalid"},
         .is_public = true,
         .query_type = &json::type_of<PostListQuery>});
    router.typed<http::NoBody, Post>(Method::get, "/api/v1/posts/{slug}",
                                     [&blog](http::Request& request, http::NoBody) { return get_post(blog, request); },
                                     {.operation_id = "get_post",
                                      .summary = "One published post with its HTML",
                                      .tag = "blog",
                                      .error_reasons = {"404 post_not_found"},
                                      .is_public = true});
    router.typed<http::NoBody, TagList>(
        Method::get, "/api/v1/tags", [&blog](http::Request&, http::NoBody) { return list_tags(blog); },
        {.operation_id = "list_tags", .summary = "Tags of published posts", .tag = "blog", .is_public = true});

    const http::RouteOptions hidden{.is_public = true, .rate_bucket = "none", .is_hidden = true};
    router.route(
        Method::get, "/feed.xml", [&blog, site_url](http::Request&) { return feed(blog, site_url, {}); }, hidden);
    router.route(
        Method::get, "/blog/tag/{tag}/feed.xml",
        [&blog, site_url](http::Request& request) { return feed(blog, site_url, std::string(request.param("tag"))); },
        hidden);
    router.route(
        Method::get, "/sitemap.xml", [&blog, site_url](http::Request&) { return sitemap(blog, site_url); }, hidden);
    router.route(Method::get, "/robots.txt", [site_url](http::Request&) { return robots(site_url); }, hidden);
}

}  // namespace tt::content::api
