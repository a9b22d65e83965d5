#pragma once

#include "platform/crypto/jwks.hpp"
#include "shared/middleware/revocation_set.hpp"
#include "shared/types/api_key.hpp"

#include <functional>

namespace tt {

/// The issuer itself, for the process that holds auth.
struct IssuerSources {
    crypto::JwksSource& keys;
    RevocationSource& revocations;
    ApiKeySource& api_keys;
    std::function<void()> on_changed_keys{};  ///< another process has changed the signing keys
};

/// The channel of the site's database on which auth announces changes; payload "revocations" or "keys".
inline constexpr const char* issuer_channel = "tt_issuer";

// The same over HTTP. The last two are for the platform's own processes.
inline constexpr const char* jwks_path = "/auth/v1/.well-known/jwks.json";
inline constexpr const char* revocations_path = "/internal/v1/revocations";
inline constexpr const char* api_key_check_path = "/internal/v1/api-key-checks";

/// Body of a request to api_key_check_path.
struct ApiKeyCheck {
    Uuid key_id;
    std::string secret_hash;  ///< hexadecimal
};
BOOST_DESCRIBE_STRUCT(ApiKeyCheck, (), (key_id, secret_hash))

}  // namespace tt
