#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/redirect.hpp"

#include <array>

namespace tt::auth::api {
namespace {

Error invalid(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

bool is_known_type(const std::string& type) {
    static constexpr std::array types{"signup", "recovery", "email"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

Result<Proof> proof_of(const boost::json::object& body) {
    Proof proof{text(body, "type"), text(body, "token_hash"), text(body, "email"), text(body, "token")};
    if (proof.type.empty()) return invalid("Verify requires a verification type");
    if (!is_known_type(proof.type)) return invalid("Invalid email verification type");
    const bool has_link = !proof.link_secret.empty();
    const bool has_code = !proof.code.empty();
    if (has_link == has_code) return invalid("Verify requires either a token or a token hash");
    if (has_link && !proof.email.empty()) return invalid("Only the token_hash and type should be provided");
    if (has_code && proof.email.empty()) {
        return invalid("Only an email address or phone number should be provided on verify");
    }
    return proof;
}

Task<http::Response> post_verify(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"type", "token", "token_hash", "email"});
    if (!body) co_return refuse(body.error(), request);
    const auto proof = proof_of(*body);
    if (!proof) co_return refuse(proof.error(), request);
    const auto issued = co_await auth.confirmations().verify(*proof, device_of(request));
    if (!issued) co_return refuse(issued.error(), request);
    co_return session_response(*issued);
}

std::string session_fragment(const IssuedSession& issued, const std::string& type) {
    return "access_token=" + issued.access_token + "&expires_at=" + std::to_string(issued.expires_at) +
           "&expires_in=" + std::to_string(issued.expires_in) + "&refresh_token=" + issued.refresh_token +
           "&sb=&token_type=bearer&type=" + http::percent_encode(type);
}

http::Response redirect_with(const std::string& target, const std::string& fragment) {
    http::Response response = http::redirect(303, target + "#" + fragment);
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("Referrer-Policy", "no-referrer");
    return response;
}

Task<http::Response> get_verify(AuthService& auth, http::Request& request) {
    // Mail scanners look at links with HEAD first; that must not use them up.
    if (request.method == http::Method::head) co_return http::empty(200);
    const std::string target = redirect_of(request, auth.config());
    const std::string type = request.query_param("type").value_or("");
    std::string secret = request.query_param("token").value_or("");
    if (secret.empty()) secret = request.query_param("token_hash").value_or("");
    if (type.empty()) co_return refuse(invalid("Verify requires a verification type"), request);
    if (secret.empty()) co_return refuse(invalid("Verify requires a token or a token hash"), request);
    Proof proof{type, std::move(secret), {}, {}};
    const auto issued = co_await auth.confirmations().verify(std::move(proof), device_of(request));
    if (issued) co_return redirect_with(target, session_fragment(*issued, type));
    co_return redirect_with(target, "error=access_denied&error_code=" + issued.error().reason +
                                        "&error_description=" + http::percent_encode(issued.error().message) + "&sb=");
}

Task<http::Response> post_recover(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"email"});
    if (!body) co_return refuse(body.error(), request);
    if (text(*body, "email").empty()) co_return refuse(invalid("Password recovery requires an email"), request);
    co_await auth.confirmations().recover(text(*body, "email"), redirect_of(request, auth.config()));
    co_return http::json_response(200, "{}");
}

Task<http::Response> post_resend(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"type", "email", "phone"});
    if (!body) co_return refuse(body.error(), request);
    if (text(*body, "type") != "signup") {
        co_return refuse(invalid("Missing one of these types: signup"), request);
    }
    if (text(*body, "email").empty()) co_return refuse(invalid("Type provided requires an email address"), request);
    co_await auth.confirmations().resend_confirmation(text(*body, "email"), redirect_of(request, auth.config()));
    co_return http::json_response(200, "{}");
}

}  // namespace

std::string redirect_of(const http::Request& request, const AuthConfig& config) {
    std::string target = request.query_param("redirect_to").value_or("");
    if (target.empty()) target = request.header("redirect_to");
    std::vector<std::string> origins = config.redirect_origins;
    origins.push_back(config.site_url);
    return target.empty() ? config.site_url : allowed_redirect(target, origins, config.site_url);
}

void mount_confirmation(http::Router& router, AuthService& auth) {
    const auto options = [](std::string id, std::string summary, std::vector<std::string> reasons) {
        http::RouteOptions made;
        made.operation_id = std::move(id);
        made.summary = std::move(summary);
        made.tag = "auth";
        made.error_reasons = std::move(reasons);
        made.is_public = true;
        made.rate_bucket = "sensitive";
        return made;
    };
    router.route(
        http::Method::post, "/auth/v1/verify", [&auth](http::Request& request) { return post_verify(auth, request); },
        options("auth_verify", "Signs in with a mailed code or link secret (GoTrue)",
                {"400 validation_failed", "403 otp_expired"}));
    router.route(
        http::Method::get, "/auth/v1/verify", [&auth](http::Request& request) { return get_verify(auth, request); },
        options("auth_verify_link", "The link in a mail: 303 with a session in the fragment (GoTrue)",
                {"400 validation_failed"}));
    router.route(
        http::Method::post, "/auth/v1/recover", [&auth](http::Request& request) { return post_recover(auth, request); },
        options("auth_recover", "Mails a link to set a new password; the same answer for every address (GoTrue)",
                {"400 validation_failed"}));
    router.route(
        http::Method::post, "/auth/v1/resend", [&auth](http::Request& request) { return post_resend(auth, request); },
        options("auth_resend", "Mails the confirmation again; the same answer for every address (GoTrue)",
                {"400 validation_failed"}));
}

}  // namespace tt::auth::api
