#include "platform/db/local_pool.hpp"

#include "platform/core/backoff.hpp"
#include "platform/db/errors.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/trace/span.hpp"

#include <libpq-fe.h>
#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <thread>

namespace platform::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Short enough that requests waiting out an outage (acquire_timeout) see the database's return.
constexpr milliseconds first_backoff{25};
constexpr milliseconds max_backoff{400};

// How precisely deadlines are kept on this side; the server's own statement_timeout is exact.
constexpr milliseconds watch_interval{50};

// How often it is looked whether a cancel is over; PQcancel takes one connection's time.
constexpr milliseconds settle_interval{5};

// After a cancel request the server gets this long to say so before the link is given up.
constexpr milliseconds cancel_grace{1000};

constexpr milliseconds rollback_timeout{2000};

// Cancel requests at once in the process; the others wait for the next look at the deadlines.
constexpr int max_cancels = 8;

}  // namespace

/// A coroutine in line for a connection; in its frame. Leaves the line however the coroutine ends.
struct LocalPool::Waiter {
    Waiter(LocalPool& pool, milliseconds patience) : pool(pool), timer(pool.executor_, patience) {
        position = pool.waiting_.insert(pool.waiting_.end(), this);
    }
    ~Waiter() {
        if (is_in_line) pool.waiting_.erase(position);
        if (connection) pool.hand_over(std::move(connection));
    }

    LocalPool& pool;
    Timer timer;
    std::list<Waiter*>::iterator position;
    bool is_in_line = true;
    std::unique_ptr<Connection> connection;
};

LocalPool::LocalPool(Runtime& runtime, std::size_t thread, const PoolConfig& config)
    : config_(config),
      executor_(runtime.context(thread).get_executor()),
      wait_seconds_(metrics::histogram("db_pool_wait_seconds", {{"pool", config.name}})) {}

Lease LocalPool::lend(std::unique_ptr<Connection> connection) {
    leased_count_.fetch_add(1, std::memory_order_relaxed);
    watch();
    return Lease(shared_from_this(), std::move(connection));
}

std::optional<Lease> LocalPool::try_acquire() {
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (connection->is_alive()) {
            wait_seconds_.observe(0);
            return lend(std::move(connection));
        }
        discard(std::move(connection));
    }
    return std::nullopt;
}

Task<Lease> LocalPool::acquire(Self self, std::optional<Deadline> deadline) {
    if (auto lease = self->try_acquire()) co_return std::move(*lease);
    if (self->is_closed_) throw Unavailable("the database pool is closed");
    if (self->waiting_.size() >= self->config_.max_waiting) {
        throw PoolTimeout("too many requests wait for a database connection");
    }
    const auto start = steady_clock::now();
    auto patience = self->config_.acquire_timeout;
    if (deadline) patience = std::min(patience, std::chrono::ceil<milliseconds>(*deadline - start));
    if (patience.count() <= 0) throw DeadlineExceeded("no time left for the database");

    trace::Span span("wait for a connection", trace::Kind::internal);
    Waiter waiter(*self, patience);
    self->grow();
    boost::system::error_code error;
    co_await waiter.timer.async_wait(asio::redirect_error(use_awaitable, error));
    self->wait_seconds_.observe(std::chrono::duration<double>(steady_clock::now() - start).count());
    if (waiter.connection) co_return self->lend(std::move(waiter.connection));
    if (error && !self->is_closed_) throw boost::system::system_error(error);  // the caller was cancelled
    self->refuse_waiter();
}

void LocalPool::refuse_waiter() const {
    if (failures_ > 0 || is_closed_) throw Unavailable("the database is not reachable");
    throw PoolTimeout("all database connections are busy");
}

void LocalPool::put_back(std::unique_ptr<Connection> connection) {
    leased_count_.fetch_sub(1, std::memory_order_relaxed);
    if (is_closed_) return forget(connection.get());
    take_in(std::move(connection));
}

void LocalPool::take_in(std::unique_ptr<Connection> connection) {
    if (!connection->is_usable()) return discard(std::move(connection));
    if (connection->is_being_cancelled()) {
        settling_.push_back({std::move(connection), steady_clock::now() + cancel_grace});
        return watch();
    }
    if (!connection->is_in_transaction()) return hand_over(std::move(connection));
    ++rolling_back_;
    watch();
    asio::co_spawn(executor_, roll_back(shared_from_this(), std::move(connection)), asio::detached);
}

void LocalPool::take_in_settled() {
    const auto now = steady_clock::now();
    for (auto& [connection, until] : std::exchange(settling_, {})) {
        if (!connection->is_being_cancelled()) {
            take_in(std::move(connection));
        } else if (now < until) {
            settling_.push_back({std::move(connection), until});
        } else {
            discard(std::move(connection));
        }
    }
}

void LocalPool::hand_over(std::unique_ptr<Connection> connection) {
    if (waiting_.empty()) {
        idle_.push_back(std::move(connection));
        return;
    }
    Waiter* first = waiting_.front();
    waiting_.pop_front();
    first->is_in_line = false;
    first->connection = std::move(connection);
    first->timer.cancel();
}

