#include "platform/db/notification_listener.hpp"

#include "platform/core/error.hpp"
#include "platform/db/quote.hpp"

#include <libpq-fe.h>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>

namespace platform::db {
namespace {

using Descriptor = asio::posix::basic_stream_descriptor<Executor>;

struct FreeNotification {
    void operator()(PGnotify* notification) const { PQfreemem(notification); }
};

}  // namespace

struct NotificationListener::Session {
    explicit Session(Executor executor) : descriptor(executor) {}
    ~Session() {
        if (descriptor.is_open()) descriptor.release();  // libpq owns the socket
        if (connection != nullptr) PQfinish(connection);
    }
    PGconn* connection = nullptr;
    Descriptor descriptor;
    bool is_stopped = false;
};

NotificationListener::NotificationListener(std::string conninfo) : conninfo_(std::move(conninfo)) {}
NotificationListener::~NotificationListener() = default;

Task<void> NotificationListener::wait(bool for_writing) {
    boost::system::error_code error;
    const auto what = for_writing ? asio::posix::descriptor_base::wait_write : asio::posix::descriptor_base::wait_read;
    co_await session_->descriptor.async_wait(what, asio::redirect_error(use_awaitable, error));
    if (error || session_->is_stopped) throw Unavailable("the listening session has ended");
}

/// At once: libpq has closed its socket, and the number may be another connection's when the descriptor lets go of it.
void NotificationListener::lost() {
    session_.reset();
    throw Unavailable("the listening session was lost");
}

Task<void> NotificationListener::connect() {
    session_ = std::make_unique<Session>(co_await asio::this_coro::executor);
    PGconn* connection = PQconnectStart(conninfo_.c_str());
    session_->connection = connection;
    if (connection == nullptr) throw Unavailable("out of memory for a database connection");
    auto status = PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK) {
        if (status == PGRES_POLLING_FAILED) throw Unavailable(PQerrorMessage(connection));
        session_->descriptor.assign(PQsocket(connection));
        co_await wait(status == PGRES_POLLING_WRITING);
        session_->descriptor.release();
        status = PQconnectPoll(connection);
    }
    session_->descriptor.assign(PQsocket(connection));
}

Task<void> NotificationListener::listen(std::string channel) {
    co_await connect();
    std::string statement = "LISTEN ";
    append_name(statement, channel);
    PGconn* connection = session_->connection;
    if (PQsendQuery(connection, statement.c_str()) != 1) throw Unavailable(PQerrorMessage(connection));
    while (PQisBusy(connection)) {
        co_await wait(false);
        if (PQconsumeInput(connection) != 1) lost();
    }
    while (PGresult* result = PQgetResult(connection)) {
        const bool has_failed = PQresultStatus(result) != PGRES_COMMAND_OK;
        PQclear(result);
        if (has_failed) throw Unavailable(PQerrorMessage(connection));
    }
}

Task<std::string> NotificationListener::next() {
    while (true) {
        const std::unique_ptr<PGnotify, FreeNotification> notification(PQnotifies(session_->connection));
        if (notification) co_return std::string(notification->extra);
        co_await wait(false);
        if (PQconsumeInput(session_->connection) != 1) lost();
    }
}

void NotificationListener::stop() {
    if (!session_) return;
    session_->is_stopped = true;
    boost::system::error_code nothing_to_cancel;  // between two attempts to connect
    session_->descriptor.cancel(nothing_to_cancel);
}

}  // namespace platform::db
