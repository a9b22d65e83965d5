#pragma once

#include "platform/core/time.hpp"
#include "shared/types/prelude.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace tt::auth {

/// Sees what no single account and no single address shows: one password tried on many accounts from many places. When
/// the wrong guesses of everybody within five minutes exceed the limit, an alert is logged and each network may only
/// make `strict_limit` more wrong ones in that time. Counts this process; thread-safe.
class GuessWatch {
public:
    static constexpr std::chrono::seconds window{300};
    static constexpr unsigned strict_limit = 5;

    GuessWatch(const Clock& clock, unsigned failures_limit) : clock_(clock), failures_limit_(failures_limit) {}

    /// The seconds a guess from this network has to wait; nothing when it may be made.
    std::optional<int> wait_s(const std::string& network);
    /// Counts a guess as wrong until succeeded() says otherwise.
    void attempted(const std::string& network);
    void succeeded(const std::string& network);

private:
    struct Failures {
        unsigned all = 0;
        std::unordered_map<std::string, unsigned> by_network;
        bool is_reported = false;
    };
    /// Returns the seconds since this window began.
    unsigned roll();

    const Clock& clock_;
    unsigned failures_limit_;
    std::mutex mutex_;
    std::int64_t window_no_ = 0;
    unsigned failures_before_ = 0;  // of the window before
    Failures failures_;
};

}  // namespace tt::auth
