#pragma once

#include "platform/db/errors.hpp"
#include "platform/db/lease.hpp"
#include "platform/db/params.hpp"
#include "platform/db/query.hpp"
#include "platform/db/rows.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace platform::db {

class PoolState;

/// Refuses what PostgreSQL's text format would cut short: a NUL byte. Error: SqlError 22021.
void check_params(Query query, const Params& params);

/// One statement of a batch.
struct Statement {
    Query query;
    Params params;
};

/// A transaction. It rolls back unless commit() ran. BEGIN and the SET LOCALs of its context travel in the same flush
/// as the first statement, so an unused transaction costs nothing. Stays on the thread it began on; one statement at
/// a time. After a SqlError the transaction can only be rolled back (let it go out of scope).
///
/// Errors of every member: SqlError, platform::Unavailable, platform::DeadlineExceeded.
class Tx {
public:
    Tx(std::shared_ptr<PoolState> pool, Lease lease, Context context);
    Tx(Tx&&) noexcept = default;
    Tx& operator=(Tx&&) noexcept = default;
    ~Tx() = default;

    Task<Rows> query(Query query, Params params);
    /// Several statements in one flush; stops at the first that fails.
    Task<std::vector<Rows>> batch(std::vector<Statement> statements);

    template <class T, class... A>
    Task<std::optional<T>> maybe_one(Query q, A... a) {
        return detail::maybe_one_of<T>(query(q, make_params(a...)));
    }
    template <class T, class... A>
    Task<T> one(Query q, A... a) {
        return detail::one_of<T>(query(q, make_params(a...)));
    }
    template <class T, class... A>
    Task<std::vector<T>> many(Query q, A... a) {
        return detail::many_of<T>(query(q, make_params(a...)));
    }
    /// Returns the number of rows changed.
    template <class... A>
    Task<std::int64_t> execute(Query q, A... a) {
        return detail::affected_of(query(q, make_params(a...)));
    }

    /// Unavailable here means that the outcome is unknown.
    Task<void> commit();

    /// Rings the pool's listeners of `channel` once this transaction has committed (Database::listen). A hint that
    /// saves a poll, within this process only.
    void ring_after_commit(std::string_view channel);

private:
    enum class State { fresh, open, over };

    void start();

    std::shared_ptr<PoolState> pool_;
    Lease lease_;
    Context context_;
    State state_ = State::fresh;
    std::vector<std::string> channels_;
};

}  // namespace platform::db
