#pragma once

#include "platform/core/task.hpp"
#include "platform/db/tx.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/query/sql.hpp"

namespace platform::restql {

/// Rows as NDJSON while they are read: a cursor hands over a few hundred kilobytes at a time, so an answer of any size
/// needs constant memory, and a slow client holds PostgreSQL back. The first rows are fetched before this returns:
/// what SQL refuses is still a proper answer. `rows` gives one text column. `tx` lives until the last row is out.
///
/// Errors: db::SqlError. Later failures end the connection without the last chunk.
Task<http::Response> stream_rows(db::Tx tx, Sql rows);

}  // namespace platform::restql
