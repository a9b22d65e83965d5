#include "services/auth-service/src/domain/redirect.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace tt::auth {
namespace {

namespace urls = boost::urls;

constexpr std::size_t target_limit_bytes = 2048;  // what browsers and mail programs carry

// Browsers read "\" as "/" and drop control characters; URL parsers do not.
bool has_odd_characters(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return c == '\\' || static_cast<unsigned char>(c) <= ' ' || c == 127; });
}

bool is_loopback(const urls::url_view& url) {
    switch (url.host_type()) {
        case urls::host_type::ipv4:
            return url.host_ipv4_address().is_loopback();
        case urls::host_type::ipv6:
            return url.host_ipv6_address().is_loopback();
        default:
            return platform::lower_ascii(url.host()) == "localhost";
    }
}

bool is_of_origin(const urls::url_view& url, const std::string& origin) {
    const auto known = urls::parse_uri(origin);
    if (!known || url.scheme() != known->scheme() || url.encoded_host() != known->encoded_host()) return false;
    return url.port() == known->port() || is_loopback(url);
}

// Browsers take "2130706433" and "0x7f.1" for addresses, too.
bool is_number_of_a_stranger(const urls::url_view& url) {
    if (url.host_type() == urls::host_type::ipv4 || url.host_type() == urls::host_type::ipv6) return !is_loopback(url);
    const std::string host = url.host();
    const auto last = host.substr(host.find_last_of('.') + 1);
    return !last.empty() && last[0] >= '0' && last[0] <= '9';
}

bool is_plain_host(const std::string& host) {
    const auto is_usual = [](char c) {
        const char lower = platform::lower_ascii(c);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    };
    return !host.empty() && std::all_of(host.begin(), host.end(), is_usual);
}

bool is_web(const urls::url_view& url) {
    return url.scheme_id() == urls::scheme::http || url.scheme_id() == urls::scheme::https;
}

}  // namespace

bool matches_pattern(std::string_view text, std::string_view pattern) {
    if (pattern.empty()) return text.empty();
    if (!pattern.starts_with('*')) {
        return !text.empty() && text[0] == pattern[0] && matches_pattern(text.substr(1), pattern.substr(1));
    }
    const bool is_any = pattern.starts_with("**");
    const std::string_view rest = pattern.substr(is_any ? 2 : 1);
    for (std::size_t taken = 0; taken <= text.size(); ++taken) {
        if (matches_pattern(text.substr(taken), rest)) return true;
        const bool is_separator = taken < text.size() && (text[taken] == '.' || text[taken] == '/');
        if (is_separator && !is_any) return false;
    }
    return false;
}

std::optional<std::string> allowed_redirect(const std::string& target, const RedirectRules& rules) {
    if (target.size() > target_limit_bytes || has_odd_characters(target)) return std::nullopt;
    const auto url = urls::parse_uri(target);
    if (!url || url->has_userinfo() || !url->has_authority()) return std::nullopt;
    const std::string whole = target.substr(0, target.find('#'));
    const auto is_known = [&url](const std::string& origin) { return is_of_origin(*url, origin); };
    if (std::any_of(rules.origins.begin(), rules.origins.end(), is_known)) return whole;
    if (is_number_of_a_stranger(*url)) return std::nullopt;
    const bool is_host_usual = is_plain_host(std::string(url->encoded_host())) || is_loopback(*url);
    if (is_web(*url) && !is_host_usual) return std::nullopt;
    const auto fits = [&whole](const std::string& pattern) { return matches_pattern(whole, pattern); };
    if (std::any_of(rules.patterns.begin(), rules.patterns.end(), fits)) return whole;
    return std::nullopt;
}

}  // namespace tt::auth
