#pragma once

#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/sessions.hpp"

#include <vector>

namespace tt::auth {

/// Who calls, and how well they have proven it, as the database has it now: a token may be older.
struct Standing {
    UserRow user;
    SessionRow session;
    bool has_second_factor = false;

    bool is_aal2() const { return session.aal == "aal2"; }
};

/// Errors (403): session_not_found, user_not_found, user_banned.
Task<Result<Standing>> standing_of(db::Tx& tx, Caller caller, Time now);
/// The same, with all that the wire shows of the person.
Task<Result<UserView>> standing_view_of(db::Tx& tx, Caller caller, Time now);

/// Whether the caller may add or remove ways to sign in: an anonymous account has none to protect, somebody with a
/// second factor must have used it (ASVS 6.4.3: also after a recovery), and the proof must be fresh (ASVS 7.5.1; not
/// with change_needs_proof off). Errors: no_authorization (403), insufficient_aal (403), reauthentication_needed (400).
Result<void> may_change_credentials(const Standing& standing, const AuthConfig& config, Time now);

}  // namespace tt::auth
