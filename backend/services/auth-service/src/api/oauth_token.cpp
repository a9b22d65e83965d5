#include "platform/core/text.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/http/headers.hpp"
#include "platform/json/json.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/wire.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;
using Members = std::map<std::string, std::string>;

Error bad_token_request(std::string message) {
    return Error{Code::invalid_argument, "invalid_request", std::move(message)};
}

/// Form or JSON, as upstream.
Result<Members> members_of(const http::Request& request) {
    std::string_view type = request.header("content-type");
    type = trimmed(type.substr(0, type.find(';')));
    if (http::iequals(type, "application/x-www-form-urlencoded")) return form_members(request.body);
    if (!http::iequals(type, "application/json")) return bad_token_request("The body must be a form or JSON");
    const auto value = json::parse_value(request.body);
    if (!value || !value->is_object()) return bad_token_request("Invalid JSON body");
    Members members;
    for (const auto& [name, member] : value->get_object()) {
        if (member.is_string()) members[name] = std::string(member.get_string());
    }
    return members;
}

std::string member(const Members& members, const char* name) {
    const auto found = members.find(name);
    return found == members.end() ? std::string() : found->second;
}

struct ClientCredentials {
    std::string id;
    std::string secret;
    std::string method;
};

/// RFC 6749 §2.3.1: one way at a time; the header's parts are form-encoded.
Result<ClientCredentials> credentials_of(const http::Request& request, const Members& members) {
    constexpr std::string_view basic = "basic ";
    const std::string_view header = request.header("authorization");
    const std::string body_secret = member(members, "client_secret");
    if (header.size() > basic.size() && http::iequals(header.substr(0, basic.size()), basic)) {
        if (!body_secret.empty()) return bad_token_request("Multiple client authentication methods");
        const auto pair = crypto::base64_decode(header.substr(basic.size()));
        const auto colon = pair ? pair->find(':') : std::string::npos;
        if (colon == std::string::npos) return bad_token_request("Malformed client credentials");
        const std::string_view text = *pair;
        return ClientCredentials{http::decode_query(text.substr(0, colon)), http::decode_query(text.substr(colon + 1)),
                                 "client_secret_basic"};
    }
    return ClientCredentials{member(members, "client_id"), body_secret,
                             body_secret.empty() ? "none" : "client_secret_post"};
}

http::Response token_response(const IssuedSession& issued, const std::string& id_token, const std::string& scope) {
    bj::object body{{"access_token", issued.access_token},
                    {"token_type", "bearer"},
                    {"expires_in", issued.expires_in},
                    {"refresh_token", issued.refresh_token}};
    if (!id_token.empty()) body["id_token"] = id_token;
    if (!scope.empty()) body["scope"] = scope;
    auto response = http::json_response(200, bj::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

bool allows_grant(const OauthClientRow& client, const std::string& grant) {
    return std::find(client.grant_types.begin(), client.grant_types.end(), grant) != client.grant_types.end();
}

Task<http::Response> code_grant(AuthService& auth, http::Request& request, OauthClientRow client, Members members) {
    CodeExchange exchange{member(members, "code"), member(members, "redirect_uri"), member(members, "code_verifier")};
    if (exchange.code.empty()) co_return oauth_refusal(bad_token_request("code is required"));
    if (exchange.code_verifier.empty()) co_return oauth_refusal(bad_token_request("code_verifier is required"));
    const auto tokens =
        co_await auth.federation().server().exchange(std::move(client), std::move(exchange), device_of(request));
    if (!tokens) co_return oauth_refusal(tokens.error());
    co_return token_response(tokens->session, tokens->id_token, tokens->scope);
}

Task<http::Response> post_oauth_token(AuthService& auth, http::Request& request) {
    if (!auth.config().oauth.is_server_enabled) {
        co_return refuse(Error{Code::not_found, "feature_disabled", "OAuth server is not enabled"}, request);
    }
    auto members = members_of(request);
    if (!members) co_return oauth_refusal(members.error());
    const auto credentials = credentials_of(request, *members);
    if (!credentials) co_return oauth_refusal(credentials.error());
    auto client =
        co_await auth.federation().clients().authenticate(credentials->id, credentials->secret, credentials->method);
    if (!client) co_return oauth_refusal(client.error());
    const std::string grant = member(*members, "grant_type");
    if (grant.empty()) co_return oauth_refusal(bad_token_request("grant_type is required"));
    const bool is_known = grant == "authorization_code" || grant == "refresh_token";
    if (!is_known) {
        co_return oauth_refusal({Code::invalid_argument, "unsupported_grant_type", "Unsupported grant type"});
    }
    if (!allows_grant(*client, grant)) {
        co_return oauth_refusal(
            {Code::invalid_argument, "unauthorized_client", "Client is not allowed to use this grant type"});
    }
    if (grant == "authorization_code") {
        co_return co_await code_grant(auth, request, std::move(*client), std::move(*members));
    }
    const std::string refresh_token = member(*members, "refresh_token");
    if (refresh_token.empty()) co_return oauth_refusal(bad_token_request("refresh_token is required"));
    const auto issued = co_await auth.federation().server().refresh(std::move(*client), refresh_token);
    if (!issued) co_return oauth_refusal(issued.error());
    co_return token_response(*issued, "", "");
}

Task<http::Response> get_user_info(AuthService& auth, http::Request& request) {
    constexpr std::string_view bearer = "bearer ";
    const std::string_view header = request.header("authorization");
    const bool has_token = header.size() > bearer.size() && http::iequals(header.substr(0, bearer.size()), bearer);
    if (!has_token) {
        const Error error{Code::unauthenticated, "no_authorization", "This endpoint requires a valid Bearer token"};
        co_return refuse(error, request);
    }
    const auto claims = co_await auth.federation().server().user_info(std::string(header.substr(bearer.size())));
    if (!claims) co_return oauth_refusal(claims.error());
    auto response = http::json_response(200, bj::serialize(*claims));
    response.headers.set("Cache-Control", "no-store");
    co_return response;
}

}  // namespace

http::Response oauth_refusal(const Error& error) {
    const bj::object body{{"error", error.reason}, {"error_description", error.message}};
    auto response = http::json_response(http_status(error.code), bj::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    if (error.reason == "invalid_client") response.headers.set("WWW-Authenticate", "Basic realm=\"oauth\"");
    if (error.reason == "invalid_token") response.headers.set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    return response;
}

void mount_oauth_token(http::Router& router, AuthService& auth) {
    router.route(http::Method::post, "/auth/v1/oauth/token",
                 [&auth](http::Request& request) { return post_oauth_token(auth, request); },
                 {.operation_id = "auth_oauth_token",
                  .summary = "Swaps a code or a refresh token for tokens (OAuth 2.1)",
                  .tag = "auth-oauth",
                  .error_reasons = {"400 invalid_request", "400 invalid_grant", "401 invalid_client",
                                    "400 unsupported_grant_type", "400 unauthorized_client"},
                  .is_public = true,
                  .rate_bucket = "sensitive"});
    router.route(http::Method::get, "/auth/v1/oauth/userinfo",
                 [&auth](http::Request& request) { return get_user_info(auth, request); },
                 {.operation_id = "auth_oauth_userinfo",
                  .summary = "Who the token is for (OpenID Connect)",
                  .tag = "auth-oauth",
                  .error_reasons = {"401 no_authorization", "401 invalid_token"}});
}

}  // namespace tt::auth::api
