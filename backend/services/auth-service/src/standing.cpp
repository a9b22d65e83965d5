#include "services/auth-service/src/standing.hpp"

#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth {
namespace {

Result<void> check_caller(const std::optional<UserRow>& user, const std::optional<SessionRow>& session, Time now) {
    if (!user) return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    if (!session) {
        return Error{Code::permission_denied, "session_not_found",
                     "Session from session_id claim in JWT does not exist"};
    }
    if (user->is_banned(now)) return Error{Code::permission_denied, "user_banned", "User is banned"};
    return {};
}

std::vector<db::Statement> look_at_caller(const Caller& caller) {
    std::vector<db::Statement> statements;
    statements.push_back({sql::find_user, db::make_params(caller.user_id)});
    statements.push_back({sql::find_session, db::make_params(caller.user_id, caller.session_id)});
    return statements;
}

}  // namespace

Task<Result<Standing>> standing_of(db::Tx& tx, Caller caller, Time now) {
    auto statements = look_at_caller(caller);
    statements.push_back({sql::has_verified_factor, db::make_params(caller.user_id)});
    const auto rows = co_await tx.batch(std::move(statements));
    auto user = rows[0].maybe<UserRow>();
    auto session = rows[1].maybe<SessionRow>();
    const auto checked = check_caller(user, session, now);
    if (!checked) co_return checked.error();
    co_return Standing{std::move(*user), std::move(*session), rows[2].one<bool>()};
}

Task<Result<UserView>> standing_view_of(db::Tx& tx, Caller caller, Time now) {
    auto statements = look_at_caller(caller);
    statements.push_back({sql::identities_of, db::make_params(caller.user_id)});
    statements.push_back({sql::factors_of, db::make_params(caller.user_id)});
    const auto rows = co_await tx.batch(std::move(statements));
    auto user = rows[0].maybe<UserRow>();
    const auto session = rows[1].maybe<SessionRow>();
    const auto checked = check_caller(user, session, now);
    if (!checked) co_return checked.error();
    co_return UserView{std::move(*user), rows[2].many<IdentityRow>(), rows[3].many<FactorView>()};
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
