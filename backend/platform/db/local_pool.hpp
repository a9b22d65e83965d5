#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/connection.hpp"
#include "platform/db/lease.hpp"
#include "platform/db/pool.hpp"

#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace platform::metrics {
class Histogram;
}

namespace platform::db {

/// The connections of one io thread. Everything but the counters is touched on that thread only.
class LocalPool : public std::enable_shared_from_this<LocalPool> {
public:
    LocalPool(Runtime& runtime, std::size_t thread, const PoolConfig& config);

    /// An idle connection, without waiting.
    std::optional<Lease> try_acquire();
    /// Waits for a connection. Errors: PoolTimeout, platform::Unavailable, platform::DeadlineExceeded.
    static Task<Lease> acquire(std::shared_ptr<LocalPool> self, std::optional<Deadline> deadline);
    /// From Lease: hands the connection to the next in line, after a rollback if it is mid-transaction.
    void put_back(std::unique_ptr<Connection> connection);
    /// Closes what is idle and refuses the rest. After the io threads have ended.
    void close();

    std::size_t open_count() const { return open_count_.load(std::memory_order_relaxed); }
    std::size_t leased_count() const { return leased_count_.load(std::memory_order_relaxed); }

private:
    using Timer =
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
    struct Waiter;
    using Self = std::shared_ptr<LocalPool>;

    /// A connection that a cancel may still hit: held back until it is over.
    struct Settling {
        std::unique_ptr<Connection> connection;
        Deadline until;
    };

    Lease lend(std::unique_ptr<Connection> connection);
    void take_in(std::unique_ptr<Connection> connection);
    void take_in_settled();
    void hand_over(std::unique_ptr<Connection> connection);
    void discard(std::unique_ptr<Connection> connection);
    void forget(const Connection* connection);
    void grow();
    void back_off();
    void watch();
    void check_deadlines();
    static void cancel(Connection& connection);
    [[noreturn]] void refuse_waiter() const;

    static Task<void> connect_one(Self self);
    static Task<void> roll_back(Self self, std::unique_ptr<Connection> connection);
    static Task<void> wait_out_backoff(Self self, std::chrono::milliseconds delay);
    static Task<void> watch_deadlines(Self self);

    const PoolConfig config_;
    Executor executor_;
    metrics::Histogram& wait_seconds_;

    std::vector<Connection*> all_;  // idle, lent and connecting
    std::vector<std::unique_ptr<Connection>> idle_;
    std::vector<Settling> settling_;
    std::list<Waiter*> waiting_;
    std::size_t connecting_ = 0;
    std::size_t rolling_back_ = 0;
    int failures_ = 0;  // connection attempts in a row
    bool is_backing_off_ = false;
    bool is_watching_ = false;
    bool is_closed_ = false;
    std::atomic<std::size_t> open_count_{0};
    std::atomic<std::size_t> leased_count_{0};
};

}  // namespace platform::db
