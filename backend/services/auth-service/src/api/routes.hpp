#pragma once

#include "platform/http/router.hpp"
#include "services/auth-service/src/api/redirects.hpp"
#include "services/auth-service/src/service.hpp"

namespace tt::auth::api {

/// POST /signup, POST /token
void mount_sign_in(http::Router& router, AuthService& auth);
/// GET and PUT /user, its identities and e-mail change, POST /logout, /sessions
void mount_account(http::Router& router, AuthService& auth);
/// POST /otp, /magiclink, /recover, /resend, GET /reauthenticate
void mount_code_requests(http::Router& router, AuthService& auth);
/// POST and GET /verify
void mount_confirmation(http::Router& router, AuthService& auth);
/// GET /.well-known/jwks.json, /settings, /health
void mount_information(http::Router& router, AuthService& auth);
/// POST /api/v1/session-handoff, /api/v1/session-handoff/exchange, /api/v1/admin/claim
void mount_own(http::Router& router, AuthService& auth);

/// /api/v1/api-keys
void mount_api_keys(http::Router& router, AuthService& auth);
/// What other processes of the platform ask the issuer: /internal/v1/revocations, /internal/v1/api-key-checks
void mount_internal(http::Router& router, AuthService& auth);

}  // namespace tt::auth::api
