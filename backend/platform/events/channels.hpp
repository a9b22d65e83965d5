#pragma once

#include <chrono>
#include <string_view>

/// What the loops of this module share.
namespace platform::events {

// Names of the in-process hints (db::Database::listen) that save a loop a poll.
inline constexpr std::string_view outbox_channel = "outbox";      ///< an event was appended
inline constexpr std::string_view webhooks_channel = "webhooks";  ///< the relay has made deliveries

/// How long a loop waits when the database did not answer.
inline constexpr std::chrono::milliseconds outage_pause{1000};

}  // namespace platform::events
