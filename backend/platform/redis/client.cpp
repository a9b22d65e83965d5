#include "platform/redis/client.hpp"

#include "platform/core/error.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/redis/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <deque>

namespace platform::redis {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// One command on its way.
struct Waiting {
    explicit Waiting(Executor executor) : timer(executor) {}

    Timer timer;
    std::optional<Reply> reply;
    std::string failure;
};

}  // namespace

/// What one io thread has of the server.
class Client::Line : public std::enable_shared_from_this<Line> {
public:
    Line(Executor executor, const Config& config) : executor_(executor), config_(config) {}

    Task<Reply> call(std::string command) {
        const auto self = shared_from_this();
        if (!is_ready_) connect_when_due();
        // While it is made anew nobody waits for it: a server that does not even refuse would cost every caller the
        // whole of connect_timeout.
        if (!is_ready_ && backoff_.count() != 0) throw Unavailable("redis is away");
        if (waiting_.size() >= config_.max_waiting) throw Unavailable("redis: too many commands wait");
        const auto waiting = std::make_shared<Waiting>(executor_);
        waiting_.push_back(waiting);
        unsent_ += command;
        waiting->timer.expires_after(is_ready_ ? config_.command_timeout
                                               : config_.connect_timeout + config_.command_timeout);
        if (is_ready_) flush();
        boost::system::error_code ended;
        co_await waiting->timer.async_wait(asio::redirect_error(use_awaitable, ended));
        if (waiting->reply) co_return std::move(*waiting->reply);
        if (waiting->failure.empty()) note_timeout();
        throw Unavailable(waiting->failure.empty() ? "redis took too long" : waiting->failure);
    }

    /// From any thread; ends the connection when it has one.
    void stop() {
        asio::post(executor_, [line = shared_from_this()] {
            line->is_stopped_ = true;
            if (line->connection_) line->connection_->close();
        });
    }

private:
    void connect_when_due() {
        if (connection_ || std::chrono::steady_clock::now() < retry_at_) return;
        connection_ = std::make_shared<Connection>(executor_, config_);
        asio::co_spawn(executor_, run(shared_from_this(), connection_), asio::detached);
    }

    /// A server that hangs is as good as none, and its late replies are nobody's.
    void note_timeout() {
        timeouts_.add();
        if (++timeouts_in_row_ >= config_.timeouts_to_give_up && connection_) connection_->close();
    }

    void flush() {
        if (is_writing_ || unsent_.empty()) return;
        is_writing_ = true;
        asio::co_spawn(executor_, write_all(shared_from_this(), connection_), asio::detached);
    }

    static Task<void> write_all(std::shared_ptr<Line> line, std::shared_ptr<Connection> connection) {
        while (!line->unsent_.empty() && line->connection_ == connection) {
            std::string text = std::exchange(line->unsent_, {});
            try {
                co_await connection->write(std::move(text));
            } catch (const Unavailable&) {
                connection->close();  // its reader tells everybody
                break;
            }
        }
        if (line->connection_ == connection) line->is_writing_ = false;
    }

    static Task<void> run(std::shared_ptr<Line> line, std::shared_ptr<Connection> connection) {
        std::string failure;
        try {
            co_await connection->open();
            line->is_ready_ = true;
            line->backoff_ = {};
            log::info("redis_connected", {{"server.address", line->config_.host}});
            line->flush();
            while (true) line->deliver(co_await connection->read());
        } catch (const std::exception& error) {
            failure = error.what();
        }
        line->lost(failure);
    }

    void deliver(Reply reply) {
        if (reply.kind == Reply::Kind::push) return;  // nothing we asked for
        if (waiting_.empty()) throw ProtocolError("redis: a reply to no question");
        const auto waiting = std::move(waiting_.front());
        waiting_.pop_front();
        timeouts_in_row_ = 0;
        waiting->reply = std::move(reply);
        waiting->timer.cancel();
    }

    void lost(const std::string& failure) {
        if (!is_stopped_) log::warn("redis_lost", {{"error.message", failure}});
        connection_.reset();
        is_ready_ = is_writing_ = false;
        unsent_.clear();
        timeouts_in_row_ = 0;
        backoff_ = backoff_.count() == 0 ? config_.first_backoff : std::min(2 * backoff_, config_.max_backoff);
        retry_at_ = std::chrono::steady_clock::now() + backoff_;
        for (const auto& waiting : std::exchange(waiting_, {})) {
            waiting->failure = failure;
            waiting->timer.cancel();
        }
    }

    Executor executor_;
    Config config_;
    std::shared_ptr<Connection> connection_;  // while it is made and used
    bool is_ready_ = false;
    bool is_writing_ = false;
    bool is_stopped_ = false;
    std::string unsent_;
    std::deque<std::shared_ptr<Waiting>> waiting_;  // in the order of their commands
    unsigned timeouts_in_row_ = 0;
    std::chrono::milliseconds backoff_{0};
    SteadyTime retry_at_{};
    metrics::Counter& timeouts_ = metrics::counter("redis_timeouts_total");
};

Client::Client(Runtime& runtime, Config config) {
    for (std::size_t i = 0; i < runtime.size(); ++i) {
        lines_.push_back(std::make_shared<Line>(runtime.context(i).get_executor(), config));
    }
}

Client::~Client() {
    for (const auto& line : lines_) line->stop();
}

Task<Reply> Client::call(std::vector<std::string> words) {
    // The thread is the one that awaits, which need not be the one that called.
    Line& line = *lines_[Runtime::current()];
    co_return co_await line.call(encode_command(words));
}

}  // namespace platform::redis
