#pragma once

#include "platform/core/result.hpp"
#include "platform/crypto/envelope.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/signing_keys.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/sessions.hpp"

#include <string>

namespace tt::auth {

/// Tokens as handed to a client.
struct IssuedSession {
    std::string access_token;
    std::int64_t expires_in = 0;  // seconds
    std::int64_t expires_at = 0;  // Unix seconds
    std::string refresh_token;
    std::int64_t refresh_token_expires_in = 0;  // seconds
    UserView view;
};

enum class LogoutScope { global, local, others };

/// How a session came to be; a handed-over one inherits all of it.
struct Authentication {
    std::string aal = "aal1";
    std::string amr;  // JSON text
    Time at{};
};

/// Signed-in devices: begin, refresh with rotation and reuse detection, end.
class Sessions {
public:
    Sessions(db::Database database, const SigningKeys& keys, const crypto::Envelope& envelope, const Clock& clock,
             const AuthConfig& config);

    /// Begins a session in the caller's transaction and records the sign-in.
    Task<IssuedSession> open(db::Tx& tx, UserId user_id, Authentication how, Device device);
    /// `method` is an amr method of auth.md §1.12; the proof is of now.
    Task<IssuedSession> open(db::Tx& tx, UserId user_id, std::string method, Device device);

    /// Errors (400): refresh_token_not_found, refresh_token_already_used, session_expired, user_banned,
    /// validation_failed. Never one of these for an outage: that throws.
    Task<Result<IssuedSession>> refresh(std::string token);

    /// Ending what has ended already is no error.
    Task<void> end(UserId user_id, SessionId session_id, LogoutScope scope);
    Task<std::optional<SessionRow>> find(UserId user_id, SessionId session_id);
    /// Removes what nobody can use any more.
    Task<void> clean_up();

private:
    Task<IssuedSession> issue(db::Tx& tx, UserRow user, SessionRow session, std::string refresh_key);
    std::string seal_context(const SessionRow& session) const;
    Result<void> check_living(const SessionRow& session, const UserRow& user) const;
    Task<Result<IssuedSession>> refresh_once(std::string token, bool& lost_race);

    db::Database database_;
    const SigningKeys& keys_;
    const crypto::Envelope& envelope_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
