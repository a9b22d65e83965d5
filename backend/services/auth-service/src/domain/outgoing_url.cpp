#include "services/auth-service/src/domain/outgoing_url.hpp"

#include "platform/core/text.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace tt::auth {
namespace {

namespace ip = boost::asio::ip;

// A last label of digits is an address in one of inet_aton's spellings (0x7f.1, 2130706433).
bool looks_like_number(std::string_view host) {
    while (host.ends_with('.')) host.remove_suffix(1);
    const auto dot = host.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? host : host.substr(dot + 1);
    if (last.starts_with("0x") || last.starts_with("0X")) return true;
    return !last.empty() && last.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool may_call(std::string_view text, const platform::AllowedPeers& peers) {
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->has_userinfo() || !url->has_authority() || url->encoded_host().empty()) return false;
    std::string host = platform::lower_ascii(std::string_view(url->encoded_host()));
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    boost::system::error_code no_address;
    auto address = ip::make_address(host, no_address);
    if (host == "localhost") {
        address = ip::address_v4::loopback();
        no_address.clear();
    }
    const std::string scheme = platform::lower_ascii(std::string_view(url->scheme()));
    if (scheme != "https" && (scheme != "http" || no_address || !address.is_loopback())) return false;
    if (!no_address) return peers.allow(address);
    return !host.ends_with(".localhost") && !looks_like_number(host) && host.find('.') != std::string::npos;
}

}  // namespace tt::auth
