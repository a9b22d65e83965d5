#include "platform/limits/network.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <functional>

namespace platform::limits {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned short v6_bits = 64;

}  // namespace

std::string network_of(std::string_view text, unsigned v4_bits) {
    boost::system::error_code no_address;
    auto address = ip::make_address(text, no_address);
    if (no_address) return std::string(text);
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    if (address.is_v6()) return ip::network_v6(address.to_v6(), v6_bits).canonical().to_string();
    return ip::network_v4(address.to_v4(), static_cast<unsigned short>(v4_bits)).canonical().to_string();
}

std::uint64_t address_key(std::string_view text) {
    return std::hash<std::string>{}(network_of(text));
}

}  // namespace platform::limits
