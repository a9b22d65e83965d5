#include "services/auth-service/src/domain/outgoing_url.hpp"

#include "platform/core/text.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <array>

namespace tt::auth {
namespace {

namespace ip = boost::asio::ip;

struct Network {
    const char* address;
    unsigned prefix;
};

// RFC 6890 and its successors: everything that is not somebody's public server.
constexpr std::array special_networks{
    Network{"0.0.0.0", 8},      Network{"10.0.0.0", 8},    Network{"100.64.0.0", 10},   Network{"127.0.0.0", 8},
    Network{"169.254.0.0", 16}, Network{"172.16.0.0", 12}, Network{"192.0.0.0", 24},    Network{"192.0.2.0", 24},
    Network{"192.168.0.0", 16}, Network{"198.18.0.0", 15}, Network{"198.51.100.0", 24}, Network{"203.0.113.0", 24},
    Network{"224.0.0.0", 4},    Network{"240.0.0.0", 4},
};

bool is_special(const ip::address_v4& address) {
    for (const Network& network : special_networks) {
        const auto base = ip::make_address_v4(network.address).to_uint();
        const std::uint32_t mask = ~std::uint32_t{0} << (32 - network.prefix);
        if ((address.to_uint() & mask) == base) return true;
    }
    return false;
}

bool is_public(const ip::address& address) {
    if (address.is_v4()) return !is_special(address.to_v4());
    const auto bytes = address.to_v6().to_bytes();
    return (bytes[0] & 0xe0) == 0x20;  // 2000::/3 is what is routed; mapped and translated addresses are outside of it
}

// A last label of digits is an address in one of inet_aton's spellings (0x7f.1, 2130706433).
bool looks_like_number(std::string_view host) {
    while (host.ends_with('.')) host.remove_suffix(1);
    const auto dot = host.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
    if (last.starts_with("0x") || last.starts_with("0X")) return true;
    return !last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool may_call(std::string_view text, bool allows_loopback) {
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->has_userinfo() || !url->has_authority() || url->encoded_host().empty()) return false;
    std::string host = platform::lower_ascii(std::string_view(url->encoded_host()));
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    boost::system::error_code no_address;
    const auto address = ip::make_address(host, no_address);
    const bool is_loopback = host == "localhost" || (!no_address && address.is_loopback());
    const std::string scheme = platform::lower_ascii(std::string_view(url->scheme()));
    if (is_loopback) return allows_loopback && (scheme == "http" || scheme == "https");
    if (scheme != "https" || host.ends_with(".localhost")) return false;
    if (!no_address) return is_public(address);
    return !looks_like_number(host) && host.find('.') != std::string::npos;
}

}  // namespace tt::auth
