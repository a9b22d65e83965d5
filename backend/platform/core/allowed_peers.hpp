#pragma once

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace platform {

/// The addresses that begin like `base`.
struct AddressNetwork {
    boost::asio::ip::address base;
    unsigned prefix = 0;

    bool contains(const boost::asio::ip::address& address) const;
};

/// "10.1.0.0/16", "fd00::/8"; nothing for other text.
std::optional<AddressNetwork> parse_network(std::string_view text);

/// Whether it is the address of somebody's public server: of no private, loopback, link-local, carrier's, multicast,
/// documentation or other special network. IPv4 in IPv6 clothes is IPv4.
bool is_public_address(const boost::asio::ip::address& address);

/// Whom calls may go to. What is judged is the address that is connected to, not the name that led to it: a name means
/// today what it did not mean yesterday (DNS rebinding).
class AllowedPeers {
public:
    /// For addresses that the operator wrote: the platform's other processes, collectors.
    static AllowedPeers any() { return AllowedPeers(true); }
    /// For addresses that somebody else may have written (OWASP SSRF, ASVS 1.3.6).
    static AllowedPeers public_only() { return AllowedPeers(false); }

    /// This machine, too: development and tests.
    void add_loopback();
    /// A private network of the operator's, too.
    void add(AddressNetwork network) { more_.push_back(std::move(network)); }

    bool allow(const boost::asio::ip::address& address) const;

private:
    explicit AllowedPeers(bool is_any) : is_any_(is_any) {}

    bool is_any_;
    std::vector<AddressNetwork> more_;
};

}  // namespace platform
