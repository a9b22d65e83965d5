#pragma once

#include "platform/core/result.hpp"

#include <chrono>
#include <string_view>

namespace tt::auth {

/// A duration as Go writes it: "24h", "1h30m", "-1.5h", "300ms"; "none" is zero. Units ns, us, ms, s, m, h. At most
/// 300 years, so that a moment that lies as far ahead can be stored. Error: validation_failed.
platform::Result<std::chrono::seconds> parse_ban_duration(std::string_view text);

}  // namespace tt::auth
