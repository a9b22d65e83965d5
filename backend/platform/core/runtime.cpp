#include "platform/core/runtime.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <cstdlib>

namespace platform {
namespace {

thread_local std::size_t current_index = 0;

void end_unless_stopped(std::exception_ptr failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) return;  // stopped on purpose
        std::fprintf(stderr, "background task failed: %s\n", error.what());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "background task failed: %s\n", error.what());
    }
    std::abort();
}

}  // namespace

Task<void> sleep_for(std::chrono::milliseconds duration) {
    const Executor executor = co_await asio::this_coro::executor;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor> timer(
        executor, duration);
    co_await timer.async_wait(use_awaitable);
}

Runtime::Runtime(unsigned io_threads, unsigned cpu_threads) : cpu_pool_(cpu_threads) {
    for (unsigned i = 0; i < io_threads; ++i) {
        contexts_.push_back(std::make_unique<asio::io_context>(1));
        guards_.emplace_back(contexts_.back()->get_executor());
    }
}

Runtime::~Runtime() {
    stop();
    cpu_pool_.join();
}

std::size_t Runtime::current() {
    return current_index;
}

void Runtime::spawn(std::size_t index, Task<void> task) {
    const Executor executor = contexts_[index]->get_executor();
    asio::dispatch(executor, [executor, task = std::move(task)]() mutable {
        const AmbientTurn turn(nullptr);  // a task on the caller's own thread begins right here
        asio::co_spawn(executor, std::move(task), end_unless_stopped);
    });
}

void Runtime::run() {
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < contexts_.size(); ++i) threads.emplace_back([this, i] { run_thread(i); });
    run_thread(0);
    for (auto& thread : threads) thread.join();
}

void Runtime::run_thread(std::size_t index) {
    current_index = index;
    contexts_[index]->run();
}

void Runtime::stop() {
    for (auto& guard : guards_) guard.reset();
    for (auto& context : contexts_) context->stop();
}

}  // namespace platform
