#pragma once

#include "platform/crypto/token_verifier.hpp"
#include "platform/http/router.hpp"
#include "shared/types/principal.hpp"

#include <memory>
#include <string>

namespace tt {

/// Why a request that carried a token is treated as anonymous; only on routes that judge tokens themselves.
struct RejectedToken {
    Error error;
};

/// Verifies the bearer token of each request locally, against the issuer's cached keys, and attaches the Principal.
///
/// The token is taken from `Authorization: Bearer`, or, as supabase clients send it, from `apikey`. No token means
/// anonymous. A token that does not verify is answered 401 `bad_jwt`, except below `/auth/v1`: GoTrue's routes answer
/// in their own words, so they get an anonymous Principal and a RejectedToken. The service key is refused (403) when a
/// browser sends it.
class Authenticator {
public:
    Authenticator(crypto::JwksCache& jwks, crypto::JwtPolicy policy, const Clock& clock, std::size_t io_threads);

    http::Middleware middleware();
    /// The principal of a token. Errors: bad_jwt (401), unavailable (503).
    Task<Result<std::shared_ptr<const Principal>>> verify(std::string token);

private:
    Task<http::Response> run(http::Request& request, const http::Handler& next);

    crypto::TokenVerifier<Principal> verifier_;
};

/// What the product needs of the claims. Error: bad_jwt when `sub` of a user's token is no uuid.
Result<Principal> principal_of(const crypto::Claims& claims);

}  // namespace tt
