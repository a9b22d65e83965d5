#pragma once

#include "platform/core/task.hpp"
#include "platform/redis/config.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace platform::redis {

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// One authenticated connection, used by one io thread. Every member throws Unavailable when the peer is away or too
/// slow, ProtocolError when it speaks something else.
class Connection {
public:
    Connection(Executor executor, const Config& config);

    /// TCP, HELLO 3 (or AUTH where that is not known) and SELECT.
    Task<void> open();
    void close();

    /// Sends a text of encoded commands; one writer at a time.
    Task<void> write(std::string text);
    /// The next reply; one reader at a time. `limit` ends the wait; none: however long it takes.
    Task<Reply> read(std::chrono::milliseconds limit = std::chrono::milliseconds(0));

private:
    using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

    Task<void> connect();
    Task<void> greet();
    Task<Reply> ask(std::vector<std::string> words);

    Config config_;
    Socket socket_;
    Timer timer_;
    std::string received_;
};

}  // namespace platform::redis
