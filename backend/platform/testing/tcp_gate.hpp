#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace platform::testing {

/// A TCP proxy on 127.0.0.1 whose link a test breaks: put it between the code under test and a server. Runs on a
/// thread of its own; all members are thread-safe.
class TcpGate {
public:
    TcpGate(std::string target_host, std::uint16_t target_port);
    ~TcpGate();

    std::uint16_t port() const;
    std::size_t open_links() const;

    /// Resets every open link; new ones are let through.
    void cut();
    /// Closes the listening port (connection refused) and resets every open link, until accept().
    void refuse();
    void accept();
    /// Links stay open but nothing passes in either direction, until resume().
    void stall();
    void resume();
    /// Every chunk is held back this long in both directions.
    void delay(std::chrono::milliseconds each_way);
    /// Cuts each link right before the server's next reply would pass: the request arrives, the answer is lost.
    void drop_next_reply();

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace platform::testing
