#include "platform/core/allowed_peers.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string>

namespace platform {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned byte_bits = 8;

template <class Bytes>
bool begin_alike(const Bytes& left, const Bytes& right, unsigned bits) {
    const auto whole = bits / byte_bits;
    if (!std::equal(left.begin(), left.begin() + whole, right.begin())) return false;
    const unsigned rest = bits % byte_bits;
    return rest == 0 || (left[whole] ^ right[whole]) >> (byte_bits - rest) == 0;
}

ip::address plain(const ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
}

std::vector<AddressNetwork> networks(std::initializer_list<std::string_view> texts) {
    std::vector<AddressNetwork> parsed;
    for (const auto text : texts) parsed.push_back(parse_network(text).value());
    return parsed;
}

bool is_in(const std::vector<AddressNetwork>& list, const ip::address& address) {
    return std::any_of(list.begin(), list.end(),
                       [&](const AddressNetwork& network) { return network.contains(address); });
}

}  // namespace

bool AddressNetwork::contains(const ip::address& address) const {
    if (base.is_v4() != address.is_v4()) return false;
    if (base.is_v4()) return begin_alike(base.to_v4().to_bytes(), address.to_v4().to_bytes(), prefix);
    return begin_alike(base.to_v6().to_bytes(), address.to_v6().to_bytes(), prefix);
}

std::optional<AddressNetwork> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    boost::system::error_code no_address;
    AddressNetwork network{ip::make_address(text.substr(0, slash), no_address)};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, network.prefix);
    const unsigned most = network.base.is_v4() ? 32 : 128;
    if (no_address || error != std::errc() || stop != end || network.prefix > most) return std::nullopt;
    return network;
}

// IANA's registries of special addresses (RFC 6890) as of 2026: what no public server has.
bool is_public_address(const ip::address& given) {
    static const auto special_v4 =
        networks({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                  "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
                  "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
    static const auto routed_v6 = parse_network("2000::/3").value();
    // Within what is routed: tunnels, which lead to an IPv4 address of the sender's choice, documentation, identifiers.
    static const auto special_v6 = networks({"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"});
    const ip::address address = plain(given);
    if (address.is_v4()) return !is_in(special_v4, address);
    return routed_v6.contains(address) && !is_in(special_v6, address);
}

void AllowedPeers::add_loopback() {
    for (auto& network : networks({"127.0.0.0/8", "::1/128"})) add(std::move(network));
}

bool AllowedPeers::allow(const ip::address& address) const {
    return is_any_ || is_public_address(address) || is_in(more_, plain(address));
}

}  // namespace platform
