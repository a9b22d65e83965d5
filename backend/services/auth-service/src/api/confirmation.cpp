#include "platform/crypto/random.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/api/redirects.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/link_scanner.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/email.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

constexpr std::string_view link_cookie = "tt_link";
constexpr std::string_view half_confirmed_text =
    "Confirmation link accepted. Please proceed to confirm link sent to the other email";

Error unverifiable(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

bool is_known_type(const std::string& type) {
    static constexpr std::array types{"signup", "invite",       "magiclink", "recovery",
                                      "email",  "email_change", "sms",       "phone_change"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool is_phone_type(const std::string& type) {
    return type == "sms" || type == "phone_change";
}

Result<Proof> link_proof(Proof proof) {
    if (!proof.email.empty() || !proof.phone.empty()) {
        return unverifiable("Only the token_hash and type should be provided");
    }
    if (is_phone_type(proof.type)) return unverifiable("Invalid email verification type");
    return proof;
}

Result<Proof> code_proof(Proof proof) {
    if (proof.email.empty() == proof.phone.empty()) {
        return unverifiable("Only an email address or phone number should be provided on verify");
    }
    if (!proof.phone.empty() && !normalized_phone(proof.phone)) {
        return unverifiable("Invalid phone number format (E.164 required)");
    }
    if (!proof.email.empty() && !normalized_email(proof.email)) return unverifiable("Invalid email format");
    // A type of the other kind of address proves nothing; the address decides, as upstream.
    if (!proof.phone.empty() && !is_phone_type(proof.type)) proof.type = "sms";
    return proof;
}

Result<Proof> proof_of(const bj::object& body) {
    Proof proof{json::text_member(body, "type"), json::text_member(body, "token_hash"),
                json::text_member(body, "email"), json::text_member(body, "phone"), json::text_member(body, "token")};
    if (proof.type.empty()) return unverifiable("Verify requires a verification type");
    if (!is_known_type(proof.type)) return unverifiable("Invalid email verification type");
    if (proof.is_link() == !proof.code.empty()) {
        return unverifiable("Verify requires either a token or a token hash");
    }
    return proof.is_link() ? link_proof(std::move(proof)) : code_proof(std::move(proof));
}

http::Response half_response(const std::string& side) {
    const bj::object body{{"msg", half_confirmed_text}, {"code", "200"}, {"email_change_confirmed", side}};
    return http::json_response(200, bj::serialize(body));
}

Task<http::Response> post_verify(AuthService& auth, http::Request& request) {
    const auto body = read_body(request, {"type", "token", "token_hash", "email", "phone"});
    if (!body) co_return refuse(body.error(), request);
    const auto proof = proof_of(*body);
    if (!proof) co_return refuse(proof.error(), request);
    const auto verified = co_await auth.confirmations().verify(*proof, {.device = device_of(request)});
    if (!verified) co_return refuse(verified.error(), request);
    if (!verified->half_confirmed.empty()) co_return half_response(verified->half_confirmed);
    co_return session_response(*verified->session);
}

struct Link {
    Proof proof;
    std::string target;  // where it leads in the end

    bool is_pkce() const { return proof.link_secret.starts_with(OneTimeCodes::pkce_prefix); }
    QueryMembers members() const { return {{"token_hash", proof.link_secret}, {"type", proof.type}}; }
};

Result<Link> link_of(const http::Request& request, const AuthConfig& config) {
    Link link{{request.query_param("type").value_or("")}, redirect_of(request, config)};
    link.proof.link_secret = request.query_param("token").value_or("");
    if (!link.proof.is_link()) link.proof.link_secret = request.query_param("token_hash").value_or("");
    if (link.proof.type.empty()) return unverifiable("Verify requires a verification type");
    if (!is_known_type(link.proof.type) || is_phone_type(link.proof.type)) {
        return unverifiable("Invalid email verification type");
    }
    if (!link.proof.is_link()) return unverifiable("Verify requires a token or a token hash");
    return link;
}

bool needs_button(const http::Request& request, const AuthConfig& config) {
    if (config.link_page != "scanners") return config.link_page == "always";
    std::string_view purpose = request.header("sec-purpose");
    if (purpose.empty()) purpose = request.header("purpose");
    if (purpose.empty()) purpose = request.header("x-moz");
    return is_link_scanner({request.header("user-agent"), purpose, request.header("sec-fetch-dest")});
}

/// Lets the browser that followed a link follow it again.
std::string cookie_of(const std::string& browser, const AuthConfig& config) {
    const std::string cookie =
        std::string(link_cookie) + '=' + browser +
        "; Path=/auth/v1/verify; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(config.link_replay_s);
    return config.site_url.starts_with("https:") ? cookie + "; Secure" : cookie;
}

http::Response answer_link(const Link& link, const Result<Verified>& verified) {
    if (!verified) return redirect_with_error(link.target, verified.error(), link.is_pkce());
    if (!verified->auth_code.empty()) return redirect_to(with_query(link.target, {{"code", verified->auth_code}}));
    if (!verified->half_confirmed.empty()) {
        const QueryMembers message{{"message", std::string(half_confirmed_text)},
                                   {"email_change_confirmed", verified->half_confirmed}};
        const std::string target = link.is_pkce() ? with_query(link.target, message) : link.target;
        return redirect_to(target + "#" + query_text(message) + "&sb=");
    }
    return redirect_to(link.target + "#" + session_in_fragment(*verified->session, link.proof.type));
}

Task<http::Response> get_verify(AuthService& auth, http::Request& request) {
    // Mail scanners look at links with HEAD first; that must not use them up.
    if (request.method == http::Method::head) co_return http::empty(200);
    const AuthConfig& config = auth.config();
    const auto link = link_of(request, config);
    if (!link) co_return refuse(link.error(), request);
    if (needs_button(request, config)) {
        QueryMembers members = link->members();
        members.emplace_back("redirect_to", link->target);
        co_return redirect_to(with_query(config.site_url + "/session/confirm", members));
    }
    if (!config.implicit_links && !link->is_pkce()) co_return redirect_to(with_query(link->target, link->members()));
    std::string browser(request.cookie(link_cookie).value_or(""));
    const bool is_new_browser = browser.empty();
    if (is_new_browser) browser = crypto::random_token();
    const ProofBearer bearer{.device = device_of(request), .browser = browser, .wants_code = true};
    http::Response response = answer_link(*link, co_await auth.confirmations().verify(link->proof, bearer));
    if (is_new_browser) response.headers.set("Set-Cookie", cookie_of(browser, config));
    co_return response;
}

http::RouteOptions verify_route(std::string id, std::string summary, std::vector<std::string> reasons) {
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

void mount_confirmation(http::Router& router, AuthService& auth) {
    router.route(
        http::Method::post, "/auth/v1/verify", [&auth](http::Request& request) { return post_verify(auth, request); },
        verify_route("auth_verify", "Signs in with a sent code or link secret (GoTrue)",
                     {"400 validation_failed", "403 otp_expired", "403 user_banned", "422 email_exists",
                      "429 over_request_rate_limit"}));
    router.route(
        http::Method::get, "/auth/v1/verify", [&auth](http::Request& request) { return get_verify(auth, request); },
        verify_route("auth_verify_link", "The link in a mail: 303 with a session in the fragment, or a code (GoTrue)",
                     {"400 validation_failed"}));
}

}  // namespace tt::auth::api
