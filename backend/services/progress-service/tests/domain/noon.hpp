#pragma once

#include "platform/core/time.hpp"

namespace tt::progress {

/// The time at which the rules are tried.
inline const platform::Time noon = *platform::parse_rfc3339("2026-03-01T12:00:00Z");

}  // namespace tt::progress
