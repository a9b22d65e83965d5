#pragma once

#include "platform/core/runtime.hpp"

#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>

namespace platform::testing {

/// The io threads of a test: started by the constructor, ended by the destructor. Declare it first, what uses it
/// (Pool, Server) after it, and call stop() before those are destroyed — or keep them inside run() tasks' reach only.
class TestRuntime {
public:
    explicit TestRuntime(unsigned io_threads = 1) : runtime_(io_threads), thread_([this] { runtime_.run(); }) {}
    ~TestRuntime() { stop(); }

    Runtime& get() { return runtime_; }

    /// Runs a coroutine on io thread `index` and waits for it: its value, or its exception.
    template <class T>
    T run(Task<T> task, std::size_t index = 0) {
        return start(std::move(task), index).get();
    }

    /// The same without waiting.
    template <class T>
    std::future<T> start(Task<T> task, std::size_t index = 0) {
        auto promise = std::make_shared<std::promise<T>>();
        auto future = promise->get_future();
        runtime_.spawn(index, fulfil(std::move(task), std::move(promise)));
        return future;
    }

    void stop() {
        runtime_.stop();
        if (thread_.joinable()) thread_.join();
    }

private:
    template <class T>
    static Task<void> fulfil(Task<T> task, std::shared_ptr<std::promise<T>> promise) {
        try {
            if constexpr (std::is_void_v<T>) {
                co_await std::move(task);
                promise->set_value();
            } else {
                promise->set_value(co_await std::move(task));
            }
        } catch (...) {
            promise->set_exception(std::current_exception());
        }
    }

    Runtime runtime_;
    std::thread thread_;
};

/// Runs one coroutine in a runtime of its own.
template <class T>
T run_task(Task<T> task) {
    TestRuntime runtime;
    return runtime.run(std::move(task));
}

}  // namespace platform::testing
