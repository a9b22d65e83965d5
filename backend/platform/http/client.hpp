#pragma once

#include "platform/core/allowed_peers.hpp"
#include "platform/core/runtime.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

namespace platform::http {

struct ClientRequest {
    std::string method = "GET";
    std::string url;  ///< http:// or https://
    Headers headers{};
    std::string body{};
    std::chrono::milliseconds timeout{15'000};         ///< from the call to the last byte of the answer
    std::chrono::milliseconds connect_timeout{2'000};  ///< name resolution, TCP and TLS
    std::size_t max_response_bytes = 8 << 20;
};

struct ClientResponse {
    unsigned status = 0;
    Headers headers;
    std::string body;
};

/// The peer gave no answer we can use.
class ClientError : public std::runtime_error {
public:
    enum class Kind { bad_url, resolve, connect, tls, timeout, closed, protocol, too_large, peer_refused };
    ClientError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }

private:
    Kind kind_;
};

struct ClientOptions {
    std::size_t max_idle_per_host = 32;  ///< per io thread
    std::chrono::milliseconds max_idle_time{30'000};
    bool verify_tls = true;
    std::string ca_file{};  ///< instead of the system's
    /// Judged for every connection, by the address it is opened to. A pooled one has been judged: a pool belongs to one
    /// client. Of a name with several addresses the allowed ones are tried; without one the call fails (peer_refused).
    AllowedPeers allowed_peers = AllowedPeers::any();
};

/// Pooled HTTP/1.1 client. Follows no redirects, sends no cookies. A call made while working for a trace is a span of
/// it, which the peer is told (traceparent). A request on a reused connection that the peer closed before any byte of
/// an answer is sent once more on a new one if the method is idempotent.
class Client {
public:
    explicit Client(Runtime& runtime, ClientOptions options = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Throws ClientError. Any status is an answer, not an error.
    Task<ClientResponse> send(ClientRequest request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Forwards `request` to `base_url` (scheme://host:port, without a path) with the same path and query. Hop-by-hop
/// fields are dropped, X-Forwarded-For/-Proto/-Host, X-Request-Id and traceparent are set. Throws Unavailable (503)
/// when the upstream cannot be reached, DeadlineExceeded (504) when it is too slow.
Task<Response> proxy(Client& client, std::string base_url, Request& request);

}  // namespace platform::http
