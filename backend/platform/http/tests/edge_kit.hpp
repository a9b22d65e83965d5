#pragma once

#include "platform/core/runtime.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace platform::http {

/// A server with a few plain routes on a free port of 127.0.0.1, running until the end of the test.
class TestEdge {
public:
    explicit TestEdge(ServerConfig config = {});
    ~TestEdge();

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
    }
    Server& server() { return *server_; }
    Runtime& runtime() { return runtime_; }
    /// Runs a coroutine on io thread 0 and waits for it.
    void run(Task<void> task);
    /// Times the /ok handler has run: a smuggled request would show here.
    int ok_count() const { return ok_count_; }

private:
    void declare_routes();

    Runtime runtime_{2};
    Router router_;
    std::atomic<int> ok_count_ = 0;
    std::unique_ptr<Server> server_;
    std::thread thread_;
    std::uint16_t port_ = 0;
};

/// A blocking client that sends exactly the bytes it is told to.
class RawSocket {
public:
    explicit RawSocket(std::uint16_t port);
    ~RawSocket();
    RawSocket(const RawSocket&) = delete;
    RawSocket& operator=(const RawSocket&) = delete;

    /// False when the peer has closed.
    bool send(std::string_view bytes);
    void shutdown_send();
    /// Everything until the peer closes, or until nothing came for `patience`.
    std::string read_all(std::chrono::milliseconds patience = std::chrono::seconds(5));
    /// Reads until `text` has arrived; what came so far when it does not.
    std::string read_until(std::string_view text, std::chrono::milliseconds patience = std::chrono::seconds(5));
    bool is_closed() const { return is_closed_; }

private:
    bool read_more(std::string& out, std::chrono::milliseconds patience);

    int descriptor_;
    bool is_closed_ = false;
};

/// How many response heads a byte stream has.
int count_responses(std::string_view bytes);
/// Status of the first response; 0 without one.
int first_status(std::string_view bytes);
/// Runs one request through a router without a server.
Response dispatch(const Router& router, Request& request);
std::string body_of(const Response& response);

}  // namespace platform::http
