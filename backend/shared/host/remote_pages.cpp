#include "shared/host/remote_pages.hpp"

#include "platform/http/endpoint.hpp"
#include "platform/log/log.hpp"

#include <boost/describe.hpp>

namespace tt {
namespace {

constexpr std::string_view page_path = "/internal/v1/page";

/// A page waits no longer than this for what only search engines read.
constexpr std::chrono::milliseconds patience{1500};

struct PageLink {
    std::string type;
    std::string href;
};
BOOST_DESCRIBE_STRUCT(PageLink, (), (type, href))

struct PageBody {
    bool is_known = false;
    std::string title;
    std::string description;
    std::string canonical_url;
    std::string image_url;
    std::string og_type;
    std::string locale;
    std::string json_ld;
    std::string body_html;
    std::vector<PageLink> alternate_links;
    bool is_indexable = true;
    int status = 200;
};
BOOST_DESCRIBE_STRUCT(PageBody, (),
                      (is_known, title, description, canonical_url, image_url, og_type, locale, json_ld, body_html,
                       alternate_links, is_indexable, status))

PageBody to_body(http::PageMeta meta) {
    PageBody body{.is_known = true,
                  .title = std::move(meta.title),
                  .description = std::move(meta.description),
                  .canonical_url = std::move(meta.canonical_url),
                  .image_url = std::move(meta.image_url),
                  .og_type = std::move(meta.og_type),
                  .locale = std::move(meta.locale),
                  .json_ld = std::move(meta.json_ld),
                  .body_html = std::move(meta.body_html),
                  .alternate_links = {},
                  .is_indexable = meta.is_indexable,
                  .status = static_cast<int>(meta.status)};
    for (auto& [type, href] : meta.alternate_links) body.alternate_links.push_back({type, href});
    return body;
}

http::PageMeta to_meta(PageBody body) {
    http::PageMeta meta{.title = std::move(body.title),
                        .description = std::move(body.description),
                        .canonical_url = std::move(body.canonical_url),
                        .image_url = std::move(body.image_url),
                        .og_type = std::move(body.og_type),
                        .locale = std::move(body.locale),
                        .json_ld = std::move(body.json_ld),
                        .body_html = std::move(body.body_html),
                        .is_indexable = body.is_indexable,
                        .status = static_cast<unsigned>(body.status)};
    for (auto& [type, href] : body.alternate_links) meta.alternate_links.emplace_back(type, href);
    return meta;
}

Task<Result<http::Reply<PageBody>>> answer(PageSource pages, http::Request& request) {
    if (const auto allowed = require_service(request); !allowed) co_return allowed.error();
    auto meta = co_await pages(request.query_param("path").value_or("/"));
    co_return http::Reply<PageBody>{.body = meta ? to_body(std::move(*meta)) : PageBody{}};
}

Task<std::optional<http::PageMeta>> fetch(http::SigningClient client, http::ClientRequest request) {
    std::string failure;
    try {
        const auto response = co_await client.send(std::move(request));
        auto body = json::parse<PageBody>(response.body);
        if (response.status == 200 && body) {
            if (!body->is_known) co_return std::nullopt;
            co_return to_meta(std::move(*body));
        }
        failure = "status " + std::to_string(response.status);
    } catch (const http::ClientError& error) {
        failure = error.what();
    }
    log::warn("page_without_meta", {{"error.message", failure}});
    co_return http::PageMeta{};
}

}  // namespace

void mount_page_source(http::Router& router, PageSource pages) {
    router.typed<http::NoBody, PageBody>(
        http::Method::get, std::string(page_path),
        [pages = std::move(pages)](http::Request& request, http::NoBody) { return answer(pages, request); },
        {.rate_bucket = "none", .is_hidden = true});
}

http::PageHook remote_pages(Host& host, std::string base_url) {
    const std::string url = std::move(base_url) + std::string(page_path) + "?path=";
    return [client = host.service_client(), url](const http::Request& request) {
        http::ClientRequest call{.url = url + http::percent_encode(request.path()), .timeout = patience};
        return fetch(client, std::move(call));
    };
}

}  // namespace tt
