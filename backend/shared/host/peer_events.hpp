#pragma once

#include "platform/http/router.hpp"
#include "shared/host/host.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// The events that travel between the two halves as signed webhooks.
namespace tt {

inline constexpr const char* peer_events_path = "/internal/v1/events";

/// Key that signs the webhooks `from` sends to `to`, as a Standard Webhooks secret.
std::string webhook_secret(const Host& host, std::string_view from, std::string_view to);

/// The events of `peer` arrive here and go to `side`'s bus.
void receive_peer_events(Host& host, http::Router& router, Side& side, const std::string& peer);

/// Has `side` tell `peer`, at its public origin, of these topics. Call it from Host::before_serving.
Task<void> announce_to_peer(Host& host, Side& side, std::string peer, std::string peer_url,
                            std::vector<std::string> topics);

}  // namespace tt
