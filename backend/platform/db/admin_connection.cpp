#include "platform/db/admin_connection.hpp"

#include "platform/db/errors.hpp"
#include "platform/db/notices.hpp"
#include "platform/db/result_error.hpp"

#include <libpq-fe.h>
#include <algorithm>
#include <cstdlib>
#include <memory>

namespace platform::db {
namespace {

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

bool is_ok(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

AdminConnection::AdminConnection(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(connection_) == CONNECTION_OK) {
        PQsetNoticeReceiver(connection_, ignore_notice, nullptr);
        return;
    }
    const std::string message = PQerrorMessage(connection_);
    PQfinish(connection_);
    throw Unavailable(message);
}

AdminConnection::~AdminConnection() {
    PQfinish(connection_);
}

void AdminConnection::exec(const std::string& sql) {
    const Answer result(PQexec(connection_, sql.c_str()));
    if (!is_ok(result.get())) fail(result.get(), sql);
}

std::vector<AdminConnection::Row> AdminConnection::query(const std::string& sql,
                                                         const std::vector<std::string>& params) {
    std::vector<const char*> values;
    for (const auto& param : params) values.push_back(param.c_str());
    const Answer result(PQexecParams(connection_, sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                                     nullptr, nullptr, 0));
    if (!is_ok(result.get())) fail(result.get(), sql);
    std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (int c = 0; c < PQnfields(result.get()); ++c) {
            const int row = static_cast<int>(r);
            const bool is_null = PQgetisnull(result.get(), row, c) == 1;
            rows[r].push_back(is_null ? std::nullopt : std::optional<std::string>(PQgetvalue(result.get(), row, c)));
        }
    }
    return rows;
}

bool AdminConnection::is_in_transaction() const {
    return PQtransactionStatus(connection_) == PQTRANS_INTRANS;
}

void AdminConnection::prepare(const std::string& sql) {
    const Answer result(PQprepare(connection_, "", sql.c_str(), 0, nullptr));
    if (!is_ok(result.get())) fail(result.get(), sql);
}

void AdminConnection::fail(const void* opaque, const std::string& sql) {
    const auto* result = static_cast<const PGresult*>(opaque);
    const char* position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    if (position == nullptr) std::rethrow_exception(error_of(result, "admin"));
    const auto end = std::min(sql.size(), static_cast<std::size_t>(std::atoi(position)));
    const auto line = 1 + std::count(sql.begin(), sql.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    std::rethrow_exception(error_of(result, "line " + std::to_string(line)));
}

}  // namespace platform::db
