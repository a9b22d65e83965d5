#include "platform/http/transport.hpp"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>

namespace platform::http {

using boost::system::error_code;

void Transport::check(Deadline now) {
    if (now < deadline_) return;
    deadline_ = Deadline::max();
    has_timed_out_ = true;
    cancel();
}

void Transport::cancel() {
    error_code ignored;
    socket_.cancel(ignored);
}

void Transport::close() {
    error_code ignored;
    socket_.close(ignored);
}

void Transport::shutdown_send() {
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

Task<std::size_t> Transport::read_some(ReadBuffer& buffer, std::size_t room) {
    buffer.reserve(room);
    error_code error;
    const std::size_t count = co_await socket_.async_read_some(asio::buffer(buffer.free_begin(), buffer.free_size()),
                                                               asio::redirect_error(use_awaitable, error));
    if (error || has_timed_out_) co_return 0;
    buffer.commit(count);
    co_return count;
}

std::ptrdiff_t Transport::write_now(std::string_view first, std::string_view second) {
    error_code error;
    std::size_t count = 0;
    if (second.empty()) {
        count = socket_.write_some(asio::buffer(first.data(), first.size()), error);
    } else {
        const std::array<asio::const_buffer, 2> parts{asio::buffer(first.data(), first.size()),
                                                      asio::buffer(second.data(), second.size())};
        count = socket_.write_some(parts, error);
    }
    if (error == asio::error::would_block || error == asio::error::try_again) return 0;
    return error ? -1 : static_cast<std::ptrdiff_t>(count);
}

Task<bool> Transport::wait_writable() {
    error_code error;
    co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(use_awaitable, error));
    co_return !error && !has_timed_out_;
}

Task<bool> Transport::write_all(std::string_view bytes, std::chrono::milliseconds slack, std::size_t bytes_per_second) {
    const Deadline begin = std::chrono::steady_clock::now() + slack;
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        expire_at(begin + std::chrono::milliseconds(sent * 1000 / bytes_per_second));
        const auto count = write_now(bytes.substr(sent));
        if (count < 0) co_return false;
        sent += static_cast<std::size_t>(count);
        if (sent == bytes.size()) break;
        const bool is_writable = co_await wait_writable();
        if (!is_writable) co_return false;
    }
    expire_never();
    co_return true;
}

}  // namespace platform::http
