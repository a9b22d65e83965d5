#pragma once

#include "platform/core/task.hpp"

#include <string_view>

namespace platform::http {
class Router;
}
namespace platform::events {
class Bus;
}
namespace platform::jobs {
class Worker;
class Scheduler;
}  // namespace platform::jobs

namespace platform::app {

/// A service as whoever composes a process sees it. The hooks run once, in this order, before the process serves; the
/// object outlives the process's last request.
class Service {
public:
    virtual ~Service() = default;
    virtual std::string_view name() const = 0;
    virtual void mount(http::Router&) {}
    virtual void subscribe(events::Bus&) {}
    virtual void work(jobs::Worker&) {}
    virtual void schedule(jobs::Scheduler&) {}
    /// Runs on an io thread before the first request: load keys, warm caches.
    virtual Task<void> start() { co_return; }
};

}  // namespace platform::app
