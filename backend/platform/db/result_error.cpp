#include "platform/db/result_error.hpp"

#include "platform/db/errors.hpp"

#include <libpq-fe.h>

namespace platform::db {
namespace {

std::string field(const pg_result* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : std::string(text);
}

/// Conditions that pass by themselves: the request may come back (PostgreSQL appendix A).
bool is_outage(std::string_view sqlstate) {
    if (sqlstate == "53400") return false;  // a limit that was set, such as temp_file_limit
    return sqlstate.empty() || sqlstate.starts_with("08") || sqlstate.starts_with("53") ||
           (sqlstate.starts_with("57P") && sqlstate != "57P04") || sqlstate == "25P03";
}

}  // namespace

bool ends_session(const pg_result* result) {
    const std::string severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity != "ERROR";
}

bool has_stale_plan(const pg_result* result) {
    const std::string sqlstate = field(result, PG_DIAG_SQLSTATE);
    if (sqlstate == "26000") return true;
    return sqlstate == "0A000" && field(result, PG_DIAG_MESSAGE_PRIMARY).starts_with("cached plan must not change");
}

std::exception_ptr error_of(const pg_result* result, std::string_view query) {
    const std::string sqlstate = field(result, PG_DIAG_SQLSTATE);
    const std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string what = std::string(query) + ": " + message + " (" + sqlstate + ")";
    if (sqlstate == "57014") return std::make_exception_ptr(DeadlineExceeded(what));
    if (is_outage(sqlstate)) return std::make_exception_ptr(Unavailable(what));
    SqlError error(what);
    error.sqlstate = sqlstate;
    error.message = message;
    error.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    error.hint = field(result, PG_DIAG_MESSAGE_HINT);
    error.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    error.table = field(result, PG_DIAG_TABLE_NAME);
    error.query = query;
    error.has_stale_plan = has_stale_plan(result);
    return std::make_exception_ptr(error);
}

}  // namespace platform::db
