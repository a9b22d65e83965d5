#include "services/auth-service/src/domain/credential_party.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <optional>

namespace tt::auth {
namespace {

constexpr const char* local_host = "localhost";

/// scheme://host[:port] with an IP address read as localhost; nothing for what is no web address.
struct WebOrigin {
    std::string host;
    std::string text;
};

std::optional<WebOrigin> web_origin_of(const std::string& address) {
    const auto url = boost::urls::parse_uri(address);
    if (!url || url->host().empty()) return std::nullopt;
    const bool is_name = url->host_type() == boost::urls::host_type::name;
    const std::string host = is_name ? std::string(url->host()) : std::string(local_host);
    std::string text = std::string(url->scheme()) + "://" + host;
    if (url->has_port()) text += ":" + std::string(url->port());
    return WebOrigin{host, text};
}

bool is_within(const std::string& host, const std::string& id) {
    return host == id || host.ends_with("." + id);
}

}  // namespace

platform::webauthn::RelyingParty credential_party(const SiteAddresses& sites, std::string id, std::string name,
                                                  std::vector<std::string> origins) {
    const auto site = web_origin_of(sites.site_url);
    if (id.empty()) id = site ? site->host : local_host;
    if (!origins.empty()) return {std::move(id), std::move(name), std::move(origins)};
    std::vector<std::string> addresses = sites.other_origins;
    addresses.insert(addresses.begin(), sites.site_url);
    for (const std::string& address : addresses) {
        const auto origin = web_origin_of(address);
        if (origin && is_within(origin->host, id)) origins.push_back(origin->text);
    }
    return {std::move(id), std::move(name), std::move(origins)};
}

}  // namespace tt::auth
