#pragma once

#include "platform/core/task.hpp"

#include <memory>
#include <string>

namespace platform::db {

/// One session that LISTENs: pooled connections cannot, since what they hear belongs to nobody. Used by one coroutine
/// at a time, on one thread.
class NotificationListener {
public:
    /// `conninfo`: postgres:// URL or libpq keywords.
    explicit NotificationListener(std::string conninfo);
    ~NotificationListener();
    NotificationListener(const NotificationListener&) = delete;
    NotificationListener& operator=(const NotificationListener&) = delete;

    /// Connects and starts to listen. Error: platform::Unavailable.
    Task<void> listen(std::string channel);
    /// The payload of the next notification. Error: platform::Unavailable when the session is lost or was stopped.
    Task<std::string> next();
    /// Ends the wait in progress; from the listener's own thread.
    void stop();

private:
    struct Session;
    Task<void> connect();
    Task<void> wait(bool for_writing);
    [[noreturn]] void lost();

    std::string conninfo_;
    std::unique_ptr<Session> session_;
};

}  // namespace platform::db
