#include "platform/json/member.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/redirects.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

Error oauth_disabled() {
    return Error{Code::not_found, "feature_disabled", "OAuth server is not enabled"};
}

http::Response unstored(unsigned status, const bj::value& body) {
    auto response = http::json_response(status, bj::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

bj::object client_details(const OauthClientRow& client) {
    bj::object body{{"id", to_string(client.id)}};
    if (!client.name.empty()) body["name"] = client.name;
    if (!client.uri.empty()) body["uri"] = client.uri;
    if (!client.logo_uri.empty()) body["logo_uri"] = client.logo_uri;
    return body;
}

/// Nobody reads JSON: a browser that a program has led here is shown in words what is wrong with its request.
http::Response refuse_authorize(const AuthConfig& config, const Error& error, const http::Request& request) {
    if (request.header("sec-fetch-mode") != "navigate") return refuse(error, request);
    const std::string page = config.site_url + config.oauth.consent_path;
    return redirect_to(tt::auth::with_query(page, QueryMembers{{"error_code", error.reason}}));
}

Task<http::Response> get_authorize(AuthService& auth, http::Request& request) {
    if (!auth.config().oauth.is_server_enabled) {
        co_return refuse_authorize(auth.config(), oauth_disabled(), request);
    }
    const auto members = form_members(request.query());
    const auto member = [&members](const char* name) {
        const auto found = members.find(name);
        return found == members.end() ? std::string() : found->second;
    };
    AuthorizationRequest wish{.client_id = member("client_id"),
                              .redirect_uri = member("redirect_uri"),
                              .response_type = member("response_type"),
                              .scope = member("scope"),
                              .state = member("state"),
                              .nonce = member("nonce"),
                              .code_challenge = member("code_challenge"),
                              .code_challenge_method = member("code_challenge_method")};
    auto target = co_await auth.federation().server().authorize(std::move(wish));
    if (!target) co_return refuse_authorize(auth.config(), target.error(), request);
    auto response = http::redirect(302, std::move(*target));
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    co_return response;
}

/// A page of another site has no business here, even with a token (upstream: the same check and text).
Result<Caller> consenting_caller(AuthService& auth, const http::Request& request) {
    if (!auth.config().oauth.is_server_enabled) return oauth_disabled();
    const std::string origin(request.header("origin"));
    const auto& origins = auth.config().redirect_origins;
    const bool is_ours = origin.empty() || origin == auth.config().site_url ||
                         std::find(origins.begin(), origins.end(), origin) != origins.end();
    if (!is_ours) return Error{Code::invalid_argument, "validation_failed", "unauthorized request origin"};
    return caller_of(request);
}

Task<http::Response> get_authorization(AuthService& auth, http::Request& request) {
    const auto caller = consenting_caller(auth, request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto seen = co_await auth.federation().server().look_at(
        *caller, std::string(request.param("authorization_id")), device_of(request));
    if (!seen) co_return refuse(seen.error(), request);
    if (const auto* redirect = std::get_if<AuthorizationRedirect>(&*seen)) {
        co_return unstored(200, bj::object{{"redirect_url", redirect->url}});
    }
    const auto& view = std::get<AuthorizationView>(*seen);
    co_return unstored(200,
                       bj::object{{"authorization_id", view.id},
                                  {"redirect_uri", view.redirect_uri},
                                  {"client", client_details(view.client)},
                                  {"user", bj::object{{"id", to_string(view.user.id)}, {"email", view.user.email}}},
                                  {"scope", view.scope}});
}

Task<http::Response> post_consent(AuthService& auth, http::Request& request) {
    const auto caller = consenting_caller(auth, request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto body = read_body(request, {"action"});
    if (!body) co_return refuse(body.error(), request);
    const std::string decision = json::text_member(*body, "action");
    if (decision != "approve" && decision != "deny") {
        const Error error{Code::invalid_argument, "validation_failed", "action must be 'approve' or 'deny'"};
        co_return refuse(error, request);
    }
    auto url = co_await auth.federation().server().decide(*caller, std::string(request.param("authorization_id")),
                                                          decision == "approve", device_of(request));
    if (!url) co_return refuse(url.error(), request);
    co_return unstored(200, bj::object{{"redirect_url", std::move(*url)}});
}

Task<http::Response> post_release(AuthService& auth, http::Request& request) {
    const auto caller = consenting_caller(auth, request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto released =
        co_await auth.federation().server().release(*caller, std::string(request.param("authorization_id")));
    if (!released) co_return refuse(released.error(), request);
    co_return http::empty(204);
}

Task<http::Response> get_grants(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    bj::array grants;
    for (const OauthGrant& grant : co_await auth.federation().server().grants(caller->user_id)) {
        grants.push_back(bj::object{{"client", client_details(grant.client)},
                                    {"scopes", bj::array(grant.scopes.begin(), grant.scopes.end())},
                                    {"granted_at", to_rfc3339(grant.granted_at)}});
    }
    co_return unstored(200, grants);
}

Task<http::Response> delete_grant(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    const auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    const std::string given = request.query_param("client_id").value_or("");
    const auto client_id = parse_uuid(given);
    if (!client_id) {
        const std::string message =
            given.empty() ? "client_id query parameter is required" : "invalid client_id format";
        co_return refuse(Error{Code::invalid_argument, "validation_failed", message}, request);
    }
    const auto revoked =
        co_await auth.federation().server().revoke_grant(caller->user_id, *client_id, device_of(request));
    if (!revoked) co_return refuse(revoked.error(), request);
    co_return http::empty(204);
}

http::RouteOptions consent_route(std::string id, std::string summary, std::vector<std::string> reasons) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth-oauth";
    made.error_reasons = std::move(reasons);
    return made;
}

}  // namespace

std::map<std::string, std::string> form_members(std::string_view text) {
    std::map<std::string, std::string> members;
    while (!text.empty()) {
        const auto end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto equals = pair.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        members[http::decode_query(pair.substr(0, equals))] = http::decode_query(value);
    }
    return members;
}

void mount_oauth_consent(http::Router& router, AuthService& auth) {
    using http::Method;
    const auto at = [&](Method method, std::string path, auto handler, http::RouteOptions options) {
        router.route(
            method, "/auth/v1" + path, [&auth, handler](http::Request& request) { return handler(auth, request); },
            std::move(options));
    };
    const std::vector<std::string> reasons{"401 no_authorization", "403 bad_jwt", "404 oauth_authorization_not_found",
                                           "400 validation_failed", "403 insufficient_aal"};
    http::RouteOptions authorize =
        consent_route("auth_oauth_authorize", "Begins a sign-in at another program (OAuth 2.1, PKCE)",
                      {"400 validation_failed", "400 oauth_client_not_found"});
    authorize.is_public = true;
    authorize.rate_bucket = "sensitive";
    at(Method::get, "/oauth/authorize", get_authorize, std::move(authorize));
    at(Method::get, "/oauth/authorizations/{authorization_id}", get_authorization,
       consent_route("auth_oauth_authorization", "What a program asks for; or where to go when it is agreed", reasons));
    at(Method::post, "/oauth/authorizations/{authorization_id}/consent", post_consent,
       consent_route("auth_oauth_consent", "Approves or denies the request", reasons));
    at(Method::post, "/oauth/authorizations/{authorization_id}/release", post_release,
       consent_route("auth_oauth_release", "Leaves the request to another account of the same browser", reasons));
    at(Method::get, "/user/oauth/grants", get_grants,
       consent_route("auth_oauth_grants", "Programs the person has agreed to", {"401 no_authorization"}));
    at(Method::delete_, "/user/oauth/grants", delete_grant,
       consent_route("auth_oauth_revoke_grant", "Takes the agreement back and ends the program's sessions",
                     {"401 no_authorization", "404 oauth_consent_not_found", "400 validation_failed"}));
}

}  // namespace tt::auth::api
