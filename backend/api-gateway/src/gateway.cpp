#include "api-gateway/src/gateway.hpp"

#include "api-gateway/src/api_page.hpp"
#include "platform/http/endpoint.hpp"

#include <boost/json.hpp>

#include <charconv>

namespace tt::gateway {

struct SiteConfig {
    std::string site_url;
    std::string academy_url;
    std::string anon_key;  ///< public by design: it names the role anon, nothing more
    std::string environment;
};
BOOST_DESCRIBE_STRUCT(SiteConfig, (), (site_url, academy_url, anon_key, environment))

namespace {

constexpr const char* video_host = "https://www.youtube-nocookie.com";

std::string host_of(const std::string& url) {
    return url.substr(url.find("://") + 3);
}

EdgeConfig edge_config(const Host& host, const GatewayConfig& config) {
    EdgeConfig edge{.name = config.name,
                    .port = config.port,
                    .page_sources = {config.peer_url},
                    .frame_sources = config.frame_sources};
    edge.allowed_hosts = {host_of(config.own_url)};
    if (!host.settings().is_production()) {
        const std::string port = ":" + std::to_string(config.port);
        edge.allowed_hosts.insert(edge.allowed_hosts.end(),
                                  {host.settings().server.address + port, "localhost" + port});
    }
    edge.allowed_hosts.insert(edge.allowed_hosts.end(), config.functions_hosts.begin(), config.functions_hosts.end());
    return edge;
}

/// The edge is given a set that is being watched.
Issuer& watched(Issuer& issuer) {
    issuer.watch_revocations();
    return issuer;
}

http::Response cached_document(const std::string& text, std::string_view content_type) {
    auto response = http::text_response(200, text, content_type);
    response.headers.set("Cache-Control", "public, max-age=60");
    return response;
}

/// "bytes=N-" becomes the first piece of it. A server may send less than was asked for, and players then ask for what
/// follows (RFC 9110 §15.3.7).
void shorten_open_range(http::Request& request) {
    constexpr std::string_view unit = "bytes=";
    constexpr std::uint64_t piece_bytes = 4 << 20;
    const std::string_view range = request.header("range");
    if (!range.starts_with(unit) || !range.ends_with('-')) return;
    const std::string_view first = range.substr(unit.size(), range.size() - unit.size() - 1);
    std::uint32_t start = 0;
    const auto read = std::from_chars(first.data(), first.data() + first.size(), start);
    if (read.ec != std::errc() || read.ptr != first.data() + first.size()) return;
    const std::string piece = std::string(unit) + std::to_string(start) + "-" + std::to_string(start + piece_bytes - 1);
    request.headers.set("Range", piece);
}

}  // namespace

GatewayConfig site_gateway_config(const Settings& settings) {
    return {.name = "site",
            .peer = "academy",
            .title = "TrendTactics site API",
            .port = settings.server.site_port,
            .own_url = settings.server.site_url,
            .peer_url = settings.server.academy_url};
}

GatewayConfig academy_gateway_config(const Settings& settings) {
    return {.name = "academy",
            .peer = "site",
            .title = "TrendTactics academy API",
            .port = settings.server.academy_port,
            .own_url = settings.server.academy_url,
            .peer_url = settings.server.site_url,
            .frame_sources = {video_host}};
}

Gateway::Gateway(Host& host, GatewayConfig config, Issuer& issuer)
    : host_(host), config_(std::move(config)), edge_(host, edge_config(host, config_), watched(issuer)) {}

void Gateway::forward(Forwarding forwarding) {
    const http::RouteOptions options{
        .body_limit_bytes = forwarding.body_limit_bytes, .rate_bucket = forwarding.rate_bucket, .is_hidden = true};
    for (const auto& pattern : forwarding.patterns) {
        for (const http::Method method : forwarding.methods) {
            router().route(
                method, pattern,
                [this, base_url = forwarding.base_url, is_media = forwarding.is_media](http::Request& request) {
                    if (is_media) shorten_open_range(request);
                    return http::proxy(host_.client(), base_url, request);
                },
                options);
        }
    }
}

void Gateway::serve_front_end(std::filesystem::path folder, http::PageHook page,
                              std::vector<std::string> posted_pages) {
    const http::Handler files = http::static_files({.root = std::move(folder), .page = std::move(page)});
    for (auto& pattern : posted_pages) {
        router().route(http::Method::get, std::move(pattern), files, {.is_public = true, .is_hidden = true});
    }
    router().fallback(files);
}

void Gateway::finish() {
    const auto& settings = host_.settings();
    const SiteConfig shown{settings.server.site_url, settings.server.academy_url, host_.api_key("anon"),
                           settings.server.environment};
    router().typed<http::NoBody, SiteConfig>(
        http::Method::get, "/api/v1/site-config",
        [shown](http::Request&, http::NoBody) -> Task<Result<http::Reply<SiteConfig>>> {
            co_return http::Reply<SiteConfig>{.body = shown};
        },
        {.operation_id = "get_site_config",
         .summary = "Addresses and the public API key",
         .tag = "platform",
         .is_public = true});

    const auto document = router().openapi({.title = config_.title, .version = "1", .servers = {config_.own_url}});
    api_document_ = boost::json::serialize(document);
    api_page_ = render_api_page(document);
    const http::RouteOptions hidden{.is_public = true, .rate_bucket = "none", .is_hidden = true};
    router().route(
        http::Method::get, "/api/openapi.json",
        [this](http::Request&) -> Task<http::Response> {
            co_return cached_document(api_document_, "application/json; charset=utf-8");
        },
        hidden);
    router().route(
        http::Method::get, "/api/docs",
        [this](http::Request&) -> Task<http::Response> {
            co_return cached_document(api_page_, "text/html; charset=utf-8");
        },
        hidden);
    router().route(
        http::Method::get, "/api/docs.css",
        [](http::Request&) -> Task<http::Response> {
            co_return cached_document(std::string(api_page_style()), "text/css; charset=utf-8");
        },
        hidden);
    host_.add(edge_);
}

}  // namespace tt::gateway
