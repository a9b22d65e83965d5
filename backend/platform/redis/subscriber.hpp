#pragma once

#include "platform/core/runtime.hpp"
#include "platform/redis/config.hpp"

#include <functional>
#include <memory>
#include <string>

namespace platform::redis {

/// Hears one channel (SUBSCRIBE) on a connection of its own, for as long as it lives. What is published while the
/// connection is away is not heard: on_connected says that something may have been missed.
class Subscriber {
public:
    struct Handlers {
        std::function<void(std::string payload)> on_message;
        std::function<void()> on_connected = [] {};
    };

    /// The handlers run on io thread 0.
    Subscriber(Runtime& runtime, Config config, std::string channel, Handlers handlers);
    ~Subscriber();
    Subscriber(const Subscriber&) = delete;
    Subscriber& operator=(const Subscriber&) = delete;

    void start();

    /// A connection that says nothing for so long, not even to our PING, is gone.
    static constexpr std::chrono::milliseconds silence_limit{15'000};
    static constexpr std::chrono::milliseconds ping_interval{5'000};

private:
    struct State;
    static Task<void> follow(std::shared_ptr<State> state);
    static Task<void> ping(std::shared_ptr<State> state, std::shared_ptr<class Connection> connection);

    Runtime& runtime_;
    std::shared_ptr<State> state_;
};

}  // namespace platform::redis