void LocalPool::discard(std::unique_ptr<Connection> connection) {
    if (connection->is_in_flight()) cancel(*connection);  // nobody waits for its reply any more
    forget(connection.get());
    connection.reset();
    grow();
}

void LocalPool::forget(const Connection* connection) {
    if (std::erase(all_, connection) > 0) open_count_.store(all_.size(), std::memory_order_relaxed);
}

void LocalPool::grow() {
    while (!is_closed_ && !is_backing_off_ && connecting_ < waiting_.size() &&
           all_.size() < config_.connections_per_thread) {
        ++connecting_;
        watch();
        asio::co_spawn(executor_, connect_one(shared_from_this()), asio::detached);
    }
}

Task<void> LocalPool::connect_one(Self self) {
    auto connection = std::make_unique<Connection>(self->executor_, self->config_);
    self->all_.push_back(connection.get());
    self->open_count_.store(self->all_.size(), std::memory_order_relaxed);
    std::string failure;
    try {
        co_await connection->connect();
    } catch (const std::exception& error) {
        failure = error.what();
    }
    --self->connecting_;
    if (self->is_closed_) co_return;
    if (failure.empty()) {
        if (self->failures_ > 0) log::info("db_connected", {{"pool", self->config_.name}});
        self->failures_ = 0;
        self->hand_over(std::move(connection));
        self->grow();
        co_return;
    }
    self->forget(connection.get());
    if (self->failures_ == 0)
        log::warn("db_connect_failed", {{"pool", self->config_.name}, {"error.message", failure}});
    ++self->failures_;
    self->back_off();
}

void LocalPool::back_off() {
    if (is_backing_off_) return;
    is_backing_off_ = true;
    const auto delay = backoff(failures_ - 1, first_backoff, max_backoff);
    asio::co_spawn(executor_, wait_out_backoff(shared_from_this(), delay), asio::detached);
}

Task<void> LocalPool::wait_out_backoff(Self self, milliseconds delay) {
    co_await sleep_for(delay);
    self->is_backing_off_ = false;
    self->grow();
}

Task<void> LocalPool::roll_back(Self self, std::unique_ptr<Connection> connection) {
    bool is_clean = false;
    try {
        connection->queue_rollback();
        co_await connection->flight(steady_clock::now() + rollback_timeout);
        is_clean = connection->is_usable() && !connection->is_in_transaction() && !connection->is_being_cancelled();
    } catch (const std::exception&) {
        // The session is of no use, whatever the reason: it is discarded below.
    }
    --self->rolling_back_;
    if (self->is_closed_) co_return;
    if (is_clean) {
        self->hand_over(std::move(connection));
    } else {
        self->discard(std::move(connection));
    }
}

void LocalPool::watch() {
    if (is_watching_) return;
    is_watching_ = true;
    asio::co_spawn(executor_, watch_deadlines(shared_from_this()), asio::detached);
}

/// Runs only while connections are in use, so an idle process sleeps.
Task<void> LocalPool::watch_deadlines(Self self) {
    while (self->leased_count() + self->connecting_ + self->rolling_back_ + self->settling_.size() > 0 &&
           !self->is_closed_) {
        const auto pause = self->settling_.empty() ? watch_interval : settle_interval;
        co_await sleep_for(pause);
        self->check_deadlines();
        self->take_in_settled();
    }
    self->is_watching_ = false;
}

void LocalPool::check_deadlines() {
    const auto now = steady_clock::now();
    for (Connection* connection : all_) {
        if (connection->deadline() > now) continue;
        cancel(*connection);
        // Without an answer to the cancel the link itself is the trouble. A connecting session has nothing to cancel.
        if (!connection->is_in_flight() || connection->deadline() + cancel_grace < now) connection->abort_wait();
    }
}

/// PQcancel blocks on a link of its own for as long as the server pleases, so each gets a thread that nobody joins.
void LocalPool::cancel(Connection& connection) {
    static std::atomic<int> under_way{0};
    if (under_way.load() >= max_cancels) return;
    auto request = connection.take_cancel();
    if (!request) return;
    under_way.fetch_add(1);
    std::thread([request = std::move(request)] {
        std::array<char, 256> message;
        PQcancel(request->target.get(), message.data(), static_cast<int>(message.size()));
        request->is_over.store(true);
        under_way.fetch_sub(1);
    }).detach();
}

void LocalPool::close() {
    is_closed_ = true;
    for (const Connection* connection : all_) connection->hang_up_unless_open();
    idle_.clear();
    settling_.clear();
    for (Waiter* waiter : waiting_) waiter->timer.cancel();
}

Lease::Lease(std::shared_ptr<LocalPool> pool, std::unique_ptr<Connection> connection) noexcept
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Lease::Lease(Lease&&) noexcept = default;

Lease& Lease::operator=(Lease&& other) noexcept {
    release();
    pool_ = std::move(other.pool_);
    connection_ = std::move(other.connection_);
    return *this;
}

Lease::~Lease() {
    release();
}

void Lease::release() {
    if (connection_) pool_->put_back(std::move(connection_));
}

}  // namespace platform::db
