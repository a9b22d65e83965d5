#pragma once

#include "platform/core/error.hpp"

#include <stdexcept>
#include <string>

namespace platform::db {

/// The server refused a statement. What callers branch on is `sqlstate` and `constraint`; `message` is for the log
/// and never for clients.
///
/// Other failures are platform::Unavailable (database away, connection lost; a lost reply to COMMIT leaves the outcome
/// unknown and is never reported as success), PoolTimeout, and platform::DeadlineExceeded.
struct SqlError : std::runtime_error {
    explicit SqlError(const std::string& what) : std::runtime_error(what) {}

    bool is_unique_violation() const { return sqlstate == "23505"; }
    bool is_foreign_key_violation() const { return sqlstate == "23503"; }
    bool is_check_violation() const { return sqlstate == "23514"; }
    /// Serialization failure, deadlock, or a plan that a migration has outdated: the same transaction may succeed.
    bool is_retryable() const { return sqlstate == "40001" || sqlstate == "40P01" || has_stale_plan; }

    std::string sqlstate;
    std::string message;
    std::string detail;
    std::string hint;
    std::string constraint;
    std::string table;
    std::string query;  ///< name of the query
    bool has_stale_plan = false;
};

/// All connections stayed busy for the time a request may wait for one.
struct PoolTimeout : Unavailable {
    using Unavailable::Unavailable;
};

}  // namespace platform::db
