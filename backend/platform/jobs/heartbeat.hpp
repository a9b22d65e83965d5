#pragma once

#include "platform/core/background.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace platform::jobs {

/// Calls `beat` every `interval` until it goes out of scope: keeps a lease while the work it covers runs. A beat that
/// fails is logged; the next one may succeed before the lease ends.
class Heartbeat {
public:
    Heartbeat(Runtime& runtime, TaskGroup& group, std::chrono::milliseconds interval, std::function<Task<void>()> beat);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;
    Heartbeat& operator=(const Heartbeat&) = delete;

private:
    struct State;
    static Task<void> loop(std::shared_ptr<State> state, std::chrono::milliseconds interval,
                           std::function<Task<void>()> beat);

    std::shared_ptr<State> state_;
};

}  // namespace platform::jobs
