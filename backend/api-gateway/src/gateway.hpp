#pragma once

#include "platform/http/static_files.hpp"
#include "shared/host/edge.hpp"

#include <memory>
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

/// The public edge of one half: services are mounted on edge().router(), then finish() adds what belongs to the
/// gateway itself and the built front end.
class Gateway {
public:
    Gateway(Host& host, GatewayConfig config, crypto::JwksCache& issuer_keys);

    Edge& edge() { return edge_; }
    http::Router& router() { return edge_.router(); }

    /// The peer's events arrive here (Standard Webhooks) and go to `side`'s bus.
    void receive_events(Side& side);
    /// Tells the peer of these topics by webhook; call it from Host::before_serving.
    Task<void> announce_to_peer(Side& side, std::vector<std::string> topics);
    /// Routes of a service that runs in another process, by path: "/auth/v1/{rest...}" or an exact path.
    void forward(std::vector<std::string> patterns, std::string base_url);
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
    std::unique_ptr<events::WebhookReceiver> receiver_;
    std::string api_document_;
    std::string api_page_;
};

/// Key that signs the webhooks `from` sends to `to`, as a Standard Webhooks secret.
std::string webhook_secret(const Host& host, std::string_view from, std::string_view to);

}  // namespace tt::gateway
