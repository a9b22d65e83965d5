#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/crypto/jwk.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

struct IdTokenRules {
    std::string issuer;
    std::string other_issuer{};          // some providers go by two names (Google); "": none
    std::vector<std::string> audiences;  // one of them must be meant
    std::optional<std::string> nonce{};  // must be exactly this one
    std::string access_token{};          // at_hash must fit it, when the token has one
    platform::Time now{};
};

/// The claims of an ID token (OpenID Connect Core §3.1.3.7): signature by a key of the provider that allows its
/// algorithm, issuer, audience and azp, times (30 s tolerance), nonce, at_hash. Only signatures: no HMAC, no "none".
/// Error: bad_id_token; the message says which check failed.
platform::Result<boost::json::object> verify_id_token(std::string_view token,
                                                      const std::vector<platform::crypto::VerificationKey>& keys,
                                                      const IdTokenRules& rules);
/// A text claim of a token that nobody has verified yet; trust nothing of it.
std::string peek_claim(std::string_view token, std::string_view name);

}  // namespace tt::auth
