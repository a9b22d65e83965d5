#pragma once

#include "platform/core/result.hpp"
#include "platform/core/task.hpp"
#include "platform/http/headers.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace platform::http {

struct Request;

/// A regular file, sent in chunks; the status and the length headers are the caller's (file_response() does both).
struct FileBody {
    std::filesystem::path path;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length{};  ///< default: to the end of the file
};

/// Where a Stream writes to; a write waits until the client has taken the data.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual Task<void> write(std::string chunk) = 0;
};

/// A body made while it is sent (chunked). Throwing ends the connection without the final chunk, so that the client
/// can tell a torn answer from a whole one.
struct Stream {
    std::function<Task<void>(BodySink&)> produce;
};

/// Text inside something larger, such as a database's reply, sent without a copy.
struct SharedText {
    std::shared_ptr<const void> owner;
    std::string_view text;
};

using Body = std::variant<std::string, FileBody, Stream, SharedText>;
/// The bytes of a body that is in memory; nothing for a file or a stream.
std::string_view text_of(const Body& body);

struct Response {
    unsigned status = 200;
    Headers headers{};
    Body body{};
    std::string reason{};  ///< phrase of the status line; empty: the usual one. Control characters are left out.
};

std::string_view reason_phrase(unsigned status);

Response text_response(unsigned status, std::string text, std::string_view content_type = "text/plain; charset=utf-8");
Response json_response(unsigned status, std::string json);
Response empty(unsigned status);
Response redirect(unsigned status, std::string location);

/// RFC 9457 problem document: {type, title, status, detail, code, request_id, errors}. `status` overrides the one of
/// error.code for refusals of the server itself (405, 431, …).
Response problem(const Error& error, const Request& request, unsigned status = 0);
/// The same error in the shape of the route family the request hit (Router::errors).
Response render_error(const Error& error, const Request& request, unsigned status = 0);

/// A refusal that travels as an exception from where a body is read to the dispatcher.
class RequestRefused : public std::runtime_error {
public:
    RequestRefused(unsigned status, std::string reason, std::string message)
        : std::runtime_error(reason + ": " + message),
          status_(status),
          reason_(std::move(reason)),
          message_(std::move(message)) {}
    unsigned status() const { return status_; }
    const std::string& reason() const { return reason_; }
    const std::string& message() const { return message_; }

private:
    unsigned status_;
    std::string reason_;
    std::string message_;
};

}  // namespace platform::http
