#pragma once

#include "platform/core/task.hpp"
#include "platform/core/time.hpp"

#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace platform::http {

class Connection;

/// The connections of one io thread and the ticker that looks at their deadlines. Used on that thread only, except
/// for the counters.
class IoThread : public std::enable_shared_from_this<IoThread> {
public:
    IoThread(asio::io_context& context, std::chrono::milliseconds tick) : timer_(context), tick_(tick) {}

    void add(Connection& connection);
    void remove(Connection& connection);
    void begin_drain();
    void abort_all();

    std::atomic<std::uint64_t> requests_total = 0;
    std::atomic<std::uint64_t> requests_active = 0;

private:
    using Timer =
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
    void arm();
    void on_tick();

    Timer timer_;
    std::chrono::milliseconds tick_;
    std::vector<Connection*> connections_;
    bool is_armed_ = false;
};

}  // namespace platform::http
