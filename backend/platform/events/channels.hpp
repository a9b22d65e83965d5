#pragma once

#include <string_view>

/// Names of the in-process hints (db::Database::listen) that save the loops of this module a poll.
namespace platform::events {

inline constexpr std::string_view outbox_channel = "outbox";      ///< an event was appended
inline constexpr std::string_view webhooks_channel = "webhooks";  ///< the relay has made deliveries

}  // namespace platform::events
