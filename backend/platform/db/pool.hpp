#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace platform::db {

struct PoolConfig {
    std::string conninfo{};   ///< postgres:// URL or libpq keywords; give an address or a socket folder, not a name:
                              ///< libpq looks names up on the io thread
    std::string name = "db";  ///< metric label and application_name
    /// Dates, intervals and the time zone as typed values read them (ISO, UTC); off leaves the database's own.
    bool fixes_formats = true;
    /// Connections per io thread. With two io threads this is scale.md §3.4's "cores × 2" per process and primary.
    std::size_t connections_per_thread = 8;
    /// How long a request waits for a connection before PoolTimeout/Unavailable: below the 2 s in which a client must
    /// have its 503.
    std::chrono::milliseconds acquire_timeout{1500};
    std::chrono::milliseconds connect_timeout{1500};
    /// Longest statement when the context has no deadline of its own; also the sessions' statement_timeout, which
    /// holds when this process is no longer there to cancel. Zero: what the database has set for the login role.
    std::chrono::milliseconds query_timeout{30000};
    /// Requests that may wait for a connection per io thread; the next one is refused at once.
    std::size_t max_waiting = 512;
    /// Queries kept prepared per connection; the least recently used goes first. BEGIN, SET LOCAL and the like have a
    /// small room of their own. Zero keeps nothing prepared, for poolers that lend a session per transaction.
    std::size_t statement_cache_size = 512;
    /// The server is a Citus coordinator: contexts are set by SET LOCAL, which it passes on to the nodes that hold the
    /// rows, and not by one call of set_config(), which it does not (ADR 0007).
    bool is_sharded = false;
};

/// Connections to one database, one set per io thread (no locks between threads). Connects lazily, reconnects with
/// back-off and jitter, never hands out a connection that is mid-transaction.
///
/// Lifecycle: after the Runtime, destroyed before it and after its threads have ended. Use it from io threads only.
class Pool {
public:
    Pool(Runtime& runtime, PoolConfig config);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// The handle a service works with; `role` is what its transactions SET LOCAL ROLE to.
    Database database(std::string role) const { return Database(state_, std::move(role)); }

    /// Whether a connection can be had now; for /readyz.
    Task<bool> is_ready() const;

private:
    std::shared_ptr<PoolState> state_;
};

}  // namespace platform::db
