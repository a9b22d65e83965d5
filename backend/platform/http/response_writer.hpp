#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/http/response_head.hpp"
#include "platform/http/server.hpp"
#include "platform/http/transport.hpp"

namespace platform::http {

/// Sends one response of any body kind with the right framing.
class ResponseWriter {
public:
    ResponseWriter(Transport& transport, const ServerLimits& limits) : transport_(transport), limits_(limits) {}

    struct Options {
        bool is_http_11;
        bool keep_alive;
    };
    /// False when the connection must not be used any more.
    Task<bool> send(const Request& request, Response& response, Options options);
    std::uint64_t bytes_sent() const { return bytes_sent_; }

private:
    Task<bool> send_text(const Request& request, const Response& response, Framing framing);
    Task<bool> send_rest(std::string head_rest, std::string_view body_rest);
    Task<bool> send_file(const Request& request, Response& response, Framing framing);
    Task<bool> send_descriptor(int descriptor, std::uint64_t offset, std::uint64_t length);
    Task<bool> send_stream(const Request& request, Response& response, Framing framing);

    Transport& transport_;
    const ServerLimits& limits_;
    std::uint64_t bytes_sent_ = 0;
};

}  // namespace platform::http
