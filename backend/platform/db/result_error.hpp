#pragma once

#include <exception>
#include <string_view>

struct pg_result;

namespace platform::db {

/// The exception that a failed PGresult stands for: SqlError, platform::DeadlineExceeded (statement timeout or
/// cancel), or platform::Unavailable (the server ended the session or refuses work).
std::exception_ptr error_of(const pg_result* result, std::string_view query);

/// Whether the session is over: FATAL and PANIC, or a result that libpq made up because the link broke.
bool ends_session(const pg_result* result);

/// Whether a migration changed what a prepared statement of this session returns.
bool has_stale_plan(const pg_result* result);

}  // namespace platform::db
