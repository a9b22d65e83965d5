#include "platform/core/background.hpp"

#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

namespace platform {
namespace {

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

// join() looks again at least this often; the last task ends it at once.
constexpr std::chrono::milliseconds join_interval{1000};

}  // namespace

struct Wakeup::State {
    explicit State(Executor executor) : executor(executor), timer(executor) {}

    Executor executor;
    Timer timer;
    std::atomic<bool> is_pending{false};
};

Wakeup::Wakeup(Runtime& runtime, std::size_t thread) : Wakeup(runtime.context(thread).get_executor()) {}

Wakeup::Wakeup(Executor executor) : state_(std::make_shared<State>(executor)) {}

void Wakeup::wake() const {
    if (state_->is_pending.exchange(true)) return;
    asio::post(state_->executor, [state = state_] { state->timer.cancel(); });
}

Task<void> Wakeup::wait_for(std::chrono::milliseconds limit) const {
    const auto state = state_;
    if (!state->is_pending.exchange(false)) {
        boost::system::error_code woken;
        state->timer.expires_after(limit);
        co_await state->timer.async_wait(asio::redirect_error(use_awaitable, woken));
        state->is_pending = false;
    }
}

struct TaskGroup::State {
    State(Runtime& runtime, std::size_t thread) : idle(runtime, thread) {}

    std::size_t running = 0;
    Wakeup idle;
};

TaskGroup::TaskGroup(Runtime& runtime, std::size_t thread)
    : runtime_(runtime), thread_(thread), state_(std::make_shared<State>(runtime, thread)) {}

void TaskGroup::spawn(Task<void> task) {
    ++state_->running;
    runtime_.spawn(thread_, counted(state_, std::move(task)));
}

std::size_t TaskGroup::running() const {
    return state_->running;
}

Task<void> TaskGroup::join() const {
    const auto state = state_;
    while (state->running > 0) co_await state->idle.wait_for(join_interval);
}

Task<void> TaskGroup::counted(std::shared_ptr<State> state, Task<void> task) {
    co_await std::move(task);
    if (--state->running == 0) state->idle.wake();
}

}  // namespace platform
