#include "services/auth-service/src/session_ends.hpp"

#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth {

Task<std::size_t> end_sessions(db::Tx& tx, Revocations& revocations, UserId user_id, SessionId kept, Time now) {
    std::vector<db::Statement> statements;
    statements.push_back({sql::delete_other_sessions, db::make_params(user_id, kept)});
    statements.push_back({sql::forget_flows, db::make_params(user_id, now - waiting_code_memory)});
    statements.push_back({sql::forget_oauth_codes, db::make_params(user_id, now - waiting_code_memory)});
    const auto done = co_await tx.batch(std::move(statements));
    auto ended = done.front().many<SessionId>();
    const std::size_t count = ended.size();
    co_await revocations.revoke_sessions(tx, std::move(ended));
    co_return count;
}

}  // namespace tt::auth
