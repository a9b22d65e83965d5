#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace platform::restql {

/// Where the time of a request went, for Server-Timing (milliseconds with one decimal).
class Timing {
public:
    explicit Timing(bool is_enabled) : is_enabled_(is_enabled), last_(std::chrono::steady_clock::now()) {}

    void add(std::string_view stage, std::chrono::nanoseconds duration);
    /// What has passed since the last stage ended belongs to this one.
    void end(std::string_view stage);
    /// "parse;dur=0.1, plan;dur=0.2"; empty when off.
    const std::string& header() const { return header_; }

private:
    bool is_enabled_;
    std::chrono::steady_clock::time_point last_;
    std::string header_;
};

}  // namespace platform::restql
