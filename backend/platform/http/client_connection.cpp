#include "platform/http/client_connection.hpp"

#include <sys/socket.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace platform::http {

namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

void ClientConnection::expire_at(Deadline deadline) {
    timer_.expires_at(deadline);
    timer_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self) return;
        self->has_timed_out_ = true;
        error_code ignored;
        self->socket_.close(ignored);
    });
}

void ClientConnection::stop_timer() {
    timer_.cancel();
}

void ClientConnection::fail(ClientError::Kind kind, const error_code& error) const {
    if (has_timed_out_) throw ClientError(ClientError::Kind::timeout, "http client: " + peer_.host + " took too long");
    throw ClientError(kind, "http client: " + peer_.host + ": " + error.message());
}

Task<void> ClientConnection::connect(asio::ssl::context* tls) {
    co_await connect_socket();
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    if (tls) co_await handshake(*tls);
}

Task<void> ClientConnection::connect_socket() {
    auto endpoints = co_await resolve();
    // What is left is what is connected to: no name is looked up again in between.
    std::erase_if(endpoints, [this](const tcp::endpoint& endpoint) { return !allowed_.allow(endpoint.address()); });
    if (endpoints.empty()) {
        throw ClientError(ClientError::Kind::peer_refused,
                          "http client: " + peer_.host + " has no address that may be called");
    }
    error_code error;
    co_await asio::async_connect(socket_, endpoints, asio::redirect_error(use_awaitable, error));
    if (error || has_timed_out_) fail(ClientError::Kind::connect, error);
}

Task<std::vector<tcp::endpoint>> ClientConnection::resolve() {
    std::vector<tcp::endpoint> endpoints;
    error_code error;
    const auto address = asio::ip::make_address(peer_.host, error);
    if (!error) {
        endpoints.emplace_back(address, peer_.port);
        co_return endpoints;
    }
    asio::ip::basic_resolver<tcp, Executor> resolver(socket_.get_executor());
    const std::string service = std::to_string(peer_.port);
    const auto found = co_await resolver.async_resolve(peer_.host, service, asio::redirect_error(use_awaitable, error));
    if (error) fail(ClientError::Kind::resolve, error);
    for (const auto& entry : found) endpoints.push_back(entry.endpoint());
    co_return endpoints;
}

Task<void> ClientConnection::handshake(asio::ssl::context& tls) {
    tls_.emplace(socket_, tls);
    error_code error;
    // SNI and the name on the certificate: without both, TLS would only prove that somebody answers.
    if (SSL_set_tlsext_host_name(tls_->native_handle(), peer_.host.c_str()) != 1) {
        throw ClientError(ClientError::Kind::tls, "http client: cannot set the TLS server name");
    }
    if (SSL_get_verify_mode(tls_->native_handle()) != SSL_VERIFY_NONE) {
        tls_->set_verify_callback(asio::ssl::host_name_verification(peer_.host));
    }
    co_await tls_->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(use_awaitable, error));
    if (error) fail(ClientError::Kind::tls, error);
}

bool ClientConnection::is_alive() {
    char byte = 0;
    const auto count = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    // Data nobody asked for belongs to no answer: such a connection is out of step.
    return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

Task<ClientResponse> ClientConnection::exchange(std::string message, bool is_head, std::size_t max_response_bytes) {
    has_received_ = is_reusable_ = false;
    if (tls_) return exchange_on(*tls_, std::move(message), is_head, max_response_bytes);
    return exchange_on(socket_, std::move(message), is_head, max_response_bytes);
}

template <class Stream>
Task<ClientResponse> ClientConnection::exchange_on(Stream& stream, std::string message, bool is_head,
                                                   std::size_t max_bytes) {
    constexpr std::uint32_t max_header_bytes = 64 * 1024;
    error_code error;
    co_await asio::async_write(stream, asio::buffer(message), asio::redirect_error(use_awaitable, error));
    if (error) fail(ClientError::Kind::closed, error);

    beast::http::response_parser<beast::http::string_body> parser;
    parser.header_limit(max_header_bytes);
    parser.body_limit(max_bytes);
    parser.skip(is_head);
    co_await beast::http::async_read(stream, buffer_, parser, asio::redirect_error(use_awaitable, error));
    has_received_ = parser.got_some();
    if (error == beast::http::error::body_limit) {
        throw ClientError(ClientError::Kind::too_large, "http client: the answer of " + peer_.host + " is too large");
    }
    const bool is_closed = error == beast::http::error::end_of_stream || error == asio::error::connection_reset ||
                           error == asio::error::eof || error == asio::error::operation_aborted;
    if (error) fail(is_closed ? ClientError::Kind::closed : ClientError::Kind::protocol, error);

    auto& answer = parser.get();
    ClientResponse response;
    response.status = answer.result_int();
    for (const auto& field : answer) {
        const auto name = field.name_string();
        const auto value = field.value();
        response.headers.add({name.data(), name.size()}, {value.data(), value.size()});
    }
    response.body = std::move(answer.body());
    is_reusable_ = parser.keep_alive() && buffer_.size() == 0;
    co_return response;
}

}  // namespace platform::http
