#pragma once

#include "platform/db/database.hpp"
#include "platform/events/event.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace platform::events {

/// The effect of an event. It runs in a transaction that also holds the inbox row, so it happens exactly once if all
/// it does is in `tx`. It must not call the network: enqueue a job in `tx` instead. A throw means "try again later".
using EventHandler = std::function<Task<void>(db::Tx&, Event)>;

class BusState;

/// Consumers of one database's events. A cheap handle: as("svc_progress") gives the same bus whose new subscriptions
/// run their transactions in that role. Subscribe before Relay::start().
class Bus {
public:
    /// `role` is what handlers run as; normally a service's, by as().
    explicit Bus(std::string role = "svc_platform");

    Bus as(std::string role) const;

    /// `consumer` is durable identity ("progress.enrollment_created"): renaming it means a new consumer that has seen
    /// nothing. One consumer may subscribe to several topics.
    void subscribe(std::string consumer, std::string topic, EventHandler handler);

    const BusState& state() const { return *state_; }

private:
    Bus(std::shared_ptr<BusState> state, std::string role);

    std::shared_ptr<BusState> state_;
    std::string role_;
};

}  // namespace platform::events
