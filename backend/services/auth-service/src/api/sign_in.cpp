#include "platform/json/member.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

Error invalid(std::string reason, std::string message) {
    return Error{Code::invalid_argument, std::move(reason), std::move(message)};
}

bool is_channel(const std::string& channel) {
    return channel.empty() || channel == "sms" || channel == "whatsapp";
}

Result<SignUp> read_sign_up(const bj::object& body, http::Request& request, const AuthConfig& config) {
    SignUp wish{.email = json::text_member(body, "email"),
                .phone = json::text_member(body, "phone"),
                .password = json::text_member(body, "password")};
    if (!wish.email.empty() && !wish.phone.empty()) {
        return invalid("validation_failed", "Only an email address or phone number should be provided on signup.");
    }
    if (!is_channel(json::text_member(body, "channel"))) {
        return invalid("validation_failed", "Invalid channel, supported values are 'sms' or 'whatsapp'");
    }
    auto data = object(body, "data");
    if (!data) return data.error();
    auto pkce = read_pkce(body, config);
    if (!pkce) return pkce.error();
    if (!wish.phone.empty() && pkce->is_set()) {
        return invalid("validation_failed", "PKCE not supported for phone signups");
    }
    wish.data = std::move(*data);
    wish.flow = {redirect_of(request, config), std::move(*pkce)};
    if (!json::text_member(body, "channel").empty()) wish.channel = json::text_member(body, "channel");
    return wish;
}

Task<http::Response> post_signup(AuthService& auth, http::Request& request) {
    const auto body =
        read_body(request, {"email", "phone", "password", "channel", "code_challenge", "code_challenge_method"});
    if (!body) co_return refuse(body.error(), request);
    auto wish = read_sign_up(*body, request, auth.config());
    if (!wish) co_return refuse(wish.error(), request);
    if (wish->email.empty() && wish->phone.empty()) {
        const auto guest = co_await auth.accounts().sign_up_anonymously(std::move(wish->data), device_of(request));
        if (!guest) co_return refuse(guest.error(), request);
        co_return session_response(*guest);
    }
    const auto done = co_await auth.accounts().sign_up(std::move(*wish), device_of(request));
    if (!done) co_return refuse(done.error(), request);
    if (done->session) co_return session_response(*done->session);
    co_return user_response(done->view);
}

Task<http::Response> password_grant(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"email", "phone", "password"});
    if (!body) co_return refuse(body.error(), request);
    PasswordSignIn wish{json::text_member(*body, "email"), json::text_member(*body, "phone"),
                        json::text_member(*body, "password")};
    if (wish.email.empty() && wish.phone.empty()) {
        co_return refuse(invalid("validation_failed", "missing email or phone"), request);
    }
    if (!wish.email.empty() && !wish.phone.empty()) {
        const Error error =
            invalid("validation_failed", "Only an email address or phone number should be provided on login.");
        co_return refuse(error, request);
    }
    const auto issued = co_await auth.accounts().sign_in(std::move(wish), device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> refresh_grant(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"refresh_token"});
    if (!body) co_return refuse(body.error(), request);
    const auto issued = co_await auth.sessions().refresh(json::text_member(*body, "refresh_token"));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> pkce_grant(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"auth_code", "code_verifier"});
    if (!body) co_return refuse(body.error(), request);
    const std::string code = json::text_member(*body, "auth_code");
    const std::string verifier = json::text_member(*body, "code_verifier");
    if (code.empty() || verifier.empty()) {
        const Error error =
            invalid("validation_failed", "invalid request: both auth code and code verifier should be non-empty");
        co_return refuse(error, request);
    }
    const auto issued = co_await auth.flows().exchange(code, verifier, device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

http::Response web3_grant(const http::Request& request) {
    return refuse(Error{Code::unprocessable, "web3_provider_disabled", "Web3 provider is disabled"}, request);
}

Task<http::Response> post_token(AuthService& auth, http::Request& request) {
    // Secrets in the query would end up in logs of every proxy on the way (ASVS 14.2.1).
    if (request.query_param("password") || request.query_param("refresh_token")) {
        co_return refuse(invalid("validation_failed", "Credentials belong into the body"), request);
    }
    const std::string grant = request.query_param("grant_type").value_or("");
    if (grant == "password") co_return co_await password_grant(auth, request);
    if (grant == "refresh_token") co_return co_await refresh_grant(auth, request);
    if (grant == "pkce") co_return co_await pkce_grant(auth, request);
    if (grant == "id_token") co_return co_await id_token_grant(auth, request);
    if (grant == "web3") co_return web3_grant(request);
    co_return refuse(invalid("invalid_credentials", "unsupported_grant_type"), request);
}

}  // namespace

void mount_sign_in(http::Router& router, AuthService& auth) {
    router.route(
        http::Method::post, "/auth/v1/signup", [&auth](http::Request& request) { return post_signup(auth, request); },
        {.operation_id = "auth_signup",
         .summary = "Opens an account; without an address an anonymous one (GoTrue)",
         .tag = "auth",
         .error_reasons = {"400 validation_failed", "400 bad_json", "422 weak_password", "422 user_already_exists",
                           "422 signup_disabled", "422 anonymous_provider_disabled", "400 email_provider_disabled",
                           "400 phone_provider_disabled", "422 sms_send_failed"},
         .is_public = true,
         .rate_bucket = "sensitive"});
    router.route(http::Method::post, "/auth/v1/token",
                 [&auth](http::Request& request) { return post_token(auth, request); },
                 {.operation_id = "auth_token",
                  .summary = "Grants: password, refresh_token, pkce, id_token (GoTrue)",
                  .tag = "auth",
                  .error_reasons = {"400 invalid_credentials", "400 email_not_confirmed", "400 user_banned",
                                    "400 refresh_token_not_found", "400 refresh_token_already_used",
                                    "400 session_expired", "404 flow_state_not_found", "422 flow_state_expired",
                                    "400 bad_code_verifier", "429 over_request_rate_limit"},
                  .is_public = true,
                  .rate_bucket = "sensitive"});
}

}  // namespace tt::auth::api
