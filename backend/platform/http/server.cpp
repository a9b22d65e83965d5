#include "platform/http/server.hpp"

#include "platform/http/connection.hpp"

#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include <csignal>

namespace platform::http {

using boost::system::error_code;

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;

    Impl(Runtime& runtime_, ServerConfig config, const Router& router)
        : runtime(runtime_), shared(new ServerShared{std::move(config), router}), acceptor(runtime_.context(0)) {
        for (std::size_t i = 0; i < runtime.size(); ++i) {
            threads.push_back(std::make_shared<IoThread>(runtime.context(i), tick()));
        }
    }

    /// Fine enough for the shortest limit, coarse enough to cost nothing.
    std::chrono::milliseconds tick() const {
        using std::chrono::milliseconds;
        const auto& limits = shared->config.limits;
        const auto shortest = std::min({limits.head_time, limits.body_time, limits.drain_time, limits.idle_time});
        return std::clamp(shortest / 8, milliseconds(10), milliseconds(250));
    }

    static Task<void> accept_loop(std::shared_ptr<Impl> self);
    void start_connection(Socket socket, std::size_t index);
    void refuse_connection(Socket socket);

    Runtime& runtime;
    std::shared_ptr<ServerShared> shared;
    Acceptor acceptor;
    std::atomic<bool> has_closed = false;  // by drain(), on the acceptor's own thread
    std::vector<std::shared_ptr<IoThread>> threads;
};

/// One listener hands connections to the io threads in turn: a fair share for each, and a second server on the same
/// port is an error (with SO_REUSEPORT it would silently take half of the traffic).
Task<void> Server::Impl::accept_loop(std::shared_ptr<Impl> self) {
    std::size_t next = 0;
    while (self->acceptor.is_open()) {
        const std::size_t index = next++ % self->threads.size();
        Socket socket(self->runtime.context(index));
        error_code error;
        co_await self->acceptor.async_accept(socket, asio::redirect_error(use_awaitable, error));
        if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) co_return;
        if (error) {  // no file descriptors left: give the open connections time to end
            co_await sleep_for(std::chrono::milliseconds(50));
            continue;
        }
        const auto open = self->shared->connections_open.load(std::memory_order_relaxed);
        if (open >= self->shared->config.limits.max_connections) {
            self->refuse_connection(std::move(socket));
        } else {
            self->start_connection(std::move(socket), index);
        }
    }
}

void Server::Impl::start_connection(Socket socket, std::size_t index) {
    shared->connections_total.fetch_add(1, std::memory_order_relaxed);
    shared->connections_open.fetch_add(1, std::memory_order_relaxed);
    asio::post(
        runtime.context(index), [socket = std::move(socket), thread = threads[index], shared = shared]() mutable {
            const auto executor = socket.get_executor();
            auto connection = std::make_unique<Connection>(std::move(socket), std::move(thread), std::move(shared));
            asio::co_spawn(executor, Connection::serve(std::move(connection)), asio::detached);
        });
}

void Server::Impl::refuse_connection(Socket socket) {
    shared->connections_refused.fetch_add(1, std::memory_order_relaxed);
    constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nretry-after: 1\r\nconnection: close\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(answer.data(), answer.size()), ignored);
    socket.shutdown(Socket::shutdown_both, ignored);
}

Server::Server(Runtime& runtime, ServerConfig config, const Router& router)
    : impl_(std::make_shared<Impl>(runtime, std::move(config), router)) {}

Server::~Server() {
    if (impl_->has_closed) return;
    error_code ignored;
    impl_->acceptor.close(ignored);
}

void Server::listen() {
    // sendfile() knows no MSG_NOSIGNAL: without this, a visitor who leaves in the middle of a film ends the process.
    std::signal(SIGPIPE, SIG_IGN);
    const auto& config = impl_->shared->config;
    const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(config.address), config.port);
    impl_->acceptor.open(endpoint.protocol());
    impl_->acceptor.set_option(asio::socket_base::reuse_address(true));
    impl_->acceptor.bind(endpoint);
    impl_->acceptor.listen(asio::socket_base::max_listen_connections);
    asio::co_spawn(impl_->runtime.context(0), Impl::accept_loop(impl_), asio::detached);
}

std::uint16_t Server::port() const {
    return impl_->acceptor.local_endpoint().port();
}

ServerStats Server::stats() const {
    const auto& shared = *impl_->shared;
    ServerStats stats{shared.connections_open, shared.connections_total, shared.connections_refused, 0, 0};
    for (const auto& thread : impl_->threads) {
        stats.requests_total += thread->requests_total;
        stats.requests_active += thread->requests_active;
    }
    return stats;
}

Task<void> Server::drain(std::chrono::milliseconds timeout) {
    const auto impl = impl_;
    impl->shared->is_draining = true;
    asio::post(impl->runtime.context(0), [impl] {
        error_code ignored;
        impl->acceptor.close(ignored);
        impl->has_closed = true;
    });
    for (std::size_t i = 0; i < impl->threads.size(); ++i) {
        asio::post(impl->runtime.context(i), [thread = impl->threads[i]] { thread->begin_drain(); });
    }
    const Deadline deadline = std::chrono::steady_clock::now() + timeout;
    bool has_aborted = false;
    while (!impl->has_closed || impl->shared->connections_open > 0) {
        co_await sleep_for(std::chrono::milliseconds(10));
        if (has_aborted || std::chrono::steady_clock::now() < deadline) continue;
        has_aborted = true;
        for (std::size_t i = 0; i < impl->threads.size(); ++i) {
            asio::post(impl->runtime.context(i), [thread = impl->threads[i]] { thread->abort_all(); });
        }
    }
}

}  // namespace platform::http
