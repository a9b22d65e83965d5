#pragma once

#include "platform/core/task.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace platform {

/// The threads of a process: one io_context per io thread, plus a bounded pool for CPU work (hashing, PDF, images).
///
/// Lifecycle: construct, spawn the first coroutines, run() blocks until stop(). What is spawned on an io thread stays
/// there, so per-thread state (connection pools, buffers) needs no locks.
class Runtime {
public:
    explicit Runtime(unsigned io_threads, unsigned cpu_threads = 2);
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    std::size_t size() const { return contexts_.size(); }
    asio::io_context& context(std::size_t index) { return *contexts_[index]; }
    asio::thread_pool& cpu_pool() { return cpu_pool_; }

    /// Index of the io thread the caller runs on; 0 when called from any other thread.
    static std::size_t current();

    /// Starts a coroutine on an io thread. An exception that leaves it is logged to stderr and ends the process:
    /// background work must handle its own failures.
    void spawn(std::size_t index, Task<void> task);
    /// Runs `work` on the CPU pool and resumes the caller on its own io thread; what it throws is rethrown here.
    template <class F>
    auto on_cpu(F work) -> Task<std::invoke_result_t<F>>;

    void run();
    void stop();

private:
    using WorkGuard = asio::executor_work_guard<Executor>;

    void run_thread(std::size_t index);

    std::vector<std::unique_ptr<asio::io_context>> contexts_;
    std::vector<WorkGuard> guards_;
    asio::thread_pool cpu_pool_;
};

}  // namespace platform

#include "platform/core/runtime_on_cpu.hpp"
