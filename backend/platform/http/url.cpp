#include "platform/http/url.hpp"

#include "platform/http/head.hpp"

#include <algorithm>
#include <charconv>

namespace platform::http {

std::optional<Url> parse_url(std::string_view text) {
    Url url;
    url.is_https = text.starts_with("https://");
    if (!url.is_https && !text.starts_with("http://")) return std::nullopt;
    const bool is_clean = std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
    if (!is_clean) return std::nullopt;
    text.remove_prefix(url.is_https ? 8 : 7);
    text = text.substr(0, text.find('#'));
    const auto path = text.find_first_of("/?");
    const auto authority = text.substr(0, path);
    if (!is_valid_host(authority)) return std::nullopt;
    url.authority = authority;
    url.target = path == std::string_view::npos ? "/" : std::string(text.substr(path));
    if (url.target.front() == '?') url.target.insert(0, "/");

    const auto bracket = authority.rfind(']');
    const auto colon = authority.rfind(':');
    const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    url.port = url.is_https ? 443 : 80;
    if (has_port) std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), url.port);
    auto host = authority.substr(0, has_port ? colon : std::string_view::npos);
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    url.host = host;
    return url;
}

}  // namespace platform::http
