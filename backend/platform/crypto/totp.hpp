#pragma once

#include "platform/core/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Time-based one-time passwords (RFC 6238) as every authenticator app speaks them: HMAC-SHA-1, six digits, 30 seconds.
namespace platform::crypto {

inline constexpr std::chrono::seconds totp_period{30};
inline constexpr std::size_t totp_digits = 6;
inline constexpr std::size_t totp_secret_bytes = 20;  ///< RFC 4226 §4 R6: 160 bit, the length of the hash

/// How far the other clock may be off, in steps.
struct TotpSkew {
    unsigned past = 1;
    unsigned future = 0;
};

/// The 30-second step that `time` falls into.
std::int64_t totp_step(Time time);
std::string totp_code(std::string_view secret, std::int64_t step);
/// The step, later than `last_step` and within the skew of `now`, whose code this is; the caller remembers it as the
/// next last_step, so that a code works once (RFC 6238 §5.2). Takes the same time for right and wrong codes.
std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code, Time now, TotpSkew skew,
                                               std::int64_t last_step);

}  // namespace platform::crypto
