#pragma once

#include "platform/core/result.hpp"
#include "services/auth-service/src/domain/provider_person.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// What an administrator wants made of the claims of a provider.
struct ClaimRules {
    /// Claim of ours to a claim of theirs (text), or to a value that everybody of that provider has.
    boost::json::object mapping{};
    /// Claims of theirs that are kept as they are, in `custom_claims` of the identity.
    std::vector<std::string> kept{};
};

/// Error: validation_failed (400) for a mapping that would let a provider say what only we may say: who somebody is
/// here, their role, what is confirmed.
platform::Result<void> check_claim_rules(const ClaimRules& rules);

/// The person of an ID token's claims or of a userinfo answer, under these rules. An address that comes from another
/// claim than the one the provider vouches for is not verified. Error: bad_oauth_callback without a subject.
platform::Result<ProviderPerson> person_of_claims(const std::string& provider, const boost::json::object& claims,
                                                  const ClaimRules& rules);

}  // namespace tt::auth
