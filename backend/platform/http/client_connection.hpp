#pragma once

#include "platform/core/allowed_peers.hpp"
#include "platform/http/client.hpp"
#include "platform/http/transport.hpp"
#include "platform/http/url.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace platform::http {

/// One connection to a peer, plain or TLS. A single timer ends whatever is pending when its time is over.
class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
public:
    /// `allowed` outlives it.
    ClientConnection(Executor executor, Url peer, const AllowedPeers& allowed)
        : socket_(executor), timer_(executor), peer_(std::move(peer)), allowed_(allowed) {}

    Task<void> connect(asio::ssl::context* tls);
    Task<ClientResponse> exchange(std::string message, bool is_head, std::size_t max_response_bytes);

    /// From now on every operation fails with ClientError::timeout after `deadline`.
    void expire_at(Deadline deadline);
    void stop_timer();

    /// Whether the peer has left it open and silent.
    bool is_alive();
    bool can_be_reused() const { return is_reusable_; }
    bool has_received() const { return has_received_; }
    Deadline idle_since() const { return idle_since_; }
    void mark_idle() { idle_since_ = std::chrono::steady_clock::now(); }

private:
    using Timer =
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
    using Tls = asio::ssl::stream<Socket&>;

    Task<void> connect_socket();
    Task<std::vector<asio::ip::tcp::endpoint>> resolve();
    Task<void> handshake(asio::ssl::context& tls);
    template <class Stream>
    Task<ClientResponse> exchange_on(Stream& stream, std::string message, bool is_head, std::size_t max_bytes);
    [[noreturn]] void fail(ClientError::Kind kind, const boost::system::error_code& error) const;

    Socket socket_;
    std::optional<Tls> tls_;
    Timer timer_;
    Url peer_;
    const AllowedPeers& allowed_;
    boost::beast::flat_buffer buffer_;
    Deadline idle_since_{};
    bool has_timed_out_ = false;
    bool is_reusable_ = false;
    bool has_received_ = false;
};

}  // namespace platform::http
