#include "services/auth-service/src/api/caller.hpp"

#include "platform/http/headers.hpp"
#include "shared/middleware/authenticate.hpp"

namespace tt::auth::api {
namespace {

constexpr std::string_view scheme = "bearer ";
constexpr std::string_view no_user_id_message = "invalid claim: sub is no user id";  // of principal_of()

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
        if (rejected->error.message == no_user_id_message) {
            return Error{Code::invalid_argument, "bad_jwt", "invalid claim: sub claim must be a UUID"};
        }
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

std::optional<Caller> caller_of_expired(const http::Request& request, const AuthService& auth) {
    if (!has_bearer(request)) return std::nullopt;
    const AuthConfig& config = auth.config();
    const auto keys = crypto::KeySet::parse(auth.keys().jwks());
    crypto::JwtPolicy policy{.issuer = config.issuer(), .audience = "authenticated"};
    policy.clock_skew = std::chrono::seconds(config.refresh_absolute_s);  // no session is older
    const std::string_view token = request.header("authorization").substr(scheme.size());
    const auto claims = crypto::verify_jwt(token, keys.value(), policy, auth.clock().now());
    if (!claims) return std::nullopt;
    const auto* session = claims->members.if_contains("session_id");
    const auto user_id = UserId::parse(claims->subject);
    if (!user_id || !session || !session->is_string()) return std::nullopt;
    const auto session_id = SessionId::parse(session->get_string());
    return session_id ? std::optional(Caller{*user_id, *session_id}) : std::nullopt;
}

Result<Caller> require_session(const http::Request& request) {
    const auto user = require_user(request);
    if (!user) return user.error();
    const auto caller = signed_in(request);
    if (!caller) return Error{Code::unauthenticated, "unauthenticated", "The token belongs to no session"};
    return *caller;
}

}  // namespace tt::auth::api
