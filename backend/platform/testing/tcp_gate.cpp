#include "platform/testing/tcp_gate.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <list>
#include <thread>

namespace platform::testing {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;

constexpr std::size_t chunk_bytes = 16384;
constexpr std::chrono::milliseconds stall_poll{5};

/// One client connection and its counterpart at the server.
struct Link {
    Link(tcp::socket client, tcp::socket server) : client(std::move(client)), server(std::move(server)) {}

    /// RST, not FIN: what a crashed host or a dropped NAT entry looks like.
    void reset() {
        boost::system::error_code ignored;
        client.set_option(asio::socket_base::linger(true, 0), ignored);
        server.set_option(asio::socket_base::linger(true, 0), ignored);
        client.close(ignored);
        server.close(ignored);
    }

    tcp::socket client;
    tcp::socket server;
};

}  // namespace

/// Lives on the gate's thread; the public members post to it.
class TcpGate::State {
public:
    State(const std::string& host, std::uint16_t port)
        : target_(asio::ip::make_address(host), port), guard_(context_.get_executor()), acceptor_(context_) {
        listen(0);
        thread_ = std::thread([this] { context_.run(); });
    }

    ~State() {
        context_.stop();
        thread_.join();
    }

    /// Runs on the gate's thread and waits for it.
    template <class F>
    void run(F work) {
        std::promise<void> done;
        asio::post(context_, [&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }

    void listen(std::uint16_t port) {
        const tcp::endpoint local(asio::ip::address_v4::loopback(), port);
        acceptor_.open(local.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(local);
        acceptor_.listen();
        port_ = acceptor_.local_endpoint().port();
        asio::co_spawn(context_, serve(), asio::detached);
    }

    void close() { acceptor_.close(); }
    bool is_listening() const { return acceptor_.is_open(); }

    void reset_links() {
        for (const auto& link : links_) link->reset();
    }

    std::uint16_t port() const { return port_; }

    std::atomic<bool> is_stalled{false};
    std::atomic<bool> drops_next_reply{false};
    std::atomic<std::int64_t> delay_ms{0};
    std::atomic<std::size_t> link_count{0};

private:
    awaitable<void> serve() {
        try {
            while (true) {
                tcp::socket client = co_await acceptor_.async_accept(use_awaitable);
                asio::co_spawn(context_, join(std::move(client)), asio::detached);
            }
        } catch (const boost::system::system_error&) {
            // closed by refuse()
        }
    }

    awaitable<void> join(tcp::socket client) {
        tcp::socket server(context_);
        try {
            co_await server.async_connect(target_, use_awaitable);
        } catch (const boost::system::system_error&) {
            co_return;  // the target is down: the client sees a closed connection
        }
        client.set_option(tcp::no_delay(true));
        server.set_option(tcp::no_delay(true));
        auto link = std::make_shared<Link>(std::move(client), std::move(server));
        links_.push_back(link);
        ++link_count;
        asio::co_spawn(context_, pump(link, true), asio::detached);
        co_await pump(link, false);
        links_.remove(link);
        --link_count;
    }

    awaitable<void> pump(std::shared_ptr<Link> link, bool is_request) {
        tcp::socket& from = is_request ? link->client : link->server;
        tcp::socket& to = is_request ? link->server : link->client;
        std::array<char, chunk_bytes> chunk;
        asio::steady_timer timer(context_);
        try {
            while (true) {
                const auto size = co_await from.async_read_some(asio::buffer(chunk), use_awaitable);
                if (!is_request && drops_next_reply.exchange(false)) break;
                timer.expires_after(std::chrono::milliseconds(delay_ms));
                co_await timer.async_wait(use_awaitable);
                while (is_stalled) {
                    timer.expires_after(stall_poll);
                    co_await timer.async_wait(use_awaitable);
                }
                co_await asio::async_write(to, asio::buffer(chunk.data(), size), use_awaitable);
            }
        } catch (const boost::system::system_error&) {
            // one side hung up: so does the other
        }
        link->reset();
    }

    asio::io_context context_{1};
    tcp::endpoint target_;
    asio::executor_work_guard<asio::io_context::executor_type> guard_;
    tcp::acceptor acceptor_;
    std::atomic<std::uint16_t> port_{0};
    std::list<std::shared_ptr<Link>> links_;
    std::thread thread_;
};

TcpGate::TcpGate(std::string target_host, std::uint16_t target_port)
    : state_(std::make_unique<State>(target_host, target_port)) {}

TcpGate::~TcpGate() = default;

std::uint16_t TcpGate::port() const {
    return state_->port();
}

std::size_t TcpGate::open_links() const {
    return state_->link_count;
}

void TcpGate::cut() {
    state_->run([this] { state_->reset_links(); });
}

void TcpGate::refuse() {
    state_->run([this] {
        state_->close();
        state_->reset_links();
    });
}

void TcpGate::accept() {
    state_->run([this] {
        if (!state_->is_listening()) state_->listen(state_->port());
    });
}

void TcpGate::stall() {
    state_->is_stalled = true;
}

void TcpGate::resume() {
    state_->is_stalled = false;
}

void TcpGate::delay(std::chrono::milliseconds each_way) {
    state_->delay_ms = each_way.count();
}

void TcpGate::drop_next_reply() {
    state_->drops_next_reply = true;
}

}  // namespace platform::testing
