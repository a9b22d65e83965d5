#pragma once

#include "platform/core/runtime.hpp"
#include "platform/core/time.hpp"
#include "platform/http/router.hpp"
#include "platform/mail/inbox_store.hpp"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace platform::mail {

struct InboxConfig {
    std::uint16_t smtp_port = 0;      // 0 = any free one, see port()
    std::filesystem::path directory;  // one .eml per mail; survives restarts
    std::size_t capacity = 500;       // the oldest goes first
    std::size_t message_limit_bytes = 2 << 20;
    std::size_t connection_limit = 64;
    std::size_t recipient_limit = 50;
};

/// The development mail inbox: an SMTP server on loopback that delivers nothing, and pages to read what it was given.
///
///     GET    {prefix}/                          list (?to=), GET {prefix}/messages/{id} one mail
///     GET    {prefix}/api/v1/messages?to=&limit=  → {"items":[Mail…]} newest first
///     GET    {prefix}/api/v1/messages/{id}        → Mail {id,from,to[],subject,text,html,links[],received_at,size}
///     DELETE {prefix}/api/v1/messages             → 204
class DevInbox {
public:
    DevInbox(Runtime& runtime, InboxConfig config, const Clock& clock);

    /// Binds 127.0.0.1 and starts accepting on io thread 0. Throws when the port is taken.
    void listen();
    /// Stops accepting; running conversations end with their connection.
    void stop();
    std::uint16_t port() const { return port_; }
    /// `prefix` without a trailing slash, "" for the root.
    void mount(http::Router& router, std::string prefix = "");
    InboxStore& store() { return store_; }

private:
    Task<void> accept_loop();
    Task<void> converse(std::shared_ptr<asio::basic_stream_socket<asio::ip::tcp, Executor>> socket);

    Runtime& runtime_;
    InboxConfig config_;
    const Clock& clock_;
    InboxStore store_;
    asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor_;
    std::uint16_t port_ = 0;
    std::shared_ptr<std::atomic<std::size_t>> conversations_ = std::make_shared<std::atomic<std::size_t>>(0);
};

}  // namespace platform::mail
