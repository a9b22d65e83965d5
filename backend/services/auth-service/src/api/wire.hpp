#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/json/rule.hpp"
#include "platform/json/type_info.hpp"
#include "services/auth-service/src/domain/pkce.hpp"
#include "services/auth-service/src/sessions.hpp"
#include "services/auth-service/src/user_json.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth::api {

/// The password was right, but would not be accepted as a new one.
struct WeakPasswordBody {
    std::string message;
    std::vector<std::string> reasons;
};
BOOST_DESCRIBE_STRUCT(WeakPasswordBody, (), (message, reasons))

/// GoTrue's Session (auth.md §1.3) plus the life of the refresh token.
struct SessionBody {
    std::string access_token;
    std::string token_type = "bearer";
    std::int64_t expires_in = 0;
    std::int64_t expires_at = 0;
    std::string refresh_token;
    std::int64_t refresh_token_expires_in = 0;
    std::int64_t refresh_token_expires_at = 0;
    json::Raw user;
    std::optional<std::string> provider_token;
    std::optional<std::string> provider_refresh_token;
    std::optional<WeakPasswordBody> weak_password;
};
BOOST_DESCRIBE_STRUCT(SessionBody, (),
                      (access_token, token_type, expires_in, expires_at, refresh_token, refresh_token_expires_in,
                       refresh_token_expires_at, user, provider_token, provider_refresh_token, weak_password))

SessionBody session_body(const IssuedSession& issued);

http::Response user_response(const UserView& view);
/// A device in the list of where somebody is signed in; the last part of its address is left out.
boost::json::object device_json(const SessionView& session, bool is_current);
/// Never to be cached.
http::Response session_response(const IssuedSession& issued);
/// An error in GoTrue's shape, with the reasons of weak_password.
http::Response refuse(const Error& error, const http::Request& request);

/// The JSON object of a request. Unknown members are ignored, as GoTrue does: clients send more than we read. An empty
/// body is {}. Members named in `text_members` must be strings or null. Error: bad_json (400).
Result<boost::json::object> read_body(const http::Request& request, const std::vector<std::string>& text_members);
/// An object member, or {}. Error: bad_json for another type.
Result<boost::json::object> object(const boost::json::object& body, std::string_view name);

Device device_of(const http::Request& request);
/// What the client promised (PKCE). Error: validation_failed (400).
Result<Pkce> read_pkce(const boost::json::object& body, const AuthConfig& config);
/// {} or {message_id}: the answer to requests for mails and messages.
http::Response sent_response(const std::string& message_id);

}  // namespace tt::auth::api

template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::auth::api::SessionBody::provider_token>{
    .may_be_absent = true, .omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::auth::api::SessionBody::provider_refresh_token>{
    .may_be_absent = true, .omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::auth::api::SessionBody::weak_password>{
    .may_be_absent = true, .omit_when_null = true};
