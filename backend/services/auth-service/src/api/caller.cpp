#include "services/auth-service/src/api/caller.hpp"

#include "platform/http/headers.hpp"
#include "shared/middleware/authenticate.hpp"

namespace tt::auth::api {
namespace {

constexpr std::string_view scheme = "bearer ";

bool has_bearer(const http::Request& request) {
    const std::string_view value = request.header("authorization");
    if (value.size() <= scheme.size() || !http::iequals(value.substr(0, scheme.size()), scheme)) return false;
    return value.find_first_of(" \t", scheme.size()) == std::string_view::npos;
}

std::optional<Caller> signed_in(const http::Request& request) {
    const Principal& who = principal(request);
    const auto session_id = SessionId::parse(who.session_id);
    if (!who.user_id || !session_id) return std::nullopt;
    return Caller{*who.user_id, *session_id};
}

}  // namespace

Result<void> check_bearer(const http::Request& request) {
    if (!has_bearer(request)) {
        return Error{Code::unauthenticated, "no_authorization", "This endpoint requires a valid Bearer token"};
    }
    if (const auto* rejected = request.attached<RejectedToken>()) {
        if (rejected->error.code == Code::unavailable) return rejected->error;
        return Error{Code::permission_denied, "bad_jwt",
                     "invalid JWT: unable to parse or verify signature, " + rejected->error.message};
    }
    return {};
}

Result<Caller> caller_of(const http::Request& request) {
    const auto token = check_bearer(request);
    if (!token) return token.error();
    const auto caller = signed_in(request);
    if (!caller) return Error{Code::permission_denied, "bad_jwt", "invalid claim: missing sub claim"};
    return *caller;
}

Result<Caller> require_session(const http::Request& request) {
    const auto user = require_user(request);
    if (!user) return user.error();
    const auto caller = signed_in(request);
    if (!caller) return Error{Code::unauthenticated, "unauthenticated", "The token belongs to no session"};
    return *caller;
}

}  // namespace tt::auth::api
