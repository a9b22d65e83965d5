#pragma once

#include "platform/core/time.hpp"

#include <chrono>
#include <cstdint>

namespace tt::auth {

/// What to do with a genuine refresh token of a living session.
enum class Rotation {
    advance,         ///< it is the current one: count up and answer with the next
    repeat_current,  ///< its answer got lost, or another tab was faster: answer with the current one
    reused,          ///< somebody uses an old token: end the session
    not_issued,      ///< ahead of us: it cannot be ours
};

struct SessionState {
    std::uint64_t counter = 0;
    platform::Time refreshed_at{};
};

/// Upstream's second generation of rules (auth.md §1.5). Pure.
Rotation rotation_for(std::uint64_t presented, const SessionState& session, platform::Time now,
                      std::chrono::seconds reuse_interval);

}  // namespace tt::auth
