#include "platform/redis/connection.hpp"

#include "platform/core/error.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <memory>

namespace platform::redis {
namespace {

using boost::system::error_code;
using tcp = asio::ip::tcp;

constexpr std::size_t read_chunk_bytes = 16 << 10;

/// Closes a socket when a wait takes too long.
class WatchDog {
public:
    template <class Socket>
    WatchDog(Timer& timer, Socket& socket, std::chrono::milliseconds limit) : timer_(timer) {
        timer_.expires_after(limit);
        // The timer may have run out already when the wait ends: then cancelling comes too late for its handler.
        timer_.async_wait([&socket, is_over = is_over_](error_code cancelled) {
            if (cancelled || *is_over) return;
            error_code ignored;
            socket.close(ignored);
        });
    }
    ~WatchDog() {
        *is_over_ = true;
        timer_.cancel();
    }
    WatchDog(const WatchDog&) = delete;
    WatchDog& operator=(const WatchDog&) = delete;

private:
    Timer& timer_;
    std::shared_ptr<bool> is_over_ = std::make_shared<bool>(false);
};

void require_success(const error_code& error, std::string_view what) {
    if (error) throw Unavailable("redis: " + std::string(what) + ": " + error.message());
}

}  // namespace

Connection::Connection(Executor executor, const Config& config)
    : config_(config), socket_(executor), timer_(executor) {}

Task<void> Connection::open() {
    const WatchDog watch(timer_, socket_, config_.connect_timeout);
    co_await connect();
    co_await greet();
}

void Connection::close() {
    error_code ignored;
    socket_.close(ignored);
}

Task<void> Connection::connect() {
    error_code error;
    const auto address = asio::ip::make_address(config_.host, error);
    if (!error) {
        co_await socket_.async_connect(tcp::endpoint(address, config_.port),
                                       asio::redirect_error(use_awaitable, error));
    } else {
        error.clear();
        asio::ip::basic_resolver<tcp, Executor> resolver(socket_.get_executor());
        const std::string service = std::to_string(config_.port);
        const auto found =
            co_await resolver.async_resolve(config_.host, service, asio::redirect_error(use_awaitable, error));
        require_success(error, "name");
        co_await asio::async_connect(socket_, found, asio::redirect_error(use_awaitable, error));
    }
    require_success(error, "connect");
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
}

Task<void> Connection::greet() {
    std::vector<std::string> hello{"HELLO", "3"};
    const std::string user = config_.username.empty() ? "default" : config_.username;
    if (!config_.password.empty()) hello.insert(hello.end(), {"AUTH", user, config_.password});
    Reply answer = co_await ask(std::move(hello));
    const bool is_old =
        answer.is_error() && (answer.text.starts_with("ERR unknown command") || answer.text.starts_with("NOPROTO"));
    if (is_old && !config_.password.empty()) {
        std::vector<std::string> auth{"AUTH", config_.password};
        if (!config_.username.empty()) auth.insert(auth.begin() + 1, config_.username);
        answer = co_await ask(std::move(auth));
    }
    if (answer.is_error() && !(is_old && config_.password.empty())) throw Unavailable("redis: " + answer.text);
    if (config_.database != 0) {
        std::vector<std::string> select{"SELECT", std::to_string(config_.database)};
        answer = co_await ask(std::move(select));
        if (answer.is_error()) throw Unavailable("redis: " + answer.text);
    }
}

Task<Reply> Connection::ask(std::vector<std::string> words) {
    co_await write(encode_command(words));
    co_return co_await read();
}

Task<void> Connection::write(std::string text) {
    error_code error;
    co_await asio::async_write(socket_, asio::buffer(text), asio::redirect_error(use_awaitable, error));
    require_success(error, "write");
}

Task<Reply> Connection::read(std::chrono::milliseconds limit) {
    std::optional<WatchDog> watch;
    if (limit.count() > 0) watch.emplace(timer_, socket_, limit);
    while (true) {
        auto reply = take_reply(received_, config_.limits);
        if (reply) co_return std::move(*reply);
        std::array<char, read_chunk_bytes> chunk;
        error_code error;
        const auto size =
            co_await socket_.async_read_some(asio::buffer(chunk), asio::redirect_error(use_awaitable, error));
        require_success(error, "read");
        received_.append(chunk.data(), size);
    }
}

}  // namespace platform::redis
