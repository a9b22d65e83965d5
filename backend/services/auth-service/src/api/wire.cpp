#include "services/auth-service/src/api/wire.hpp"

#include "platform/json/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

constexpr std::size_t user_agent_limit = 256;  // as the column

void set_time(bj::object& object, std::string_view name, const std::optional<Time>& time) {
    if (time) object[name] = to_rfc3339(*time);
}

bj::object identity_json(const IdentityRow& row) {
    const bj::value data = bj::parse(row.identity_data.text);
    bj::object identity{{"identity_id", to_string(row.id)},
                        {"id", row.provider_id},
                        {"user_id", to_string(row.user_id)},
                        {"identity_data", data},
                        {"provider", row.provider}};
    set_time(identity, "last_sign_in_at", row.last_sign_in_at);
    set_time(identity, "created_at", row.created_at);
    set_time(identity, "updated_at", row.updated_at);
    if (const bj::value* email = data.as_object().if_contains("email")) identity["email"] = *email;
    return identity;
}

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

}  // namespace

bj::object user_json(const UserView& view) {
    const UserRow& user = view.user;
    const bool is_real = !view.identities.empty();
    bj::array identities;
    for (const IdentityRow& row : view.identities) identities.push_back(identity_json(row));
    bj::object body{{"id", to_string(user.id)},
                    {"aud", "authenticated"},
                    {"role", is_real ? "authenticated" : ""},
                    {"email", user.email},
                    {"phone", ""}};
    set_time(body, "email_confirmed_at", user.email_confirmed_at);
    set_time(body, "confirmed_at", user.email_confirmed_at);
    set_time(body, "confirmation_sent_at", user.confirmation_sent_at);
    set_time(body, "recovery_sent_at", user.recovery_sent_at);
    set_time(body, "last_sign_in_at", user.last_sign_in_at);
    body["app_metadata"] = bj::parse(user.app_metadata.text);
    body["user_metadata"] = bj::parse(user.user_metadata.text);
    body["identities"] = std::move(identities);
    set_time(body, "created_at", user.created_at);
    set_time(body, "updated_at", user.updated_at);
    body["is_anonymous"] = false;
    return body;
}

SessionBody session_body(const IssuedSession& issued) {
    SessionBody body;
    body.access_token = issued.access_token;
    body.expires_in = issued.expires_in;
    body.expires_at = issued.expires_at;
    body.refresh_token = issued.refresh_token;
    body.refresh_token_expires_in = issued.refresh_token_expires_in;
    body.user.text = bj::serialize(user_json(issued.view));
    return body;
}

http::Response user_response(const UserView& view) {
    http::Response response = http::json_response(200, bj::serialize(user_json(view)));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

http::Response session_response(const IssuedSession& issued) {
    http::Response response = http::json_response(200, json::write(session_body(issued)));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

http::Response refuse(const Error& error, const http::Request& request) {
    http::Response response = http::render_error(error, request);
    response.headers.set("x-sb-error-code", error.reason);
    if (error.reason == "weak_password") {
        bj::object body = bj::parse(std::get<std::string>(response.body)).as_object();
        body["weak_password"] = bj::object{{"reasons", bj::array{"length"}}};
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

std::string text(const bj::object& body, std::string_view name) {
    const bj::value* member = body.if_contains(name);
    return member && member->is_string() ? std::string(member->get_string()) : std::string();
}

Result<bj::object> object(const bj::object& body, std::string_view name) {
    const bj::value* member = body.if_contains(name);
    if (!member || member->is_null()) return bj::object();
    if (!member->is_object()) return bad_json(std::string(name) + " must be an object");
    return member->get_object();
}

Device device_of(const http::Request& request) {
    return {clean_prefix(request.header("user-agent"), user_agent_limit), request.client_ip};
}

}  // namespace tt::auth::api
