#pragma once

#include "platform/webauthn/relying_party.hpp"

#include <string>
#include <vector>

namespace tt::auth {

/// What the relying party is made of when nothing is set.
struct SiteAddresses {
    std::string site_url;
    std::vector<std::string> other_origins;
};

/// For whom WebAuthn credentials are made. `id` and `origins` may be empty: then the id is the site's host, or
/// "localhost" for an IP address, on which browsers make no credentials; and the origins are the sites' on that host or
/// below it (an IP address counts as localhost, on its port). Pure.
platform::webauthn::RelyingParty credential_party(const SiteAddresses& sites, std::string id, std::string name,
                                                  std::vector<std::string> origins);

}  // namespace tt::auth
