#include "platform/jobs/heartbeat.hpp"

#include "platform/log/log.hpp"

namespace platform::jobs {

struct Heartbeat::State {
    explicit State(Runtime& runtime) : ended(runtime, 0) {}

    Wakeup ended;
    bool is_over = false;
};

Heartbeat::Heartbeat(Runtime& runtime, TaskGroup& group, std::chrono::milliseconds interval,
                     std::function<Task<void>()> beat)
    : state_(std::make_shared<State>(runtime)) {
    group.spawn(loop(state_, interval, std::move(beat)));
}

Heartbeat::~Heartbeat() {
    state_->is_over = true;
    state_->ended.wake();
}

Task<void> Heartbeat::loop(std::shared_ptr<State> state, std::chrono::milliseconds interval,
                           std::function<Task<void>()> beat) {
    while (true) {
        co_await state->ended.wait_for(interval);
        if (state->is_over) co_return;
        try {
            co_await beat();
        } catch (const std::exception& error) {
            log::warn("heartbeat_failed", {{"error.message", error.what()}});
        }
    }
}

}  // namespace platform::jobs
