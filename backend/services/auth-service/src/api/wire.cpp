#include "services/auth-service/src/api/wire.hpp"

#include "platform/json/json.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/lockout.hpp"
#include "services/auth-service/src/passwords.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

constexpr std::size_t user_agent_limit = 256;  // as the column

Error bad_json(const std::string& what) {
    return Error{Code::invalid_argument, "bad_json", "Could not parse request body as JSON: " + what};
}

// Cut between characters, and free of what does not belong into a text column.
std::string clean_prefix(std::string_view text, std::size_t limit) {
    std::string out;
    for (const char c : text.substr(0, limit)) {
        if (c >= ' ' && c <= '~') out += c;
    }
    return out;
}

std::string devices_cookie(const IssuedSession& issued) {
    const auto lifetime = std::chrono::duration_cast<std::chrono::seconds>(Lockout::device_lifetime);
    std::string cookie = std::string(Lockout::device_cookie) + "=" + issued.devices +
                         "; Path=/auth/v1; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lifetime.count());
    if (issued.is_https) cookie += "; Secure";
    return cookie;
}

// The last part of an address says more about a person than the list needs (ASVS 7.5.2 wants a hint, not a log).
std::string masked_ip(const std::string& ip) {
    const bool is_v6 = ip.find(':') != std::string::npos;
    if (!is_v6) return ip.substr(0, ip.rfind('.')) + (ip.empty() ? "" : ".0");
    std::size_t end = 0;
    for (int group = 0; group < 3 && end != std::string::npos; ++group) end = ip.find(':', end + 1);
    return end == std::string::npos ? ip : ip.substr(0, end) + "::";
}

}  // namespace

SessionBody session_body(const IssuedSession& issued) {
    SessionBody body;
    body.access_token = issued.access_token;
    body.expires_in = issued.expires_in;
    body.expires_at = issued.expires_at;
    body.refresh_token = issued.refresh_token;
    body.refresh_token_expires_in = issued.refresh_token_expires_in;
    body.refresh_token_expires_at = issued.expires_at - issued.expires_in + issued.refresh_token_expires_in;
    if (!issued.provider_token.empty()) body.provider_token = issued.provider_token;
    if (!issued.provider_refresh_token.empty()) body.provider_refresh_token = issued.provider_refresh_token;
    if (!issued.weak_password_reasons.empty()) {
        body.weak_password =
            WeakPasswordBody{"The password is weak; choose another one.", issued.weak_password_reasons};
    }
    body.user.text = bj::serialize(user_json(issued.view));
    return body;
}

http::Response user_response(const UserView& view) {
    http::Response response = http::json_response(200, bj::serialize(user_json(view)));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

bj::object device_json(const SessionView& session, bool is_current) {
    return {{"id", to_string(session.id)},
            {"user_agent", session.user_agent},
            {"ip", masked_ip(session.ip)},
            {"created_at", to_rfc3339(session.created_at)},
            {"refreshed_at", to_rfc3339(session.refreshed_at)},
            {"aal", session.aal},
            {"current", is_current}};
}

http::Response session_response(const IssuedSession& issued) {
    http::Response response = http::json_response(200, json::write(session_body(issued)));
    response.headers.set("Cache-Control", "no-store");
    if (!issued.devices.empty()) response.headers.set("Set-Cookie", devices_cookie(issued));
    return response;
}

http::Response refuse(const Error& error, const http::Request& request) {
    http::Response response = http::render_error(error, request);
    if (error.reason == "weak_password") {
        bj::object body = bj::parse(std::get<std::string>(response.body)).as_object();
        const auto reasons = weakness_reasons(error);
        body["weak_password"] = bj::object{{"reasons", bj::array(reasons.begin(), reasons.end())}};
        response.body = bj::serialize(body);
    }
    return response;
}

Result<bj::object> read_body(const http::Request& request, const std::vector<std::string>& text_members) {
    if (request.body.empty()) return bj::object();
    auto value = json::parse_value(request.body);
    if (!value) return bad_json(value.error().message);
    if (!value->is_object()) return bad_json("the body must be an object");
    bj::object body = std::move(value->get_object());
    for (const std::string& name : text_members) {
        const bj::value* member = body.if_contains(name);
        if (member && !member->is_string() && !member->is_null()) return bad_json(name + " must be a string");
    }
    return body;
}

Result<bj::object> object(const bj::object& body, std::string_view name) {
    const bj::value* member = body.if_contains(name);
    if (!member || member->is_null()) return bj::object();
    if (!member->is_object()) return bad_json(std::string(name) + " must be an object");
    return member->get_object();
}

Device device_of(const http::Request& request) {
    return {clean_prefix(request.header("user-agent"), user_agent_limit), request.client_ip,
            std::string(request.cookie(Lockout::device_cookie).value_or(""))};
}

Result<Pkce> read_pkce(const bj::object& body, const AuthConfig& config) {
    return pkce_of(json::text_member(body, "code_challenge"), json::text_member(body, "code_challenge_method"),
                   config.plain_pkce);
}

http::Response sent_response(const std::string& message_id) {
    bj::object body;
    if (!message_id.empty()) body["message_id"] = message_id;
    return http::json_response(200, bj::serialize(body));
}

}  // namespace tt::auth::api
