#pragma once

#include "platform/http/router.hpp"
#include "platform/http/server.hpp"
#include "shared/host/host.hpp"
#include "shared/host/issuer.hpp"

#include <memory>
#include <string>

namespace tt {

struct EdgeConfig {
    std::string name;  ///< site, academy or the service's name: metric label
    unsigned port = 0;
    std::vector<std::string> allowed_hosts{};  ///< empty: every valid Host
    /// Other origins whose scripts and pictures pages of this edge use (the other site).
    std::vector<std::string> page_sources{};
    std::vector<std::string> frame_sources{};
    bool has_rate_limits = true;  ///< off behind a gateway that already counted
};

/// One listening port with the product's middleware in its order: preflights, authentication, signatures of other
/// services, rate limits, then the routes of the services mounted on it. Everything it answers, also refusals of the
/// server itself, has the error shape of its route family and security headers.
class Edge {
public:
    /// Tokens are judged by what is known of `issuer`, which outlives the edge.
    Edge(Host& host, EdgeConfig config, Issuer& issuer);

    http::Router& router() { return router_; }
    const std::string& name() const { return config_.name; }

    void listen();
    Task<void> drain(std::chrono::milliseconds timeout) { return server_.drain(timeout); }

private:
    EdgeConfig config_;
    http::Router router_;
    Authenticator authenticator_;
    RateLimiter limiter_;
    http::Server server_;
};

}  // namespace tt
