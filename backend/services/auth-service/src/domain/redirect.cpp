#include "services/auth-service/src/domain/redirect.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace tt::auth {

std::string allowed_redirect(const std::string& target, const std::vector<std::string>& origins,
                             const std::string& fallback) {
    // Browsers read "\" as "/" and drop control characters; URL parsers do not.
    const auto is_odd = [](char c) { return c == '\\' || static_cast<unsigned char>(c) <= ' ' || c == 127; };
    if (std::any_of(target.begin(), target.end(), is_odd)) return fallback;
    const auto url = boost::urls::parse_uri(target);
    if (!url || url->has_userinfo() || !url->has_authority()) return fallback;
    const std::string origin = std::string(url->scheme()) + "://" + std::string(url->encoded_host_and_port());
    if (std::find(origins.begin(), origins.end(), origin) == origins.end()) return fallback;
    return target.substr(0, target.find('#'));
}

}  // namespace tt::auth
