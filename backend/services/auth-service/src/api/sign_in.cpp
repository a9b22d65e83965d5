#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {
namespace {

Error invalid(std::string reason, std::string message) {
    return Error{Code::invalid_argument, std::move(reason), std::move(message)};
}

Result<void> check_sign_up(const boost::json::object& body) {
    const bool has_email = !text(body, "email").empty();
    const bool has_phone = !text(body, "phone").empty();
    if (has_email && has_phone) {
        return invalid("validation_failed", "Only an email address or phone number should be provided on signup.");
    }
    if (has_phone) return invalid("phone_provider_disabled", "Phone signups are disabled");
    if (!has_email) {
        return Error{Code::unprocessable, "anonymous_provider_disabled", "Anonymous sign-ins are disabled"};
    }
    if (text(body, "code_challenge").empty() != text(body, "code_challenge_method").empty()) {
        return invalid("validation_failed", "PKCE flow requires code_challenge_method and code_challenge");
    }
    return {};
}

Task<http::Response> post_signup(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"email", "phone", "password", "code_challenge", "code_challenge_method"});
    if (!body) co_return refuse(body.error(), request);
    const auto checked = check_sign_up(*body);
    if (!checked) co_return refuse(checked.error(), request);
    auto data = object(*body, "data");
    if (!data) co_return refuse(data.error(), request);

    SignUp wish{.email = text(*body, "email"),
                .password = text(*body, "password"),
                .data = std::move(*data),
                .redirect_to = redirect_of(request, auth.config())};
    const auto done = co_await auth.accounts().sign_up(std::move(wish), device_of(request));
    if (!done) co_return refuse(done.error(), request);
    if (done->session) co_return session_response(*done->session);
    co_return user_response(done->view);
}

Task<http::Response> password_grant(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"email", "phone", "password"});
    if (!body) co_return refuse(body.error(), request);
    const std::string email = text(*body, "email");
    const std::string password = text(*body, "password");
    if (email.empty()) {
        const bool has_phone = !text(*body, "phone").empty();
        const Error error = has_phone ? invalid("phone_provider_disabled", "Phone logins are disabled")
                                      : invalid("validation_failed", "missing email or phone");
        co_return refuse(error, request);
    }
    const auto issued = co_await auth.accounts().sign_in(email, password, device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> refresh_grant(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"refresh_token"});
    if (!body) co_return refuse(body.error(), request);
    const auto issued = co_await auth.sessions().refresh(text(*body, "refresh_token"));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

Task<http::Response> post_token(AuthService& auth, http::Request& request) {
    // Secrets in the query would end up in logs of every proxy on the way (ASVS 14.2.1).
    if (request.query_param("password") || request.query_param("refresh_token")) {
        co_return refuse(invalid("validation_failed", "Credentials belong into the body"), request);
    }
    const std::string grant = request.query_param("grant_type").value_or("");
    if (grant == "password") co_return co_await password_grant(auth, request);
    if (grant == "refresh_token") co_return co_await refresh_grant(auth, request);
    co_return refuse(invalid("invalid_credentials", "unsupported_grant_type"), request);
}

}  // namespace

void mount_sign_in(http::Router& router, AuthService& auth) {
    router.route(
        http::Method::post, "/auth/v1/signup", [&auth](http::Request& request) { return post_signup(auth, request); },
        {.operation_id = "auth_signup",
         .summary = "Opens an account (GoTrue)",
         .tag = "auth",
         .error_reasons = {"400 validation_failed", "400 bad_json", "422 weak_password", "422 user_already_exists",
                           "422 signup_disabled", "422 anonymous_provider_disabled"},
         .is_public = true,
         .rate_bucket = "sensitive"});
    router.route(
        http::Method::post, "/auth/v1/token", [&auth](http::Request& request) { return post_token(auth, request); },
        {.operation_id = "auth_token",
         .summary = "Password and refresh_token grants (GoTrue)",
         .tag = "auth",
         .error_reasons = {"400 invalid_credentials", "400 email_not_confirmed", "400 user_banned",
                           "400 refresh_token_not_found", "400 refresh_token_already_used", "400 session_expired"},
         .is_public = true,
         .rate_bucket = "sensitive"});
}

}  // namespace tt::auth::api
