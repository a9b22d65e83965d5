#include "platform/http/connection.hpp"

#include "platform/http/trace_context.hpp"

#include <boost/asio/ip/tcp.hpp>

namespace platform::http {
namespace {

constexpr std::size_t head_read_bytes = 4096;
constexpr std::size_t body_read_bytes = 64 * 1024;
/// A chunk header or trailer line that does not fit has no honest sender.
constexpr std::size_t max_unparsed_body_bytes = 16 * 1024;

bool is_listed(const std::vector<std::string>& list, std::string_view address) {
    return std::ranges::find(list, address) != list.end();
}

/// The right-most address that no trusted proxy wrote down for another trusted proxy.
std::string_view forwarded_client(std::string_view forwarded_for, const std::vector<std::string>& trusted) {
    while (!forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        auto address = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
        while (address.starts_with(' ')) address.remove_prefix(1);
        while (address.ends_with(' ')) address.remove_suffix(1);
        if (!is_listed(trusted, address)) {
            boost::system::error_code error;
            asio::ip::make_address(std::string(address), error);
            return error ? std::string_view() : address;
        }
        forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
    }
    return {};
}

class TextCollector final : public BodyCollector {
public:
    explicit TextCollector(std::string& text) : text_(text) {}
    void append(std::string_view bytes) override { text_ += bytes; }

private:
    std::string& text_;
};

class FileCollector final : public BodyCollector {
public:
    explicit FileCollector(UploadFile& file) : file_(file) {}
    void append(std::string_view bytes) override { file_.append(bytes); }

private:
    UploadFile& file_;
};

/// Counts a request as long as it is being answered.
class ActiveRequest {
public:
    explicit ActiveRequest(IoThread& thread) : thread_(thread) {
        thread_.requests_total.fetch_add(1, std::memory_order_relaxed);
        thread_.requests_active.fetch_add(1, std::memory_order_relaxed);
    }
    ~ActiveRequest() { thread_.requests_active.fetch_sub(1, std::memory_order_relaxed); }
    ActiveRequest(const ActiveRequest&) = delete;
    ActiveRequest& operator=(const ActiveRequest&) = delete;

private:
    IoThread& thread_;
};

class NoCollector final : public BodyCollector {
public:
    void append(std::string_view) override {}
};

}  // namespace

Connection::Connection(Socket socket, std::shared_ptr<IoThread> thread, std::shared_ptr<ServerShared> shared)
    : transport_(std::move(socket)),
      thread_(std::move(thread)),
      shared_(std::move(shared)),
      limits_(shared_->config.limits),
      validator_(limits_, shared_->config.allowed_hosts) {
    boost::system::error_code error;
    transport_.socket().non_blocking(true, error);
    transport_.socket().set_option(asio::ip::tcp::no_delay(true), error);
    const auto peer = transport_.socket().remote_endpoint(error);
    if (!error) peer_ip_ = peer.address().to_string();
    is_trusted_peer_ = is_listed(shared_->config.trusted_proxies, peer_ip_);
    is_closing_ = shared_->is_draining;
    thread_->add(*this);
}

Connection::~Connection() {
    thread_->remove(*this);
    shared_->connections_open.fetch_sub(1, std::memory_order_relaxed);
}

Task<void> Connection::serve(std::unique_ptr<Connection> connection) {
    try {
        // A connection starts with the clock of a request head: who connects has something to say.
        connection->transport_.expire_after(connection->limits_.head_time);
        while (co_await connection->serve_one()) {
        }
    } catch (const std::exception&) {
        connection->transport_.close();  // out of memory or a broken socket: nothing can be told to this peer
    }
}

void Connection::begin_drain() {
    is_closing_ = true;
    if (is_idle_) transport_.cancel();
}

void Connection::abort() {
    is_closing_ = true;
    transport_.close();
}

Task<bool> Connection::serve_one() {
    const Head head = co_await read_head();
    if (head == Head::closed) {
        transport_.close();
        co_return false;
    }
    if (head == Head::refused) {
        co_await answer_refusal();
        co_await linger();
        co_return false;
    }
    const bool keeps_on = co_await answer();
    if (keeps_on) co_return true;
    const bool is_all_read = parser_->is_done() && buffer_.empty();
    if (is_all_read) {
        transport_.close();  // nothing unread: the kernel still delivers the answer
    } else {
        co_await linger();
    }
    co_return false;
}

Connection::Head Connection::refuse(Refusal refusal) {
    refusal_ = refusal;
    return Head::refused;
}

Task<Connection::Head> Connection::read_head() {
    validator_.reset();
    buffer_.shrink();
    bool has_begun = false;
    while (true) {
        if (!buffer_.empty()) {
            if (!has_begun) transport_.expire_after(limits_.head_time);
            has_begun = true;
            const auto state = validator_.feed(buffer_.view());
            if (state == HeadValidator::State::refused) co_return refuse(validator_.refusal());
            if (state == HeadValidator::State::complete) break;
        }
        if (is_closing_ && !has_begun) co_return Head::closed;
        is_idle_ = !has_begun;
        const std::size_t count = co_await transport_.read_some(buffer_, head_read_bytes);
        is_idle_ = false;
        if (count > 0) continue;
        const bool is_late = transport_.has_timed_out() && has_begun;
        if (is_late) co_return refuse({408, "request_timeout", "The request head did not arrive in time."});
        co_return Head::closed;
    }
    transport_.expire_never();
    if (!parse_head()) co_return refuse({400, "malformed_request", "The request head is malformed."});
    co_return Head::ready;
}

/// The checked head goes through Beast: two parsers have to agree on it.
bool Connection::parse_head() {
    request_.reset();
    parser_.emplace(request_, limits_);
    const auto head = buffer_.view().substr(validator_.begin(), validator_.end() - validator_.begin());
    RequestParser::Error error;
    const std::size_t used = parser_->put(asio::const_buffer(head.data(), head.size()), error);
    const bool is_agreed = !error && used == head.size() && parser_->is_header_done() &&
                           parser_->chunked() == validator_.is_chunked() &&
                           parser_->content_length().value_or(0) == validator_.content_length();
    if (validator_.origin_size() > 0) {
        request_.target.erase(0, validator_.origin_size());
        if (!request_.target.starts_with('/')) request_.target.insert(0, "/");
    }
    buffer_.consume(validator_.end());
    return is_agreed;
}

void Connection::prepare_request() {
    started_at_ = std::chrono::steady_clock::now();
    request_.deadline = started_at_ + limits_.request_time;
    request_.client_ip = peer_ip_;
    if (is_trusted_peer_) {
        const auto client = forwarded_client(request_.header("x-forwarded-for"), shared_->config.trusted_proxies);
        if (!client.empty()) request_.client_ip = client;
    }
    assign_ids(request_, is_trusted_peer_);
    if (shared_->config.tracer) {
        trace_ = shared_->config.tracer->begin(request_.trace, trace::Kind::server);
        request_.trace.self = trace_->context();
    }
    is_body_broken_ = has_sent_continue_ = false;
    if (validator_.has_body()) request_.body_source = this;
}

Task<void> Connection::answer_refusal() {
    const auto head = buffer_.view();
    const std::string method(validator_.method(head));
    const std::string target(validator_.target(head));
    request_.reset();
    request_.method_text = method;
    request_.method = parse_method(method);
    request_.target = target.starts_with('/') ? target : "/";
    prepare_request();
    Error error{Code::invalid_argument, std::string(refusal_.reason), std::string(refusal_.message)};
    Response response = shared_->router.refuse(request_, refusal_.status, error);
    transport_.forget_timeout();
    ResponseWriter writer(transport_, limits_);
    co_await writer.send(request_, response, {validator_.is_http_11() || method.empty(), false});
    end_request(refusal_.status, writer.bytes_sent());
}

bool Connection::can_keep_alive() const {
    if (!validator_.keep_alive() || is_closing_ || is_body_broken_ || shared_->is_draining) return false;
    if (requests_served_ >= limits_.max_requests_per_connection) return false;
    if (parser_->is_done()) return true;
    // The handler left the body unread. It is skipped when it is small and surely on its way.
    const bool may_never_come = validator_.expects_continue() && !has_sent_continue_;
    return !may_never_come && !validator_.is_chunked() && validator_.content_length() <= limits_.drain_bytes;
}

Task<bool> Connection::answer() {
    prepare_request();
    ++requests_served_;
    const ActiveRequest active(*thread_);
    const AmbientScope working_for(trace_);
    Response response = co_await shared_->router.dispatch(request_);
    transport_.forget_timeout();
    const bool keep_alive = can_keep_alive();
    ResponseWriter writer(transport_, limits_);
    const bool is_sent = co_await writer.send(request_, response, {validator_.is_http_11(), keep_alive});
    end_request(response.status, writer.bytes_sent());
    upload_.remove();
    if (!is_sent || !keep_alive) co_return false;
    if (!parser_->is_done()) co_return co_await drain_body();
    transport_.expire_after(limits_.idle_time);
    co_return true;
}

void Connection::end_request(unsigned status, std::uint64_t bytes) {
    if (trace_) {
        trace_->finish(server_outcome(request_, status, is_trusted_peer_));
        trace_.reset();
    }
    if (!shared_->config.observer) return;
    shared_->config.observer({request_, status, bytes, std::chrono::steady_clock::now() - started_at_});
}

void Connection::fail_body(unsigned status, std::string reason, std::string message) {
    is_body_broken_ = true;
    throw RequestRefused(status, std::move(reason), std::move(message));
}

Task<void> Connection::read(Request& request, Limits limits) {
    request.body_source = nullptr;  // read once
    if (validator_.content_length() > limits.bytes) {
        fail_body(413, "body_too_large", "The body may have at most " + std::to_string(limits.bytes) + " bytes.");
    }
    parser_->body_limit(limits.bytes);
    if (validator_.expects_continue() && buffer_.empty()) co_await send_continue();

    TextCollector text(request.body);
    FileCollector file(upload_);
    if (limits.to_file) {
        upload_.create(shared_->config.upload_folder);
        parser_->collect(file);
    } else {
        parser_->collect(text);
    }
    co_await read_body();
    if (limits.to_file) {
        upload_.finish();
        request.body_file = upload_.path();
    }
}

Task<void> Connection::send_continue() {
    has_sent_continue_ = true;
    const bool is_sent = co_await transport_.write_all("HTTP/1.1 100 Continue\r\n\r\n", limits_.body_time,
                                                       limits_.body_bytes_per_second);
    if (!is_sent) fail_body(400, "incomplete_body", "The connection ended.");
}

/// Absolute deadline plus minimum rate: a large upload may take its time, a trickle may not.
Task<void> Connection::read_body() {
    const Deadline begin = std::chrono::steady_clock::now() + limits_.body_time;
    std::uint64_t received = buffer_.size();
    while (!feed_body()) {
        transport_.expire_at(begin + std::chrono::milliseconds(received * 1000 / limits_.body_bytes_per_second));
        const std::size_t count = co_await transport_.read_some(buffer_, body_read_bytes);
        if (count == 0 && transport_.has_timed_out()) {
            fail_body(408, "request_timeout", "The body did not arrive in time.");
        }
        if (count == 0) fail_body(400, "incomplete_body", "The body ended too early.");
        received += count;
    }
    transport_.expire_never();
}

/// Gives Beast what has arrived; true when the body is complete.
bool Connection::feed_body() {
    namespace beast_http = boost::beast::http;
    while (!parser_->is_done() && !buffer_.empty()) {
        RequestParser::Error error;
        const std::size_t used = parser_->put(asio::const_buffer(buffer_.view().data(), buffer_.size()), error);
        buffer_.consume(used);
        if (error == beast_http::error::body_limit) fail_body(413, "body_too_large", "The body is too large.");
        if (error && error != beast_http::error::need_more) {
            fail_body(400, "malformed_body", "The chunked body is malformed.");
        }
        if (buffer_.size() > max_unparsed_body_bytes && used == 0) {
            fail_body(400, "malformed_body", "A chunk header is too long.");
        }
        if (used == 0) break;
    }
    return parser_->is_done();
}

/// Skips a small body that no handler wanted, so that the connection can go on.
Task<bool> Connection::drain_body() {
    NoCollector nowhere;
    parser_->collect(nowhere);
    transport_.expire_after(limits_.drain_time);
    try {
        while (!feed_body()) {
            const std::size_t count = co_await transport_.read_some(buffer_, body_read_bytes);
            if (count == 0) co_return false;
        }
    } catch (const RequestRefused&) {
        co_return false;
    }
    transport_.expire_after(limits_.idle_time);
    co_return true;
}

/// Closing with unread input would reset the connection and could destroy the answer on its way to the client.
Task<void> Connection::linger() {
    transport_.forget_timeout();
    transport_.shutdown_send();
    transport_.expire_after(limits_.drain_time);
    std::size_t drained = 0;
    while (drained < limits_.linger_bytes) {
        buffer_.consume(buffer_.size());
        const std::size_t count = co_await transport_.read_some(buffer_, body_read_bytes);
        if (count == 0) break;
        drained += count;
    }
    transport_.close();
}

}  // namespace platform::http
