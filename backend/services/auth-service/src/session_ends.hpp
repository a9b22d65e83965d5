#pragma once

#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/store/sessions.hpp"

namespace tt::auth {

/// No code that is to become a session waits longer: what looks for waiting ones looks no further back.
inline constexpr std::chrono::hours waiting_code_memory{1};

/// Ends the person's sessions, all but `kept` (a session or, when all are meant, nothing), with their access tokens and
/// the codes that wait to become one: a sign-in that was proven before must not come in after. The number of them.
Task<std::size_t> end_sessions(db::Tx& tx, Revocations& revocations, UserId user_id, SessionId kept, Time now);

}  // namespace tt::auth
