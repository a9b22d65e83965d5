#include "platform/crypto/random.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/redirects.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/oauth_members.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

constexpr std::size_t callback_member_limit = 4096;
constexpr std::size_t provider_members_max = 10;
constexpr std::size_t provider_member_limit = 512;
constexpr std::size_t flow_cookie_length = 43;  // of crypto::random_token()

std::string flow_cookie_of(const http::Request& request) {
    const std::string value(request.cookie(ProviderSignIn::cookie).value_or(""));
    return value.size() == flow_cookie_length ? value : std::string();
}

/// Lax, so that it comes along when the provider leads the browser back; a form posted by the provider's page (Apple)
/// needs None, which browsers take with Secure only.
std::string flow_cookie(const std::string& value, bool posts_callback, bool is_https) {
    std::string cookie = std::string(ProviderSignIn::cookie) + '=' + value +
                         "; Path=/auth/v1; HttpOnly; Max-Age=" + std::to_string(ProviderSignIn::lifetime.count());
    cookie += posts_callback && is_https ? "; SameSite=None" : "; SameSite=Lax";
    return is_https ? cookie + "; Secure" : cookie;
}

/// What of the query is for the provider's page, as GoTrue has it: prompt, login_hint, access_type, hd, …
QueryMembers members_for_provider(const http::Request& request) {
    constexpr std::array ours{"provider",     "redirect_to", "scopes", "skip_http_redirect",
                              "invite_token", "apikey",      "sb"};
    QueryMembers members;
    for (const auto& [name, value] : request.query_params()) {
        const bool is_ours = std::find(ours.begin(), ours.end(), name) != ours.end() || is_reserved_oauth_member(name);
        const bool is_small = name.size() + value.size() <= provider_member_limit;
        if (!is_ours && is_small && members.size() < provider_members_max) members.emplace_back(name, value);
    }
    return members;
}

Result<ProviderWish> provider_wish_of(const http::Request& request, const AuthConfig& config) {
    auto pkce = pkce_of(request.query_param("code_challenge").value_or(""),
                        request.query_param("code_challenge_method").value_or(""), config.plain_pkce);
    if (!pkce) return pkce.error();
    ProviderWish wish;
    wish.provider = request.query_param("provider").value_or("");
    wish.redirect_to = redirect_of(request, config);
    wish.pkce = std::move(*pkce);
    wish.scopes = request.query_param("scopes").value_or("");
    wish.members = members_for_provider(request);
    return wish;
}

http::Response leave_for(std::string url) {
    http::Response response = http::redirect(302, std::move(url));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    return response;
}

/// A browser that was led here is led back to where it would have arrived, with what went wrong: nobody reads JSON.
http::Response refuse_trip(const Error& error, const std::string& redirect, bool is_pkce,
                           const http::Request& request) {
    if (request.header("sec-fetch-mode") != "navigate") return refuse(error, request);
    return redirect_with_error(redirect, error, is_pkce);
}

Task<http::Response> get_provider_authorize(AuthService& auth, http::Request& request) {
    const AuthConfig& config = auth.config();
    auto wish = provider_wish_of(request, config);
    if (!wish) co_return refuse(wish.error(), request);
    wish->browser = flow_cookie_of(request);
    if (wish->browser.empty()) wish->browser = crypto::random_token();
    const bool posts = auth.federation().providers().posts_callback(wish->provider);
    const std::string cookie = flow_cookie(wish->browser, posts, config.site_url.starts_with("https:"));
    const std::string redirect = wish->redirect_to;
    const bool is_pkce = wish->pkce.is_set();
    auto url = co_await auth.federation().provider_sign_in().begin(std::move(*wish));
    if (!url) co_return refuse_trip(url.error(), redirect, is_pkce, request);
    http::Response response = leave_for(std::move(*url));
    response.headers.add("Set-Cookie", cookie);
    co_return response;
}

