#pragma once

#include "platform/core/runtime.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

namespace platform {

/// What a background loop waits on between rounds: a period of time, cut short by wake(). A wake that comes while
/// nobody waits is kept. One waiter, on the io thread given; wake() from any thread.
class Wakeup {
public:
    Wakeup(Runtime& runtime, std::size_t thread);
    /// On the io thread of this executor.
    explicit Wakeup(Executor executor);
    void wake() const;
    Task<void> wait_for(std::chrono::milliseconds limit) const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

/// The running tasks of a background component on one io thread, so that it can be drained. spawn() and join() on
/// that thread only.
class TaskGroup {
public:
    TaskGroup(Runtime& runtime, std::size_t thread);

    /// As Runtime::spawn: the task must handle its own failures.
    void spawn(Task<void> task);
    std::size_t running() const;
    /// Resolves when no task of the group runs.
    Task<void> join() const;

private:
    struct State;
    static Task<void> counted(std::shared_ptr<State> state, Task<void> task);

    Runtime& runtime_;
    std::size_t thread_;
    std::shared_ptr<State> state_;
};

}  // namespace platform
