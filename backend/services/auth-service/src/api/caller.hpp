#pragma once

#include "platform/http/request.hpp"
#include "services/auth-service/src/service.hpp"

namespace tt::auth::api {

/// That a bearer token came and verifies. Errors: no_authorization (401), bad_jwt (403), unavailable (503).
Result<void> check_bearer(const http::Request& request);

/// Who calls, in GoTrue's words. Errors: no_authorization (401) without a bearer token, bad_jwt (403) for one that
/// does not verify or names no user, unavailable (503).
Result<Caller> caller_of(const http::Request& request);

/// Whose session a genuine token belongs to, even when it has expired: enough to end it (auth.md §3 row 21). Nothing
/// for any other token.
std::optional<Caller> caller_of_expired(const http::Request& request, const AuthService& auth);

/// The same for our own routes, in their words: unauthenticated (401).
Result<Caller> require_session(const http::Request& request);

}  // namespace tt::auth::api
