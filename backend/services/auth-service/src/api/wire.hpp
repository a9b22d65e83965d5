#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/json/type_info.hpp"
#include "services/auth-service/src/sessions.hpp"

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace tt::auth::api {

/// GoTrue's Session (auth.md §1.3) plus the life of the refresh token.
struct SessionBody {
    std::string access_token;
    std::string token_type = "bearer";
    std::int64_t expires_in = 0;
    std::int64_t expires_at = 0;
    std::string refresh_token;
    std::int64_t refresh_token_expires_in = 0;
    json::Raw user;
};
BOOST_DESCRIBE_STRUCT(SessionBody, (),
                      (access_token, token_type, expires_in, expires_at, refresh_token, refresh_token_expires_in, user))

/// GoTrue's User.
boost::json::object user_json(const UserView& view);
SessionBody session_body(const IssuedSession& issued);

http::Response user_response(const UserView& view);
/// Never to be cached.
http::Response session_response(const IssuedSession& issued);
/// An error in GoTrue's shape, with the reasons of weak_password.
http::Response refuse(const Error& error, const http::Request& request);

/// The JSON object of a request. Unknown members are ignored, as GoTrue does: clients send more than we read. An empty
/// body is {}. Members named in `text_members` must be strings or null. Error: bad_json (400).
Result<boost::json::object> read_body(const http::Request& request, const std::vector<std::string>& text_members);
/// A text member, or "".
std::string text(const boost::json::object& body, std::string_view name);
/// An object member, or {}. Error: bad_json for another type.
Result<boost::json::object> object(const boost::json::object& body, std::string_view name);

Device device_of(const http::Request& request);

}  // namespace tt::auth::api
