#pragma once

#include "platform/redis/reply.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace platform::redis {

struct Config {
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    std::string username{};  ///< empty: the default user
    std::string password{};  ///< empty: no authentication
    unsigned database = 0;   ///< SELECT

    std::chrono::milliseconds connect_timeout{1000};
    /// From the call to the reply; what uses Redis has another way when it is slow.
    std::chrono::milliseconds command_timeout{50};
    /// After so many commands in a row without a reply the connection is given up.
    unsigned timeouts_to_give_up = 5;
    std::chrono::milliseconds first_backoff{50};
    std::chrono::milliseconds max_backoff{2000};
    std::size_t max_waiting = 10'000;  ///< commands per io thread that wait for their reply
    ReplyLimits limits{};
};

/// redis://[user[:password]@]host[:port][/database]. Throws std::invalid_argument with a sentence that shows no
/// password.
Config config_of_url(std::string_view url);

}  // namespace platform::redis
