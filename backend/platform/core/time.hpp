#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace platform {

/// A point in UTC with PostgreSQL's resolution.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 in UTC, e.g. 2026-11-22T05:06:07.123456Z; the fraction is left out when it is zero.
std::string to_rfc3339(Time time);
/// RFC 3339 with Z or a numeric offset, and PostgreSQL's text form ("2026-11-22 05:06:07.1+00").
std::optional<Time> parse_rfc3339(std::string_view text);
/// IMF-fixdate (RFC 9110 §5.6.7) for HTTP headers.
std::string to_http_date(Time time);

/// Where code gets the time from, so that a test can move it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

/// When the work of a request must have ended; monotonic, so a clock change cannot move it.
using Deadline = std::chrono::steady_clock::time_point;

}  // namespace platform
