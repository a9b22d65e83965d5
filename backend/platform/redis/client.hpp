#pragma once

#include "platform/core/runtime.hpp"
#include "platform/redis/config.hpp"

#include <memory>
#include <string>
#include <vector>

namespace platform::redis {

/// Commands to one Redis server: one connection per io thread, on which the commands of all its coroutines travel in a
/// row without waiting for each other. A connection that is lost is made anew with growing pauses; meanwhile every call
/// fails at once, so that callers take their other way without delay.
class Client {
public:
    Client(Runtime& runtime, Config config);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Throws Unavailable: away, too slow, too many waiting. Whether the command was carried out is then not known. An
    /// error the server answers is a Reply.
    Task<Reply> call(std::vector<std::string> words);

private:
    class Line;
    std::vector<std::shared_ptr<Line>> lines_;  // one per io thread
};

}  // namespace platform::redis