Task<http::Response> get_link_authorize(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    if (!auth.config().linking.manual) {
        co_return refuse(Error{Code::not_found, "manual_linking_disabled", "Manual linking is disabled"}, request);
    }
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    auto wish = provider_wish_of(request, auth.config());
    if (!wish) co_return refuse(wish.error(), request);
    if (!wish->pkce.is_set()) {
        // Without it whoever finishes the flow would add their identity to the account of who began it.
        const Error error{Code::invalid_argument, "validation_failed",
                          "Linking an identity requires PKCE: code_challenge and code_challenge_method"};
        co_return refuse(error, request);
    }
    wish->link = *caller;
    auto url = co_await auth.federation().provider_sign_in().begin(std::move(*wish));
    if (!url) co_return refuse(url.error(), request);
    if (request.query_param("skip_http_redirect") != "true") co_return leave_for(std::move(*url));
    auto response = http::json_response(200, bj::serialize(bj::object{{"url", *url}}));
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

Task<http::Response> finish_callback(AuthService& auth, http::Request& request, std::string_view encoded) {
    auto members = form_members(encoded);
    for (auto& [name, value] : members) value.resize(std::min(value.size(), callback_member_limit));
    ProviderAnswer answer{members["state"], members["code"], members["error"],
                          members["iss"],   members["user"], flow_cookie_of(request)};
    const auto landing = co_await auth.federation().provider_sign_in().land(std::move(answer), device_of(request));
    if (landing.error) co_return redirect_with_error(landing.redirect_to, *landing.error, true);
    if (landing.session) co_return redirect_to(landing.redirect_to + '#' + session_in_fragment(*landing.session));
    co_return redirect_to(with_query(landing.redirect_to, {{"code", landing.code}}));
}

Task<http::Response> get_callback(AuthService& auth, http::Request& request) {
    return finish_callback(auth, request, request.query());
}

Task<http::Response> post_callback(AuthService& auth, http::Request& request) {
    return finish_callback(auth, request, request.body);
}

http::RouteOptions provider_route(std::string id, std::string summary, std::vector<std::string> reasons) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth";
    made.error_reasons = std::move(reasons);
    made.is_public = true;
    made.rate_bucket = "sensitive";
    return made;
}

http::Response refuse_id_token(const Error& error, const http::Request& request) {
    if (error.reason != "bad_id_token") return refuse(error, request);
    return oauth_refusal(Error{Code::invalid_argument, "invalid_request", error.message});
}

}  // namespace

Task<http::Response> id_token_grant(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"provider", "id_token", "access_token", "nonce", "client_id", "issuer"});
    if (!body) co_return refuse(body.error(), request);
    IdTokenWish wish{json::text_member(*body, "provider"),     json::text_member(*body, "issuer"),
                     json::text_member(*body, "client_id"),    json::text_member(*body, "id_token"),
                     json::text_member(*body, "access_token"), json::text_member(*body, "nonce")};
    if (wish.id_token.empty()) {
        co_return oauth_refusal(Error{Code::invalid_argument, "invalid_request", "id_token required"});
    }
    if (wish.provider.empty() && (wish.client_id.empty() || wish.issuer.empty())) {
        co_return oauth_refusal(
            Error{Code::invalid_argument, "invalid_request", "provider or client_id and issuer required"});
    }
    const bj::value* links = body->if_contains("link_identity");
    if (links && links->is_bool() && links->get_bool()) {
        const auto caller = caller_of(request);
        if (!caller) co_return refuse(caller.error(), request);
        if (!auth.config().linking.manual) {
            co_return refuse(Error{Code::not_found, "manual_linking_disabled", "Manual linking is disabled"}, request);
        }
        const auto view = co_await auth.accounts().find(*caller);
        if (!view) co_return refuse(view.error(), request);
        wish.link = *caller;
    }
    const auto issued =
        co_await auth.federation().provider_sign_in().sign_in_with_id_token(std::move(wish), device_of(request));
    if (!issued) co_return refuse_id_token(issued.error(), request);
    co_return session_response(*issued);
}

void mount_providers(http::Router& router, AuthService& auth) {
    using http::Method;
    const auto at = [&](Method method, std::string path, auto handler, http::RouteOptions options) {
        router.route(
            method, "/auth/v1" + path, [&auth, handler](http::Request& request) { return handler(auth, request); },
            std::move(options));
    };
    at(Method::get, "/authorize", get_provider_authorize,
       provider_route("auth_authorize", "Leads the browser to an identity provider (GoTrue)",
                      {"400 validation_failed", "500 unexpected_failure"}));
    at(Method::get, "/callback", get_callback,
       provider_route("auth_callback", "Where identity providers lead back to (GoTrue)", {}));
    at(Method::post, "/callback", post_callback,
       provider_route("auth_callback_form", "The same for providers that post a form (GoTrue)", {}));
    http::RouteOptions link =
        provider_route("auth_link_identity", "Begins adding an identity to the account (GoTrue)",
                       {"401 no_authorization", "403 bad_jwt", "404 manual_linking_disabled", "400 validation_failed",
                        "403 session_not_found", "403 user_not_found", "403 user_banned", "403 insufficient_aal",
                        "403 not_while_impersonating", "400 reauthentication_needed"});
    link.is_public = false;
    at(Method::get, "/user/identities/authorize", get_link_authorize, std::move(link));
}

}  // namespace tt::auth::api
