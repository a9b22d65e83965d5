#pragma once

#include "platform/core/result.hpp"
#include "platform/crypto/envelope.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/limits.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/signing_keys.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/sessions.hpp"

#include <string>
#include <vector>

namespace tt::auth {

/// Tokens as handed to a client.
struct IssuedSession {
    SessionId session_id{};
    std::string access_token;
    std::int64_t expires_in = 0;  // seconds
    std::int64_t expires_at = 0;  // Unix seconds
    std::string refresh_token;
    std::int64_t refresh_token_expires_in = 0;  // seconds
    UserView view;
    /// What the identity provider gave for the client, if it was one that signed in.
    std::string provider_token{};
    std::string provider_refresh_token{};
    /// Why the password that was just right would not be accepted as a new one: length, characters, pwned.
    std::vector<std::string> weak_password_reasons{};
    /// The value of the cookie that makes this browser known to the account; empty: leave it alone.
    std::string devices{};
    bool is_https = false;  // whether that cookie may travel in https only
    /// Set instead of access_token while a custom_access_token hook has to be asked: see Sessions::finish.
    boost::json::object unsigned_claims{};
    std::string amr_method{};
};

/// Who calls, proven by a living session.
struct Caller {
    UserId user_id;
    SessionId session_id;
};

enum class LogoutScope { global, local, others };

/// How a session came to be; a handed-over one inherits all of it.
struct Authentication {
    std::string aal = "aal1";
    std::string amr;  // JSON text
    Time at{};
    SessionContext context{};
    /// Of a sign-in that goes on in another session: when it began, and when it ends at the latest.
    std::optional<Time> began_at{};
    std::optional<Time> not_after{};
};

/// A living session for its owner's list.
struct SessionView {
    SessionId id;
    std::string user_agent;
    std::string ip;
    std::string aal;
    Time created_at{};
    Time refreshed_at{};
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (id, user_agent, ip, aal, created_at, refreshed_at))

/// Signed-in devices: begin, refresh with rotation and reuse detection, end.
class Sessions {
public:
    Sessions(db::Database database, const SigningKeys& keys, const crypto::Envelope& envelope, Hooks& hooks,
             Revocations& revocations, Limits& limits, const Clock& clock, const AuthConfig& config);

    /// Begins a session in the caller's transaction and records the sign-in.
    Task<IssuedSession> open(db::Tx& tx, UserId user_id, Authentication how, Device device);
    /// `method` is an amr method of auth.md §1.12; the proof is of now.
    Task<IssuedSession> open(db::Tx& tx, UserId user_id, std::string method, Device device);

    /// Raises the caller's session to aal2 after a second proof, which `amr_method` names. The counter moves by two, so
    /// that the refresh token of before cannot be taken for a parent of the new one; the person's other aal1 sessions
    /// end. Errors: session_not_found (403).
    Task<Result<IssuedSession>> step_up(db::Tx& tx, Caller caller, std::string amr_method, Device device);

    /// To be called with what open() and step_up() gave, after the commit: asks the custom_access_token hook, if there
    /// is one, and signs. Errors: those of the hook.
    Task<Result<IssuedSession>> finish(IssuedSession issued);

    /// Errors (400): refresh_token_not_found, refresh_token_already_used, session_expired, user_banned,
    /// validation_failed; over_request_rate_limit (429) per session. Never one of these for an outage: that throws.
    /// `client_id` is the OAuth client that asks; a session that was opened for another one, or for none, is not found.
    Task<Result<IssuedSession>> refresh(std::string token, std::optional<Uuid> client_id = std::nullopt);

    /// Ending what has ended already is no error. Access tokens die with their sessions, here and everywhere. Other
    /// sessions than the caller's own end only when that one lives and is the person's, not of somebody who acts as
    /// them.
    Task<void> end(UserId user_id, SessionId session_id, LogoutScope scope, Device device = {});
    Task<void> end_all(UserId user_id);
    /// All but one, in the caller's transaction: after a change of password or address.
    Task<void> end_others(db::Tx& tx, UserId user_id, SessionId kept);
    /// Ends those that a passkey opened or was handed on to: the rows do not say which passkey.
    Task<void> end_with_passkey(db::Tx& tx, UserId user_id);
    Task<std::optional<SessionRow>> find(UserId user_id, SessionId session_id);
    /// The person's living sessions, the latest used first.
    Task<std::vector<SessionView>> list(UserId user_id);
    /// Whether there was such a session. `entry` says who ends it.
    Task<bool> end_one(UserId user_id, SessionId session_id, AuditEntry entry);
    /// The same for all of the person's; the number of them.
    Task<std::size_t> end_every(UserId user_id, AuditEntry entry);
    /// Removes what nobody can use any more.
    Task<void> clean_up();

private:
    Task<IssuedSession> issue(db::Tx& tx, UserRow user, SessionRow session, std::string refresh_key);
    AccessClaims claims_of(const UserRow& user, const SessionRow& session, Time now) const;
    std::string seal_context(const SessionRow& session) const;
    std::string open_refresh_key(const SessionRow& session) const;
    Result<void> check_age(const SessionRow& session) const;
    Task<Result<void>> check_limits(db::Tx& tx, const SessionRow& session, const UserRow& user) const;
    Task<Result<IssuedSession>> rotate(std::string token, std::optional<Uuid> client_id);
    Task<Result<void>> advance(db::Tx& tx, SessionRow& session, std::uint64_t counter);
    Task<void> end_reused(db::Tx& tx, const SessionRow& session);
    Task<std::size_t> end_own(db::Tx& tx, UserId user_id, SessionId session_id);
    bool is_living_and_own(const std::optional<SessionRow>& session) const;

    db::Database database_;
    const SigningKeys& keys_;
    const crypto::Envelope& envelope_;
    Hooks& hooks_;
    Revocations& revocations_;
    Limits& limits_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
