#pragma once

#include "platform/core/runtime.hpp"
#include "platform/http/router.hpp"
#include "platform/trace/tracer.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace platform::http {

/// Limits of the HTTP edge; the numbers are from gateway-security.md §6.3 unless a comment says otherwise.
struct ServerLimits {
    std::size_t request_line_bytes = 64 * 1024;  ///< supabase-js puts whole filters and id lists into the URL
    std::size_t header_bytes = 16 * 1024;        ///< all fields together
    std::size_t header_count = 100;
    std::size_t chunk_extension_bytes = 8 * 1024;    ///< per body
    std::size_t chunk_count = 100'000;               ///< per body
    std::chrono::milliseconds head_time{10'000};     ///< from the first byte to the end of the header
    std::chrono::milliseconds body_time{10'000};     ///< grows with body_bytes_per_second for large bodies
    std::size_t body_bytes_per_second = 16 * 1024;   ///< minimum rate in both directions; a slow 3G phone does 50 KiB/s
    std::chrono::milliseconds idle_time{75'000};     ///< keep-alive, as nginx
    std::chrono::milliseconds request_time{30'000};  ///< Request::deadline
    std::size_t drain_bytes = 64 * 1024;
    std::size_t linger_bytes =
        16 << 20;  ///< thrown away after a refusal, within drain_time, so that its answer arrives
    std::chrono::milliseconds drain_time{2'000};
    std::size_t max_connections = 20'000;
    std::size_t max_requests_per_connection = 100'000;
};

/// What happened, for logs and metrics; called once per answer on the io thread, must not block.
struct Exchange {
    const Request& request;
    unsigned status;
    std::uint64_t response_bytes;
    std::chrono::nanoseconds duration;
};
using Observer = std::function<void(const Exchange&)>;

struct ServerConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                    ///< 0: any free port, see Server::port
    std::vector<std::string> allowed_hosts{};  ///< host or host:port, lower case; empty: every valid Host
    std::vector<std::string>
        trusted_proxies{};  ///< addresses whose X-Forwarded-For, X-Request-Id and traceparent count
    std::filesystem::path upload_folder = std::filesystem::temp_directory_path();
    ServerLimits limits{};
    Observer observer{};
    trace::Tracer* tracer = nullptr;  ///< none: requests have a trace id and pass it on, but record nothing
};

/// Counters since the start; read from any thread.
struct ServerStats {
    std::uint64_t connections_open;
    std::uint64_t connections_total;
    std::uint64_t connections_refused;
    std::uint64_t requests_total;
    std::uint64_t requests_active;
};

/// HTTP/1.1 server on all io threads of the runtime. The router must outlive it and not change any more.
class Server {
public:
    Server(Runtime& runtime, ServerConfig config, const Router& router);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds and starts to accept; throws boost::system::system_error when the port is taken.
    void listen();
    std::uint16_t port() const;
    /// Stops accepting, lets running requests end (Connection: close), closes idle connections at once and the rest
    /// after `timeout`. Returns when no connection is left.
    Task<void> drain(std::chrono::milliseconds timeout);
    ServerStats stats() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace platform::http
