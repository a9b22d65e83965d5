#include "platform/db/database.hpp"

#include "platform/core/backoff.hpp"
#include "platform/db/connection.hpp"
#include "platform/db/pool_state.hpp"
#include "platform/metrics/metrics.hpp"

namespace platform::db {
namespace {

// About as long as the transaction that won needs to commit.
constexpr std::chrono::milliseconds first_retry_delay{5};
constexpr std::chrono::milliseconds max_retry_delay{80};

/// What goes between BEGIN and COMMIT of one flush.
struct OneStatement {
    using Reply = Rows;
    Statement statement;

    void check() const { check_params(statement.query, statement.params); }
    void queue(Connection& connection, std::string_view role) const {
        connection.queue(statement.query, statement.params, role);
    }
    static Rows take(Connection& connection) { return connection.take_row(); }
};

struct AllStatements {
    using Reply = std::vector<Rows>;
    std::vector<Statement> statements;

    void check() const {
        for (const auto& statement : statements) check_params(statement.query, statement.params);
    }
    void queue(Connection& connection, std::string_view role) const {
        for (const auto& statement : statements) connection.queue(statement.query, statement.params, role);
    }
    static std::vector<Rows> take(Connection& connection) { return connection.take_rows(); }
};

}  // namespace

Database::Database(std::shared_ptr<PoolState> pool, std::string role)
    : pool_(std::move(pool)), role_(std::move(role)) {}

Task<Tx> Database::begin(Context context) const {
    return begin_on(pool_, std::move(context));
}

Task<Tx> Database::begin_on(std::shared_ptr<PoolState> pool, Context context) {
    Lease lease = co_await LocalPool::acquire(pool->local(), context.deadline);
    co_return Tx(std::move(pool), std::move(lease), std::move(context));
}

Task<Rows> Database::run(Context context, Query query, Params params) const {
    return run_on(pool_, std::move(context), OneStatement{{query, std::move(params)}});
}

Task<std::vector<Rows>> Database::run(Context context, std::vector<Statement> statements) const {
    return run_on(pool_, std::move(context), AllStatements{std::move(statements)});
}

template <class Job>
Task<typename Job::Reply> Database::run_on(std::shared_ptr<PoolState> state, Context context, Job job) {
    job.check();
    const auto& pool = state->local();
    for (int attempt = 1;; ++attempt) {
        try {
            auto lease = pool->try_acquire();
            if (!lease) lease.emplace(co_await LocalPool::acquire(pool, context.deadline));
            Connection& connection = **lease;
            connection.queue_flight_begin(context);
            job.queue(connection, context.role);
            connection.queue_flight_end();
            co_await connection.flight(context.deadline);
            co_return Job::take(connection);
        } catch (const SqlError& error) {
            if (!error.is_retryable() || attempt == max_attempts) throw;
        }
        count_retry();
        co_await sleep_for(retry_delay(attempt));
    }
}

std::shared_ptr<void> Database::listen(std::string channel, std::function<void()> ring) const {
    return pool_->listen(std::move(channel), std::move(ring));
}

std::chrono::milliseconds Database::retry_delay(int attempt) {
    return backoff(attempt - 1, first_retry_delay, max_retry_delay);
}

void Database::count_retry() {
    static auto& retries = metrics::counter("db_transaction_retries_total");
    retries.add();
}

}  // namespace platform::db
