#include "services/auth-service/src/store/sessions.hpp"

#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth::store {

db::Statement insertion_of(const SessionRow& session, const Device& device) {
    return {sql::insert_session,
            db::make_params(session.user_id, session.id, session.refresh_key, session.aal, session.amr,
                            device.user_agent, device.ip, session.authenticated_at, session.created_at,
                            session.refreshed_at, session.not_after, session.org_id, session.org_role, session.act_user,
                            session.client_id, session.scope)};
}

Task<std::optional<SessionRow>> find_session(db::Tx& tx, UserId user_id, SessionId id) {
    return tx.maybe_one<SessionRow>(sql::find_session, user_id, id);
}

}  // namespace tt::auth::store
