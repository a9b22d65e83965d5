#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace platform::limits {

/// The network of an address as text: the first `v4_bits` of an IPv4 address, always the /64 of an IPv6 one, because
/// who has one address of it has all 2^64. An IPv4 address in IPv6 clothes is IPv4. What is no address stays as it is.
std::string network_of(std::string_view ip, unsigned v4_bits = 32);

/// The same as a limiter's key.
std::uint64_t address_key(std::string_view ip);

}  // namespace platform::limits
