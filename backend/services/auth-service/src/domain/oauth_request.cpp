#include "services/auth-service/src/domain/oauth_request.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

namespace tt::auth {
namespace {

using platform::Code;
using platform::Error;
using platform::Result;

constexpr std::array scopes_supported{"openid", "email", "profile", "phone"};
constexpr std::array schemes_browsers_run{"javascript", "data", "file", "vbscript", "about", "blob"};
constexpr std::size_t redirect_uri_limit = 2048;  // as the site's own redirect addresses

Error bad_redirect(std::string_view uri, const std::string& what) {
    return Error{Code::invalid_argument, "validation_failed",
                 "invalid redirect_uri '" + std::string(uri.substr(0, 256)) + "': " + what};
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127 || c == '\\'; });
}

}  // namespace

Result<void> check_redirect_uri(std::string_view uri) {
    if (uri.empty()) return bad_redirect(uri, "redirect URI cannot be empty");
    if (uri.size() > redirect_uri_limit || has_control(uri)) return bad_redirect(uri, "invalid URL format");
    const auto url = boost::urls::parse_uri(uri);
    if (!url) return bad_redirect(uri, "invalid URL format");
    if (!url->has_authority() || url->encoded_host().empty()) return bad_redirect(uri, "must have scheme and host");
    if (url->has_userinfo()) return bad_redirect(uri, "user information is not allowed");
    if (url->has_fragment()) return bad_redirect(uri, "fragment not allowed in redirect URI");
    const std::string scheme = platform::lower_ascii(std::string_view(url->scheme()));
    if (std::find(schemes_browsers_run.begin(), schemes_browsers_run.end(), scheme) != schemes_browsers_run.end()) {
        return bad_redirect(uri, "scheme '" + scheme + "' is not allowed for security reasons");
    }
    const std::string host = platform::lower_ascii(std::string_view(url->encoded_host()));
    const bool is_own_machine = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    if (scheme == "http" && !is_own_machine) return bad_redirect(uri, "HTTP scheme only allowed for localhost");
    return {};
}

std::vector<std::string> split_scope(std::string_view scope) {
    std::vector<std::string> words;
    while (!scope.empty()) {
        const auto space = scope.find(' ');
        const std::string word(scope.substr(0, space));
        scope = space == std::string_view::npos ? std::string_view{} : scope.substr(space + 1);
        const bool is_new = std::find(words.begin(), words.end(), word) == words.end();
        if (!word.empty() && is_new) words.push_back(word);
    }
    return words;
}

std::string join_scope(const std::vector<std::string>& words) {
    std::string scope;
    for (const std::string& word : words) scope += (scope.empty() ? "" : " ") + word;
    return scope;
}

bool has_scope(std::string_view scope, std::string_view word) {
    const auto words = split_scope(scope);
    return std::find(words.begin(), words.end(), word) != words.end();
}

Result<void> check_scope(std::string_view scope) {
    for (const std::string& word : split_scope(scope)) {
        const bool is_known =
            std::find(scopes_supported.begin(), scopes_supported.end(), word) != scopes_supported.end();
        if (!is_known)
            return Error{Code::invalid_argument, "invalid_scope", "unsupported scope: " + word.substr(0, 64)};
    }
    return {};
}

bool covers_scope(const std::vector<std::string>& granted, std::string_view asked) {
    const auto words = split_scope(asked);
    return std::all_of(words.begin(), words.end(), [&granted](const std::string& word) {
        return std::find(granted.begin(), granted.end(), word) != granted.end();
    });
}

std::string query_text(const QueryMembers& members) {
    std::string text;
    for (const auto& [name, value] : members) {
        if (value.empty()) continue;
        if (!text.empty()) text += '&';
        text += name + '=' + boost::urls::encode(value, boost::urls::unreserved_chars);
    }
    return text;
}

std::string with_query(const std::string& address, const QueryMembers& members) {
    const std::string text = query_text(members);
    if (text.empty()) return address;
    return address + (address.find('?') == std::string::npos ? '?' : '&') + text;
}

}  // namespace tt::auth
