#pragma once

#include "platform/http/head.hpp"
#include "platform/http/io_thread.hpp"
#include "platform/http/request_parser.hpp"
#include "platform/http/response_writer.hpp"
#include "platform/http/transport.hpp"
#include "platform/http/upload_file.hpp"

#include <memory>
#include <optional>
#include <string>

namespace platform::http {

/// What all connections of a server share.
struct ServerShared {
    ServerConfig config;
    const Router& router;
    std::atomic<bool> is_draining = false;
    std::atomic<std::uint64_t> connections_total = 0;
    std::atomic<std::uint64_t> connections_open = 0;
    std::atomic<std::uint64_t> connections_refused = 0;
};

/// One client connection: reads a request, lets the router answer it, and again. Lives on one io thread.
class Connection final : public BodySource {
public:
    Connection(Socket socket, std::shared_ptr<IoThread> thread, std::shared_ptr<ServerShared> shared);
    ~Connection() override;

    static Task<void> serve(std::unique_ptr<Connection> connection);

    /// Called by the io thread's ticker and by drain.
    void check(Deadline now) { transport_.check(now); }
    void begin_drain();
    void abort();

    Task<void> read(Request& request, Limits limits) override;

private:
    friend class IoThread;
    enum class Head { ready, refused, closed };

    Task<bool> serve_one();
    Task<Head> read_head();
    bool parse_head();
    Head refuse(Refusal refusal);
    void prepare_request();
    Task<void> answer_refusal();
    Task<bool> answer();
    void end_request(unsigned status, std::uint64_t bytes);
    bool can_keep_alive() const;

    Task<void> send_continue();
    Task<void> read_body();
    bool feed_body();
    [[noreturn]] void fail_body(unsigned status, std::string reason, std::string message);
    Task<bool> drain_body();
    Task<void> linger();

    Transport transport_;
    std::shared_ptr<IoThread> thread_;
    std::shared_ptr<ServerShared> shared_;
    const ServerLimits& limits_;
    std::string peer_ip_;
    bool is_trusted_peer_ = false;

    ReadBuffer buffer_;
    HeadValidator validator_;
    std::optional<RequestParser> parser_;
    Request request_;
    trace::TracePtr trace_;  // of the request being answered, when this server traces
    Refusal refusal_{};
    UploadFile upload_;
    Deadline started_at_{};
    std::size_t requests_served_ = 0;
    bool is_idle_ = false;
    bool is_closing_ = false;
    bool is_body_broken_ = false;
    bool has_sent_continue_ = false;
    std::size_t slot_ = 0;  // place in the io thread's list
};

}  // namespace platform::http
