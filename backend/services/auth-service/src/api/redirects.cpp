#include "services/auth-service/src/api/redirects.hpp"

namespace tt::auth::api {
namespace {

// RFC 6749 §4.1.2.1, by status.
std::string oauth_error_of(unsigned status) {
    switch (status) {
        case 400:
            return "invalid_request";
        case 401:
            return "unauthorized_client";
        case 403:
            return "access_denied";
        case 500:
            return "server_error";
        case 503:
            return "temporarily_unavailable";
        default:
            return {};
    }
}

}  // namespace

RedirectRules redirect_rules(const AuthConfig& config) {
    RedirectRules rules{config.redirect_origins, config.redirect_patterns};
    rules.origins.push_back(config.site_url);
    return rules;
}

std::string redirect_of(const http::Request& request, const AuthConfig& config) {
    const RedirectRules rules = redirect_rules(config);
    std::string target(request.header("redirect_to"));
    if (target.empty()) target = request.query_param("redirect_to").value_or("");
    if (auto allowed = allowed_redirect(target, rules)) return std::move(*allowed);
    const std::string referer(request.header("referer"));
    if (auto allowed = allowed_redirect(referer, rules)) return std::move(*allowed);
    return config.site_url;
}

std::string with_query(const std::string& target, const std::string& parameters) {
    return target + (target.find('?') == std::string::npos ? "?" : "&") + parameters;
}

http::Response redirect_to(std::string location) {
    http::Response response = http::redirect(303, std::move(location));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    return response;
}

http::Response redirect_with_error(const std::string& target, const Error& error, bool is_pkce) {
    const std::string name = oauth_error_of(http_status(error.code));
    std::string parameters = name.empty() ? "" : "error=" + name + "&";
    parameters += "error_code=" + error.reason + "&error_description=" + http::percent_encode(error.message);
    return redirect_to((is_pkce ? with_query(target, parameters) : target) + "#" + parameters + "&sb=");
}

}  // namespace tt::auth::api
