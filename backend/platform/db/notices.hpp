#pragma once

struct pg_result;

namespace platform::db {

/// A notice receiver of libpq: without one, notices are printed on stderr.
inline void ignore_notice(void*, const pg_result*) {}

}  // namespace platform::db
