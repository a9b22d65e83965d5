#pragma once

#include "platform/core/task.hpp"
#include "platform/core/time.hpp"
#include "platform/http/read_buffer.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <string_view>

namespace platform::http {

using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

/// A socket with one absolute deadline. The deadline is a plain member that the io thread's ticker looks at a few
/// times a second: setting it costs nothing, where a timer per operation would cost as much as the operation.
class Transport {
public:
    explicit Transport(Socket socket) : socket_(std::move(socket)) {}

    Socket& socket() { return socket_; }

    void expire_after(std::chrono::milliseconds duration) { deadline_ = std::chrono::steady_clock::now() + duration; }
    void expire_at(Deadline deadline) { deadline_ = deadline; }
    void expire_never() { deadline_ = Deadline::max(); }
    bool has_timed_out() const { return has_timed_out_; }
    void forget_timeout() { has_timed_out_ = false; }
    /// Called by the ticker: ends the pending operation when the deadline has passed.
    void check(Deadline now);
    /// Ends the pending operation.
    void cancel();
    void close();

    /// Bytes read; 0 at the end of the stream, on an error and on time-out.
    Task<std::size_t> read_some(ReadBuffer& buffer, std::size_t room);

    /// Writes what the kernel takes at once, which for small answers is everything. Negative: the peer is gone.
    std::ptrdiff_t write_now(std::string_view first, std::string_view second = {});
    /// Writes all of it. The deadline moves on with the progress: `slack` plus one second per `bytes_per_second`.
    Task<bool> write_all(std::string_view bytes, std::chrono::milliseconds slack, std::size_t bytes_per_second);
    Task<bool> wait_writable();
    void shutdown_send();

private:
    Socket socket_;
    Deadline deadline_ = Deadline::max();
    bool has_timed_out_ = false;
};

}  // namespace platform::http
