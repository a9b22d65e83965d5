#pragma once

#include "platform/testing/test_server.hpp"
#include "shared/types/prelude.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tt::auth {

/// Somebody else's server on 127.0.0.1, over real HTTP: hooks and identity providers. What it answers may be changed
/// while it runs.
class FakeServer {
public:
    using Answer = std::function<http::Response(const http::Request&)>;

    FakeServer();

    void answer_with(Answer answer);
    void answer_json(unsigned status, std::string json);
    /// How long each answer is held back.
    void hold_back(std::chrono::milliseconds delay) { delay_ms_ = delay.count(); }
    std::string url(const std::string& path = {}) const { return server_->url(path); }
    std::size_t calls() const;
    /// How often a path was asked for.
    std::size_t calls_of(const std::string& path) const;
    std::string last_body() const;
    std::string last_header(const std::string& name) const;

private:
    struct Seen {
        std::string path;
        std::string body;
        http::Headers headers;
    };
    Task<http::Response> handle(http::Request& request);

    mutable std::mutex mutex_;
    Answer answer_;
    std::vector<Seen> seen_;
    std::atomic<std::int64_t> delay_ms_{0};
    platform::testing::TestRuntime runtime_{1};
    http::Router router_;
    std::unique_ptr<platform::testing::TestServer> server_;
};

}  // namespace tt::auth
