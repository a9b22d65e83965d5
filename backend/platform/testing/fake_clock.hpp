#pragma once

#include "platform/core/time.hpp"

#include <atomic>

namespace platform::testing {

/// A clock that stands still until it is moved. Starts at 2026-01-01T00:00:00Z. Thread-safe.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Time start = Time(std::chrono::seconds(1767225600)))
        : now_us_(start.time_since_epoch().count()) {}

    Time now() const override { return Time(std::chrono::microseconds(now_us_.load())); }
    void set(Time time) { now_us_ = time.time_since_epoch().count(); }
    void advance(std::chrono::microseconds by) { now_us_ += by.count(); }

private:
    std::atomic<std::int64_t> now_us_;
};

}  // namespace platform::testing
