#include "platform/events/bus.hpp"

#include "platform/events/bus_state.hpp"

#include <stdexcept>

namespace platform::events {

Bus::Bus(std::string role) : Bus(std::make_shared<BusState>(), std::move(role)) {}

Bus::Bus(std::shared_ptr<BusState> state, std::string role) : state_(std::move(state)), role_(std::move(role)) {}

Bus Bus::as(std::string role) const {
    return Bus(state_, std::move(role));
}

void Bus::subscribe(std::string consumer, std::string topic, EventHandler handler) {
    Consumer& entry = state_->consumers[consumer];
    if (entry.role.empty()) entry.role = role_;
    if (entry.role != role_) throw std::logic_error("consumer " + consumer + " subscribes in two roles");
    if (!entry.handlers.emplace(std::move(topic), std::move(handler)).second) {
        throw std::logic_error("consumer " + consumer + " subscribes to a topic twice");
    }
}

}  // namespace platform::events
