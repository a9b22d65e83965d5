#pragma once

// Private to this module.

#include <cstddef>
#include <string>
#include <string_view>

namespace platform::crypto {

/// An ECDSA signature as OpenSSL reads it; JWS has r‖s (RFC 7518 §3.4), two numbers of `coordinate_bytes` each.
std::string ecdsa_der(std::string_view raw, std::size_t coordinate_bytes);

}  // namespace platform::crypto
