#pragma once

#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "platform/testing/run_task.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace platform::testing {

/// A router behind a real socket on a free port of 127.0.0.1, and a blocking client for it. Header only, so that the
/// test kit does not make every test link http. Destroy it before the runtime stops.
class TestServer {
public:
    TestServer(TestRuntime& runtime, const http::Router& router, http::ServerConfig config = {})
        : runtime_(runtime), client_(runtime.get()), server_(runtime.get(), std::move(config), router) {
        server_.listen();
    }
    ~TestServer() { runtime_.run(server_.drain(drain_time)); }
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    std::uint16_t port() const { return server_.port(); }
    std::string url(const std::string& path = {}) const { return "http://127.0.0.1:" + std::to_string(port()) + path; }

    http::ClientResponse send(std::string method, const std::string& path, std::string body = {},
                              http::Headers headers = {}) {
        http::ClientRequest request;
        request.method = std::move(method);
        request.url = url(path);
        request.body = std::move(body);
        request.headers = std::move(headers);
        return runtime_.run(client_.send(std::move(request)));
    }

private:
    static constexpr std::chrono::seconds drain_time{5};

    TestRuntime& runtime_;
    http::Client client_;
    http::Server server_;
};

}  // namespace platform::testing
