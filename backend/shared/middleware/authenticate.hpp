#pragma once

#include "platform/crypto/token_verifier.hpp"
#include "platform/http/router.hpp"
#include "shared/middleware/api_key_cache.hpp"
#include "shared/middleware/revocation_set.hpp"
#include "shared/types/principal.hpp"

#include <memory>
#include <optional>

namespace tt {

/// Why a request that carried a token is treated as anonymous; only on routes that judge tokens themselves.
struct RejectedToken {
    Error error;
};

/// What the verified token of a person says beyond the Principal: by what it may be revoked.
struct KnownToken {
    Principal principal;
    std::optional<Uuid> session;
    Time issued_at{};

    bool is_of_a_person() const { return principal.user_id.has_value(); }
};

/// Verifies the bearer token of each request locally, against the issuer's cached keys and the set of what was revoked,
/// and attaches the Principal.
///
/// The token is taken from `Authorization: Bearer`, or, as supabase clients send it, from `apikey`; both also take an
/// API key (`tt_live_…`), which stands for its owner within its scopes. No token means anonymous. A token that does not
/// verify is answered 401 `bad_jwt`, except below `/auth/v1`: GoTrue's routes answer in their own words, so they get an
/// anonymous Principal and a RejectedToken. The service key is refused (403) when a browser sends it.
///
/// While the set vouches for nothing, people's tokens are answered 503: whoever signed out must not be back because a
/// process has restarted. Below `/auth/v1` sessions are judged by their rows; only what administers there is held
/// against the set, too.
class Authenticator {
public:
    /// Without `revocations` nothing counts as revoked: behind a gateway that has looked. Without `api_keys` there are
    /// none.
    Authenticator(crypto::JwksCache& jwks, crypto::JwtPolicy policy, const Clock& clock, std::size_t io_threads,
                  const RevocationSet* revocations = nullptr, ApiKeySource* api_keys = nullptr);

    http::Middleware middleware();

private:
    using Known = std::shared_ptr<const KnownToken>;

    Task<http::Response> run(http::Request& request, const http::Handler& next);
    Task<http::Response> run_api_key(http::Request& request, const http::Handler& next);
    Task<http::Response> refuse(http::Request& request, const http::Handler& next, Error error) const;
    Result<void> judge(const http::Request& request, const KnownToken& token) const;
    /// Errors: bad_jwt (401), unavailable (503).
    Result<void> check_revocation(const KnownToken& token) const;

    crypto::TokenVerifier<KnownToken> verifier_;
    const Clock& clock_;
    const RevocationSet* revocations_;
    std::unique_ptr<ApiKeyCache> api_keys_;
};

/// What the product needs of the claims. Error: bad_jwt when `sub` of a user's token is no uuid.
Result<Principal> principal_of(const crypto::Claims& claims);
/// The same, and by what the token may be revoked.
Result<KnownToken> known_token_of(const crypto::Claims& claims);

}  // namespace tt
