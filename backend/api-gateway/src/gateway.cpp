#include "api-gateway/src/gateway.hpp"

#include "api-gateway/src/api_page.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/http/endpoint.hpp"

#include <boost/json.hpp>

namespace tt::gateway {

struct SiteConfig {
    std::string site_url;
    std::string academy_url;
    std::string anon_key;  ///< public by design: it names the role anon, nothing more
    std::string environment;
};
BOOST_DESCRIBE_STRUCT(SiteConfig, (), (site_url, academy_url, anon_key, environment))

namespace {

constexpr std::size_t event_limit_bytes = 64 * 1024;  // growth.md §1g: payload < 20 kB, and the envelope

std::string host_of(const std::string& url) {
    return url.substr(url.find("://") + 3);
}

EdgeConfig edge_config(const Host& host, const GatewayConfig& config) {
    EdgeConfig edge{.name = config.name,
                    .port = config.port,
                    .page_sources = {config.peer_url},
                    .frame_sources = config.frame_sources};
    const std::string port = std::to_string(config.port);
    edge.allowed_hosts = {host_of(config.own_url), host.settings().server.address + ":" + port, "localhost:" + port};
    edge.allowed_hosts.insert(edge.allowed_hosts.end(), config.functions_hosts.begin(), config.functions_hosts.end());
    return edge;
}

http::Response cached_document(const std::string& text, std::string_view content_type) {
    auto response = http::text_response(200, text, content_type);
    response.headers.set("Cache-Control", "public, max-age=60");
    return response;
}

Task<http::Response> receive_event(const events::WebhookReceiver& receiver, http::Request& request) {
    events::WebhookHeaders headers{.id = std::string(request.header("webhook-id")),
                                   .timestamp = std::string(request.header("webhook-timestamp")),
                                   .signature = std::string(request.header("webhook-signature"))};
    const auto received = co_await receiver.receive(std::move(headers), std::move(request.body));
    if (!received) co_return http::render_error(received.error(), request);
    co_return http::empty(204);
}

}  // namespace

std::string webhook_secret(const Host& host, std::string_view from, std::string_view to) {
    return "whsec_" + crypto::base64_encode(host.derive_key("webhook/" + std::string(from) + "/" + std::string(to)));
}

Gateway::Gateway(Host& host, GatewayConfig config, crypto::JwksCache& issuer_keys)
    : host_(host), config_(std::move(config)), edge_(host, edge_config(host, config_), issuer_keys) {}

void Gateway::receive_events(Side& side) {
    receiver_ = std::make_unique<events::WebhookReceiver>(
        side.database(Side::platform_role), config_.peer,
        std::vector<std::string>{webhook_secret(host_, config_.peer, config_.name)}, host_.clock());
    http::RouteOptions options{
        .body_limit_bytes = event_limit_bytes, .is_public = true, .rate_bucket = "none", .is_hidden = true};
    router().route(
        http::Method::post, "/internal/v1/events",
        [this](http::Request& request) { return receive_event(*receiver_, request); }, std::move(options));
}

Task<void> Gateway::announce_to_peer(Side& side, std::vector<std::string> topics) {
    events::WebhookEndpoint endpoint{.name = config_.peer,
                                     .url = config_.peer_url + "/internal/v1/events",
                                     .secrets = {webhook_secret(host_, config_.name, config_.peer)},
                                     .topics = std::move(topics)};
    co_await events::ensure_endpoint(side.database(Side::platform_role), std::move(endpoint));
}

void Gateway::forward(std::vector<std::string> patterns, std::string base_url) {
    using http::Method;
    for (const auto& pattern : patterns) {
        for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
            router().route(
                method, pattern,
                [this, base_url](http::Request& request) { return http::proxy(host_.client(), base_url, request); },
                {.is_hidden = true});
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
