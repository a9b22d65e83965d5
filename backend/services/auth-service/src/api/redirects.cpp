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

std::string session_in_fragment(const IssuedSession& issued, const std::string& type) {
    return query_text({{"access_token", issued.access_token},
                       {"expires_at", std::to_string(issued.expires_at)},
                       {"expires_in", std::to_string(issued.expires_in)},
                       {"provider_refresh_token", issued.provider_refresh_token},
                       {"provider_token", issued.provider_token},
                       {"refresh_token", issued.refresh_token}}) +
           "&sb=&" + query_text({{"token_type", "bearer"}, {"type", type}});
}

http::Response redirect_to(std::string location) {
    http::Response response = http::redirect(303, std::move(location));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    return response;
}

http::Response redirect_with_error(const std::string& target, const Error& error, bool is_pkce) {
    const QueryMembers members{{"error", oauth_error_of(http_status(error.code))},
                               {"error_code", error.reason},
                               {"error_description", error.message}};
    return redirect_to((is_pkce ? with_query(target, members) : target) + "#" + query_text(members) + "&sb=");
}

}  // namespace tt::auth::api
