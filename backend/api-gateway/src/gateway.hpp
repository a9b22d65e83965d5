#pragma once

#include "api-gateway/src/forwarding.hpp"
#include "platform/http/static_files.hpp"
#include "shared/host/edge.hpp"

#include <string>
#include <vector>

namespace tt::gateway {

/// What a half of the product is called and where its parts are.
struct GatewayConfig {
    std::string name;   ///< site or academy
    std::string peer;   ///< the other one
    std::string title;  ///< of the API document
    unsigned port = 0;
    std::string own_url;                         ///< public origin
    std::string peer_url;                        ///< public origin of the other half
    std::vector<std::string> functions_hosts{};  ///< further host names, for calls at the root such as /enroll
    std::vector<std::string> frame_sources{};
};

/// The two halves as every process names them.
GatewayConfig site_gateway_config(const Settings& settings);
GatewayConfig academy_gateway_config(const Settings& settings);

/// The public edge of one half: services are mounted on edge().router(), then finish() adds what belongs to the
/// gateway itself and the built front end.
class Gateway {
public:
    /// Follows what `issuer` revokes from before the first request on.
    Gateway(Host& host, GatewayConfig config, Issuer& issuer);

    Edge& edge() { return edge_; }
    http::Router& router() { return edge_.router(); }

    /// Routes of a service that runs in another process.
    void forward(Forwarding forwarding);
    /// The built front end of `folder`; `page` says what is known about each page.
    /// `posted_pages`: patterns of pages whose address also takes a POST, so that a route of its own hides the
    /// fallback.
    void serve_front_end(std::filesystem::path folder, http::PageHook page, std::vector<std::string> posted_pages = {});
    /// Site config, API document and its page. After all other routes.
    void finish();

private:
    Host& host_;
    GatewayConfig config_;
    Edge edge_;
    std::string api_document_;
    std::string api_page_;
};

}  // namespace tt::gateway
