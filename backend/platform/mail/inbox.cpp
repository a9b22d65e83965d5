#include "platform/mail/inbox.hpp"

#include "platform/mail/smtp_session.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

namespace platform::mail {
namespace {

constexpr std::chrono::milliseconds accept_pause{100};

/// Counts a conversation while it lasts. Shares the counter: a conversation that is cut off by the end of its thread
/// is destroyed after the inbox.
class Slot {
public:
    explicit Slot(std::shared_ptr<std::atomic<std::size_t>> count) : count_(std::move(count)) { ++*count_; }
    ~Slot() { --*count_; }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

private:
    std::shared_ptr<std::atomic<std::size_t>> count_;
};

}  // namespace

DevInbox::DevInbox(Runtime& runtime, InboxConfig config, const Clock& clock)
    : runtime_(runtime),
      config_(std::move(config)),
      clock_(clock),
      store_(config_.directory, config_.capacity),
      acceptor_(runtime.context(0).get_executor()) {}

void DevInbox::listen() {
    // Loopback only: the inbox has no authentication and shows sign-in links.
    const asio::ip::tcp::endpoint endpoint(asio::ip::address_v4::loopback(), config_.smtp_port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
    port_ = acceptor_.local_endpoint().port();
    runtime_.spawn(0, accept_loop());
}

void DevInbox::stop() {
    asio::post(runtime_.context(0), [this] {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
    });
}

Task<void> DevInbox::accept_loop() {
    while (acceptor_.is_open()) {
        auto socket = std::make_shared<SmtpSocket>(runtime_.context(0).get_executor());
        boost::system::error_code error;
        co_await acceptor_.async_accept(*socket, asio::redirect_error(use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {
            co_await sleep_for(accept_pause);  // out of file descriptors: let conversations end
            continue;
        }
        if (*conversations_ < config_.connection_limit) runtime_.spawn(0, converse(std::move(socket)));
    }
}

Task<void> DevInbox::converse(std::shared_ptr<asio::basic_stream_socket<asio::ip::tcp, Executor>> socket) {
    const Slot slot(conversations_);
    co_await serve_smtp(std::move(socket), config_, store_, clock_);
}

}  // namespace platform::mail
