#pragma once

#include "platform/core/result.hpp"
#include "platform/db/tx.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace platform::db {

class PoolState;

/// A pool plus the role that a service acts as: what every store and service is given. Cheap to copy.
///
/// The one-statement members run a whole transaction (BEGIN, SET LOCAL ROLE, statement, COMMIT) in one flush and retry
/// a bounded number of times on serialization failures and deadlocks. What a member returns does not refer to the
/// handle, so `pool.database("svc_x").one<int>(…)` may be stored and awaited later.
class Database {
public:
    Database(std::shared_ptr<PoolState> pool, std::string role);

    /// The same pool in another role.
    Database as(std::string role) const { return Database(pool_, std::move(role)); }
    const std::string& role() const { return role_; }

    Task<Tx> begin() const { return begin(Context{role_}); }
    /// The role of `context` counts, not this handle's.
    Task<Tx> begin(Context context) const;

    /// One statement as any role with any claims.
    Task<Rows> run(Context context, Query query, Params params) const;
    /// The same for several statements of one transaction: all of it in one flush.
    Task<std::vector<Rows>> run(Context context, std::vector<Statement> statements) const;

    template <class T, class... A>
    Task<std::optional<T>> maybe_one(Query q, A... a) const {
        return detail::maybe_one_of<T>(run(Context{role_}, q, make_params(a...)));
    }
    template <class T, class... A>
    Task<T> one(Query q, A... a) const {
        return detail::one_of<T>(run(Context{role_}, q, make_params(a...)));
    }
    template <class T, class... A>
    Task<std::vector<T>> many(Query q, A... a) const {
        return detail::many_of<T>(run(Context{role_}, q, make_params(a...)));
    }
    template <class... A>
    Task<std::int64_t> execute(Query q, A... a) const {
        return detail::affected_of(run(Context{role_}, q, make_params(a...)));
    }

    /// Runs `body(tx)` and commits; the whole of it again (at most max_attempts times) on a serialization failure or
    /// deadlock, so it must have no effect outside the transaction. A Result that holds an error rolls back.
    template <class F>
    auto transact(F body) const -> std::invoke_result_t<F&, Tx&> {
        return transact_on(*this, Context{role_}, std::move(body));
    }
    template <class F>
    auto transact(Context context, F body) const -> std::invoke_result_t<F&, Tx&> {
        return transact_on(*this, std::move(context), std::move(body));
    }

    /// `ring` runs (on the committing thread, so it must be quick and thread-safe) after each commit of this process
    /// that rang `channel`. Ends when the returned handle is dropped.
    [[nodiscard]] std::shared_ptr<void> listen(std::string channel, std::function<void()> ring) const;

    static constexpr int max_attempts = 5;

private:
    template <class F>
    static auto transact_on(Database self, Context context, F body) -> std::invoke_result_t<F&, Tx&>;
    static Task<Tx> begin_on(std::shared_ptr<PoolState> pool, Context context);
    template <class Job>
    static Task<typename Job::Reply> run_on(std::shared_ptr<PoolState> pool, Context context, Job job);
    static std::chrono::milliseconds retry_delay(int attempt);
    static void count_retry();

    std::shared_ptr<PoolState> pool_;
    std::string role_;
};

namespace detail {

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

}  // namespace detail

template <class F>
auto Database::transact_on(Database self, Context context, F body) -> std::invoke_result_t<F&, Tx&> {
    using T = typename std::invoke_result_t<F&, Tx&>::value_type;
    for (int attempt = 1;; ++attempt) {
        try {
            Tx tx = co_await self.begin(context);
            if constexpr (std::is_void_v<T>) {
                co_await body(tx);
                co_await tx.commit();
                co_return;
            } else {
                T value = co_await body(tx);
                if constexpr (detail::is_result<T>) {
                    if (value.has_error()) co_return value;
                }
                co_await tx.commit();
                co_return value;
            }
        } catch (const SqlError& error) {
            if (!error.is_retryable() || attempt == max_attempts) throw;
        }
        count_retry();
        co_await sleep_for(retry_delay(attempt));
    }
}

}  // namespace platform::db
