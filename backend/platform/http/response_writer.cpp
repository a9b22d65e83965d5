#include "platform/http/response_writer.hpp"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include <boost/asio/post.hpp>
#include <cerrno>

namespace platform::http {
namespace {

/// Head and small body go out in one piece; larger bodies are not copied.
constexpr std::size_t flat_body_bytes = 16 * 1024;

/// One per io thread: a head is written before the coroutine suspends, so connections can share it.
std::string& scratch() {
    thread_local std::string text;
    text.clear();
    return text;
}

class Descriptor {
public:
    explicit Descriptor(const std::filesystem::path& path)
        : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    /// Size of a regular file; nothing for anything else.
    std::optional<std::uint64_t> file_size() const {
        struct stat info{};
        if (number_ < 0 || ::fstat(number_, &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
        return static_cast<std::uint64_t>(info.st_size);
    }

private:
    int number_;
};

/// Frames what a Stream produces; in HTTP/1.0 the end of the connection is the end of the body.
class ChunkSink final : public BodySink {
public:
    ChunkSink(Transport& transport, const ServerLimits& limits, bool is_chunked)
        : transport_(transport), limits_(limits), is_chunked_(is_chunked) {}

    Task<void> write(std::string chunk) override {
        if (chunk.empty()) co_return;  // an empty chunk would end the body
        std::string framed = is_chunked_ ? frame(chunk) : std::move(chunk);
        bytes_sent_ += framed.size();
        const bool is_sent = co_await transport_.write_all(framed, limits_.body_time, limits_.body_bytes_per_second);
        if (!is_sent) throw std::runtime_error("http: the client went away during a stream");
    }
    std::uint64_t bytes_sent() const { return bytes_sent_; }

private:
    static std::string frame(std::string_view chunk) {
        constexpr std::string_view hex = "0123456789abcdef";
        std::string framed;
        framed.reserve(chunk.size() + 20);
        bool has_digit = false;
        for (int shift = 60; shift >= 0; shift -= 4) {
            const auto digit = (chunk.size() >> shift) & 15;
            has_digit = has_digit || digit != 0;
            if (has_digit) framed += hex[digit];
        }
        framed += "\r\n";
        framed += chunk;
        framed += "\r\n";
        return framed;
    }

    Transport& transport_;
    const ServerLimits& limits_;
    bool is_chunked_;
    std::uint64_t bytes_sent_ = 0;
};

}  // namespace

Task<bool> ResponseWriter::send(const Request& request, Response& response, Options options) {
    const Framing framing{options.is_http_11, options.keep_alive};
    if (std::holds_alternative<FileBody>(response.body)) return send_file(request, response, framing);
    if (std::holds_alternative<Stream>(response.body)) return send_stream(request, response, framing);
    return send_text(request, response, framing);
}

Task<bool> ResponseWriter::send_text(const Request& request, const Response& response, Framing framing) {
    std::string_view body = text_of(response.body);
    const bool is_bodyless_status = response.status == 204 || response.status == 304 || response.status < 200;
    const bool has_unknown_length = request.method == Method::head && body.empty();
    if (!is_bodyless_status && !has_unknown_length) framing.content_length = body.size();
    if (!may_have_body(request.method, response.status)) body = {};

    std::string& head = scratch();
    append_head(head, response, request, framing);
    const bool is_flat = body.size() <= flat_body_bytes;
    if (is_flat) head += std::exchange(body, {});
    const std::size_t total = head.size() + body.size();
    bytes_sent_ = total;
    const auto count = transport_.write_now(head, body);
    if (count < 0) co_return false;
    const auto sent = static_cast<std::size_t>(count);
    if (sent == total) co_return true;
    std::string head_rest = sent < head.size() ? head.substr(sent) : std::string();
    body.remove_prefix(sent > head.size() ? sent - head.size() : 0);
    co_return co_await send_rest(std::move(head_rest), body);
}

Task<bool> ResponseWriter::send_rest(std::string head_rest, std::string_view body_rest) {
    const bool is_head_sent =
        co_await transport_.write_all(head_rest, limits_.body_time, limits_.body_bytes_per_second);
    if (!is_head_sent) co_return false;
    co_return co_await transport_.write_all(body_rest, limits_.body_time, limits_.body_bytes_per_second);
}

Task<bool> ResponseWriter::send_file(const Request& request, Response& response, Framing framing) {
    const FileBody file = std::get<FileBody>(response.body);
    const Descriptor descriptor(file.path);
    const auto size = descriptor.file_size();
    const std::uint64_t length = file.length.value_or(size && *size >= file.offset ? *size - file.offset : 0);
    if (!size || file.offset + length > *size) {
        Response failure = render_error({Code::internal, "internal", "The file is not there any more."}, request);
        co_return co_await send_text(request, failure, framing);
    }
    framing.content_length = length;
    std::string head;
    append_head(head, response, request, framing);
    bytes_sent_ = head.size();
    const bool is_head_sent = co_await transport_.write_all(head, limits_.body_time, limits_.body_bytes_per_second);
    if (!is_head_sent || !may_have_body(request.method, response.status)) co_return is_head_sent;
    co_return co_await send_descriptor(descriptor.number(), file.offset, length);
}

Task<bool> ResponseWriter::send_descriptor(int descriptor, std::uint64_t offset, std::uint64_t length) {
    constexpr std::size_t piece_bytes = 256 * 1024;  // then the other connections of this thread get their turn
    const Deadline begin = std::chrono::steady_clock::now() + limits_.body_time;
    auto position = static_cast<off_t>(offset);
    std::uint64_t sent = 0;
    while (sent < length) {
        transport_.expire_at(begin + std::chrono::milliseconds(sent * 1000 / limits_.body_bytes_per_second));
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(length - sent, piece_bytes));
        const auto count = ::sendfile(transport_.socket().native_handle(), descriptor, &position, wanted);
        if (count == 0) co_return false;  // the file became shorter: the promised length cannot be kept
        if (count < 0 && errno != EAGAIN && errno != EINTR) co_return false;
        if (count > 0) {
            sent += static_cast<std::uint64_t>(count);
            bytes_sent_ += static_cast<std::uint64_t>(count);
        }
        if (sent == length) break;
        const bool is_writable = co_await transport_.wait_writable();
        if (!is_writable) co_return false;
    }
    transport_.expire_never();
    co_return true;
}

Task<bool> ResponseWriter::send_stream(const Request& request, Response& response, Framing framing) {
    framing.is_chunked = framing.is_http_11;
    framing.keep_alive = framing.keep_alive && framing.is_http_11;
    std::string head;
    append_head(head, response, request, framing);
    bytes_sent_ = head.size();
    const bool is_head_sent = co_await transport_.write_all(head, limits_.body_time, limits_.body_bytes_per_second);
    if (!is_head_sent || !may_have_body(request.method, response.status)) co_return is_head_sent;

    ChunkSink sink(transport_, limits_, framing.is_chunked);
    const Stream stream = std::move(std::get<Stream>(response.body));
    try {
        co_await stream.produce(sink);
    } catch (const std::exception&) {
        co_return false;  // without the last chunk the client sees that the answer is torn
    }
    bytes_sent_ += sink.bytes_sent();
    if (!framing.is_chunked) co_return false;
    co_return co_await transport_.write_all("0\r\n\r\n", limits_.body_time, limits_.body_bytes_per_second);
}

}  // namespace platform::http
