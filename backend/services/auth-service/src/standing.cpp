#include "services/auth-service/src/standing.hpp"

namespace tt::auth {

Task<Result<Standing>> standing_of(db::Tx& tx, Caller caller, Time now) {
    auto session = co_await store::find_session(tx, caller.user_id, caller.session_id);
    auto user = co_await store::find_user(tx, caller.user_id);
    if (!user) {
        co_return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    }
    if (!session) {
        co_return Error{Code::permission_denied, "session_not_found",
                        "Session from session_id claim in JWT does not exist"};
    }
    if (user->is_banned(now)) co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    const bool has_factor = co_await store::has_verified_factor(tx, caller.user_id);
    co_return Standing{std::move(*user), std::move(*session), has_factor};
}

Result<void> may_change_credentials(const Standing& standing, const AuthConfig& config, Time now) {
    if (standing.user.is_anonymous) {
        return Error{Code::permission_denied, "no_authorization",
                     "Anonymous user not allowed to perform these actions"};
    }
    if (standing.has_second_factor && !standing.is_aal2()) {
        return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required to change how to sign in"};
    }
    const bool is_fresh = now - standing.session.authenticated_at <= std::chrono::seconds(config.fresh_sign_in_s);
    if (config.change_needs_proof && !is_fresh) {
        return Error{Code::invalid_argument, "reauthentication_needed", "Sign in again to change how to sign in"};
    }
    return {};
}

}  // namespace tt::auth
