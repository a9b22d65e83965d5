#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace platform::testing {

/// A redis-server of its own on a free port of 127.0.0.1, without files; ended by its process id.
class RedisServer {
public:
    /// `options` as on its command line, e.g. {"--requirepass", "secret"}. Throws when it does not start.
    explicit RedisServer(std::vector<std::string> options = {});
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

    /// Ends it at once, as a crash does.
    void kill();
    /// On the same port again, and empty.
    void start();
    void freeze() const;
    void thaw() const;

private:
    std::vector<std::string> options_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace platform::testing
