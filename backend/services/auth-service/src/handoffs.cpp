#include "services/auth-service/src/handoffs.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/one_time_secret.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth {
namespace {

Error invalid_handoff() {
    return Error{Code::invalid_argument, "handoff_invalid", "The code is wrong, used or older than a minute"};
}

}  // namespace

Handoffs::Handoffs(db::Database database, Sessions& sessions, const Clock& clock)
    : database_(std::move(database)), sessions_(sessions), clock_(clock) {}

Task<Result<std::string>> Handoffs::create(Caller caller) {
    const auto session = co_await sessions_.find(caller.user_id, caller.session_id);
    if (!session) co_return Error{Code::unauthenticated, "session_not_found", "The session has ended"};
    // A session of somebody who acts as the person is short; a handed-over one would not be.
    if (session->act_user) {
        co_return Error{Code::permission_denied, "not_while_impersonating", "Only the person can do this"};
    }
    const std::string code = make_link_secret(caller.user_id.value);
    const db::Bytea hash{crypto::sha256(code)};
    const Time expires_at = clock_.now() + lifetime;
    co_await database_.execute(sql::insert_handoff, caller.user_id, hash, caller.session_id, expires_at);
    co_return code;
}

Task<Result<IssuedSession>> Handoffs::exchange(std::string code, Device device) {
    const auto owner = owner_of_link_secret(code);
    if (!owner) co_return invalid_handoff();
    const UserId user_id{*owner};
    const db::Bytea hash{crypto::sha256(code)};
    db::Tx tx = co_await database_.begin();
    // The account before its codes, as everywhere; and nobody bans or removes it meanwhile.
    std::vector<db::Statement> statements;
    statements.push_back({sql::lock_user, db::make_params(user_id)});
    statements.push_back({sql::take_handoff, db::make_params(user_id, hash)});
    const auto done = co_await tx.batch(std::move(statements));
    const auto user = done[0].maybe<UserRow>();
    const auto handoff = done[1].maybe<HandoffRow>();
    if (!handoff || handoff->expires_at <= clock_.now()) co_return invalid_handoff();
    const auto session = co_await store::find_session(tx, user_id, handoff->session_id);
    if (!session || !user || !user->may_sign_in(clock_.now())) co_return invalid_handoff();
    // The same sign-in at another site: it began when it began, and ends when it would have.
    const Authentication how{.aal = session->aal,
                             .amr = session->amr.text,
                             .at = session->authenticated_at,
                             .context = *session,
                             .began_at = session->created_at,
                             .not_after = session->not_after};
    auto issued = co_await sessions_.open(tx, user_id, how, device);
    co_await record(tx, {.action = action::session_handed_off,
                         .actor = user_id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .target = to_string(handoff->session_id)});
    co_await tx.commit();
    log::info("session_handed_off", {{"user_id", to_string(user_id)}});
    co_return co_await sessions_.finish(std::move(issued));
}

}  // namespace tt::auth
