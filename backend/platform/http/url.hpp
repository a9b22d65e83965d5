#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::http {

/// What a client needs of an http or https URL.
struct Url {
    bool is_https = false;
    std::string host;  ///< without brackets
    std::uint16_t port = 80;
    std::string authority;  ///< host[:port] as it goes into the Host field
    std::string target;     ///< path and query, begins with a slash
};

/// Nothing for other schemes, user information, a malformed host, or bytes that must be encoded.
std::optional<Url> parse_url(std::string_view text);

}  // namespace platform::http
