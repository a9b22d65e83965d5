#pragma once

#include "platform/core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tt::auth {

/// What a refresh token says. It is only believed once `is_signed_by` has agreed.
///
/// base64url(version 1 ‖ user 16 ‖ session 16 ‖ counter as LEB128 ‖ HMAC-SHA256/128 ‖ checksum 4). The user is part of
/// it, unlike upstream's, so that the session row is found on its shard. The checksum tells a mangled token from a
/// forged one without a database.
struct RefreshToken {
    platform::Uuid user_id;
    platform::Uuid session_id;
    std::uint64_t counter = 0;
    std::string signature{};

    bool is_signed_by(std::string_view key) const;
};

std::string make_refresh_token(const platform::Uuid& user_id, const platform::Uuid& session_id, std::uint64_t counter,
                               std::string_view key);
/// Nothing for what no server of ours can have issued.
std::optional<RefreshToken> parse_refresh_token(std::string_view text);

}  // namespace tt::auth
