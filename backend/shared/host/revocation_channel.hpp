#pragma once

#include "platform/redis/subscriber.hpp"
#include "shared/host/host.hpp"
#include "shared/middleware/revocation_set.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tt {

/// Revocations by Redis: faster than asking, and never the only way. Messages are sealed with a key of the platform, so
/// that nobody who merely reaches Redis can sign people out.
class RevocationChannel {
public:
    struct Handlers {
        std::function<void(const std::vector<Revocation>&)> on_heard;
        std::function<void()> on_connected;  ///< something may have been missed
    };

    /// The host has a Redis.
    RevocationChannel(Host& host, Handlers handlers);

    void start() { subscriber_.start(); }
    /// Tells the other processes; from an io thread. Lost when Redis is away.
    void publish(const std::vector<Revocation>& added);

private:
    void receive(const std::string& message) const;

    Host& host_;
    std::string key_;
    Handlers handlers_;
    redis::Subscriber subscriber_;
};

}  // namespace tt
