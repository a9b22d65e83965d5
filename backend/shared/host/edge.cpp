#include "shared/host/edge.hpp"

#include "platform/http/security_headers.hpp"
#include "platform/log/log.hpp"
#include "shared/host/exchange_observer.hpp"
#include "shared/host/peer_events.hpp"
#include "shared/middleware/cors.hpp"
#include "shared/middleware/error_shapes.hpp"
#include "shared/middleware/impersonation.hpp"

namespace tt {
namespace {

http::ServerConfig server_config(Host& host, const EdgeConfig& config) {
    const auto& settings = host.settings();
    http::ServerConfig server;
    server.address = settings.server.address;
    server.port = static_cast<std::uint16_t>(config.port);
    server.allowed_hosts = config.allowed_hosts;
    server.trusted_proxies = settings.server.trusted_proxies;
    server.upload_folder = settings.paths.data / "uploads";
    server.observer = observe_exchanges(config.name);
    server.tracer = host.tracer();
    return server;
}

}  // namespace

Edge::Edge(Host& host, EdgeConfig config, Issuer& issuer)
    : config_(std::move(config)),
      authenticator_(issuer.keys(), host.token_policy(), host.clock(), host.runtime().size(), issuer.revocations(),
                     &issuer.api_keys()),
      limiter_(host.settings().limits, host.clock(), host.redis(), host.settings().redis.gateways),
      server_(host.runtime(), server_config(host, config_), router_) {
    http::SecurityHeaders headers;
    headers.connect_sources = config_.page_sources;
    headers.media_sources = config_.page_sources;
    headers.image_sources = config_.page_sources;
    headers.frame_sources = config_.frame_sources;
    headers.is_https = host.settings().server.site_url.starts_with("https://");
    router_.on_response(http::security_headers(std::move(headers)));
    use_cors(router_);
    use_error_shapes(router_);
    router_.use(authenticator_.middleware());
    router_.use("/internal/v1", host.service_signature().middleware(peer_events_path));
    router_.use(guard_impersonation());
    if (config_.has_rate_limits) router_.use(limiter_.middleware());
}

void Edge::listen() {
    server_.listen();
    log::info("edge_listening", {{"edge", config_.name}, {"port", server_.port()}});
}

}  // namespace tt
