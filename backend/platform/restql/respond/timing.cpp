#include "platform/restql/respond/timing.hpp"

#include <array>
#include <cstdio>

namespace platform::restql {

void Timing::add(std::string_view stage, std::chrono::nanoseconds duration) {
    if (!is_enabled_) return;
    std::array<char, 32> text{};
    const double milliseconds = std::chrono::duration<double, std::milli>(duration).count();
    std::snprintf(text.data(), text.size(), ";dur=%.1f", milliseconds);
    if (!header_.empty()) header_ += ", ";
    header_ += stage;
    header_ += text.data();
}

void Timing::end(std::string_view stage) {
    if (!is_enabled_) return;
    const auto now = std::chrono::steady_clock::now();
    add(stage, now - last_);
    last_ = now;
}

}  // namespace platform::restql
