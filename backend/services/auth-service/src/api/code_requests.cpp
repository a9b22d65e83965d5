#include "platform/json/member.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

Error bad_request(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

const std::vector<std::string> code_members{"email", "phone",          "channel",
                                            "type",  "code_challenge", "code_challenge_method"};

Result<MailFlow> read_flow(const bj::object& body, const http::Request& request, const AuthConfig& config) {
    auto pkce = read_pkce(body, config);
    if (!pkce) return pkce.error();
    return MailFlow{redirect_of(request, config), std::move(*pkce)};
}

Result<CodeWish> read_code_wish(const bj::object& body, const http::Request& request, const AuthConfig& config) {
    CodeWish wish{.email = json::text_member(body, "email"), .phone = json::text_member(body, "phone")};
    const std::string channel = json::text_member(body, "channel");
    if (!wish.email.empty() && !wish.phone.empty()) {
        return bad_request("Only an email address or phone number should be provided");
    }
    if (wish.email.empty() && wish.phone.empty()) return bad_request("One of email or phone must be set");
    if (!wish.email.empty() && !channel.empty()) return bad_request("Channel should only be specified with Phone OTP");
    if (!channel.empty() && channel != "sms" && channel != "whatsapp") {
        return bad_request("Invalid channel, supported values are 'sms' or 'whatsapp'");
    }
    if (!channel.empty()) wish.channel = channel;
    const bj::value* create_user = body.if_contains("create_user");
    if (create_user && create_user->is_bool()) wish.create_user = create_user->get_bool();
    auto data = object(body, "data");
    if (!data) return data.error();
    auto flow = read_flow(body, request, config);
    if (!flow) return flow.error();
    wish.data = std::move(*data);
    wish.flow = std::move(*flow);
    return wish;
}

Task<http::Response> post_otp(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, code_members);
    if (!body) co_return refuse(body.error(), request);
    auto wish = read_code_wish(*body, request, auth.config());
    if (!wish) co_return refuse(wish.error(), request);
    const auto sent = co_await auth.code_requests().send_sign_in(std::move(*wish), device_of(request));
    if (!sent) co_return refuse(sent.error(), request);
    co_return sent_response(*sent);
}

Task<http::Response> post_magiclink(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, code_members);
    if (!body) co_return refuse(body.error(), request);
    if (json::text_member(*body, "email").empty())
        co_return refuse(bad_request("Password recovery requires an email"), request);
    co_return co_await post_otp(auth, request);
}

Task<http::Response> post_recover(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, code_members);
    if (!body) co_return refuse(body.error(), request);
    if (json::text_member(*body, "email").empty())
        co_return refuse(bad_request("Password recovery requires an email"), request);
    auto flow = read_flow(*body, request, auth.config());
    if (!flow) co_return refuse(flow.error(), request);
    const auto sent =
        co_await auth.code_requests().recover(json::text_member(*body, "email"), std::move(*flow), device_of(request));
    if (!sent) co_return refuse(sent.error(), request);
    co_return sent_response("");
}

std::optional<ResendType> resend_type_of(const std::string& type) {
    if (type == "signup") return ResendType::signup;
    if (type == "email_change") return ResendType::email_change;
    if (type == "sms") return ResendType::sms;
    if (type == "phone_change") return ResendType::phone_change;
    return std::nullopt;
}

Result<void> check_resend(ResendType type, const std::string& email, const std::string& phone) {
    if (type == ResendType::signup && email.empty()) return bad_request("Type provided requires an email address");
    if (type == ResendType::sms && phone.empty()) return bad_request("Type provided requires a phone number");
    if (!email.empty() && !phone.empty()) {
        return bad_request("Only an email address or phone number should be provided.");
    }
    if (email.empty() && phone.empty()) return bad_request("Missing email address or phone number");
    return {};
}

Task<http::Response> post_resend(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, code_members);
    if (!body) co_return refuse(body.error(), request);
    const auto type = resend_type_of(json::text_member(*body, "type"));
    if (!type) {
        co_return refuse(bad_request("Missing one of these types: signup, email_change, sms, phone_change"), request);
    }
    const std::string email = json::text_member(*body, "email");
    const std::string phone = json::text_member(*body, "phone");
    const auto checked = check_resend(*type, email, phone);
    if (!checked) co_return refuse(checked.error(), request);
    auto flow = read_flow(*body, request, auth.config());
    if (!flow) co_return refuse(flow.error(), request);
    auto who = identifier_of(email, phone, auth.config());
    if (!who) co_return refuse(who.error(), request);
    const auto sent = co_await auth.code_requests().resend(*type, std::move(*who), std::move(*flow));
    if (!sent) co_return refuse(sent.error(), request);
    co_return sent_response(*sent);
}

Task<http::Response> get_reauthenticate(AuthService& auth, http::Request& request) {
    const auto caller = caller_of(request);
    if (!caller) co_return refuse(caller.error(), request);
    auto view = co_await auth.accounts().find(*caller);
    if (!view) co_return refuse(view.error(), request);
    const auto sent = co_await auth.code_requests().reauthenticate(std::move(view->user), device_of(request));
    if (!sent) co_return refuse(sent.error(), request);
    co_return sent_response(*sent);
}

http::RouteOptions public_route(std::string id, std::string summary, std::vector<std::string> reasons) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth";
    made.error_reasons = std::move(reasons);
    made.is_public = true;
    made.rate_bucket = "sensitive";
    return made;
}

}  // namespace

void mount_code_requests(http::Router& router, AuthService& auth) {
    const std::vector<std::string> reasons{"400 validation_failed", "400 email_provider_disabled",
                                           "400 phone_provider_disabled", "422 otp_disabled", "422 sms_send_failed"};
    router.route(
        http::Method::post, "/auth/v1/otp", [&auth](http::Request& request) { return post_otp(auth, request); },
        public_route("auth_otp", "Sends a link and code to sign in with (GoTrue)", reasons));
    router.route(
        http::Method::post, "/auth/v1/magiclink",
        [&auth](http::Request& request) { return post_magiclink(auth, request); },
        public_route("auth_magiclink", "Mails a link to sign in with (GoTrue)", reasons));
    router.route(
        http::Method::post, "/auth/v1/recover", [&auth](http::Request& request) { return post_recover(auth, request); },
        public_route("auth_recover", "Mails a link to set a new password; the same answer for every address (GoTrue)",
                     {"400 validation_failed"}));
    router.route(
        http::Method::post, "/auth/v1/resend", [&auth](http::Request& request) { return post_resend(auth, request); },
        public_route("auth_resend",
                     "Sends what is waiting to be confirmed again; the same answer for every address (GoTrue)",
                     {"400 validation_failed", "422 sms_send_failed"}));
    router.route(http::Method::get, "/auth/v1/reauthenticate",
                 [&auth](http::Request& request) { return get_reauthenticate(auth, request); },
                 {.operation_id = "auth_reauthenticate",
                  .summary = "Sends a nonce for changing one's account (GoTrue)",
                  .tag = "auth",
                  .error_reasons = {"401 no_authorization", "400 validation_failed", "422 email_not_confirmed"},
                  .rate_bucket = "sensitive"});
}

}  // namespace tt::auth::api
