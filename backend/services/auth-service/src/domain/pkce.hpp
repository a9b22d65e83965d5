#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>

namespace tt::auth {

/// What a client promised when it began a flow: it will show the text whose hash this is (RFC 7636).
struct Pkce {
    std::string challenge{};
    std::string method{};  // s256 or plain

    bool is_set() const { return !challenge.empty(); }
    bool is_proven_by(std::string_view verifier) const;
};

/// Reads code_challenge and code_challenge_method; both may be missing. "plain" hides nothing from who sees the first
/// request, so it must be allowed. Error: validation_failed (400).
platform::Result<Pkce> pkce_of(std::string challenge, std::string method, bool is_plain_allowed);

}  // namespace tt::auth
