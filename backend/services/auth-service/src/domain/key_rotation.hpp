#pragma once

#include "platform/core/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// How long a signing key is in each of its states.
struct KeyPeriods {
    /// A key is published this long before it signs: longer than verifiers keep a document (10 minutes).
    std::chrono::seconds published_before_use = std::chrono::minutes(15);
    std::chrono::seconds signs_for = std::chrono::days(30);
    /// And is still published this long afterwards; never shorter than a token lives.
    std::chrono::seconds published_after_use = std::chrono::hours(24);
};

/// A key in circulation.
struct KeyState {
    std::string kid;
    std::string state;  // next, current or previous
    platform::Time since{};
};

enum class KeyStep { publish_next, promote_next, retire };

struct KeyMove {
    KeyStep step;
    std::string kid{};  // of the key that is promoted or retired
};

/// What is due now: at most one move, so that every state is seen by everybody before the next one. Pure.
std::optional<KeyMove> next_key_move(const std::vector<KeyState>& keys, const KeyPeriods& periods, platform::Time now);

}  // namespace tt::auth
