#include "shared/host/peer_events.hpp"

#include "platform/crypto/encoding.hpp"

namespace tt {
namespace {

constexpr std::size_t event_limit_bytes = 64 * 1024;  // growth.md §1g: payload < 20 kB, and the envelope

Task<http::Response> receive(const events::WebhookReceiver& receiver, http::Request& request) {
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

void receive_peer_events(Host& host, http::Router& router, Side& side, const std::string& peer) {
    const auto receiver = std::make_shared<events::WebhookReceiver>(
        side.database(Side::platform_role), peer, std::vector<std::string>{webhook_secret(host, peer, side.name())},
        host.clock());
    http::RouteOptions options{
        .body_limit_bytes = event_limit_bytes, .is_public = true, .rate_bucket = "none", .is_hidden = true};
    router.route(
        http::Method::post, peer_events_path,
        [receiver](http::Request& request) { return receive(*receiver, request); }, std::move(options));
}

Task<void> announce_to_peer(Host& host, Side& side, std::string peer, std::string peer_url,
                            std::vector<std::string> topics) {
    events::WebhookEndpoint endpoint{.name = peer,
                                     .url = peer_url + peer_events_path,
                                     .secrets = {webhook_secret(host, side.name(), peer)},
                                     .topics = std::move(topics)};
    co_await events::ensure_endpoint(side.database(Side::platform_role), std::move(endpoint));
}

}  // namespace tt
