#pragma once

#include "platform/db/database.hpp"
#include "platform/events/bus.hpp"

#include <map>
#include <string>

namespace platform::events {

/// One durable consumer: the role of its transactions and what it does per topic.
struct Consumer {
    std::string role;
    std::map<std::string, EventHandler> handlers;
};

/// Filled before Relay::start(), only read afterwards.
class BusState {
public:
    std::map<std::string, Consumer> consumers;
};

}  // namespace platform::events
