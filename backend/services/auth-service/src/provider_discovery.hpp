#pragma once

#include "platform/core/result.hpp"
#include "shared/types/prelude.hpp"

#include <boost/json/value.hpp>
#include <string>

namespace tt::auth {

/// Where a provider does what.
struct ProviderEndpoints {
    std::string authorization;
    std::string token;
    std::string userinfo{};
    std::string jwks{};
    bool uses_basic = false;    // the client proves itself in the header
    bool names_issuer = false;  // answers carry iss (RFC 9207)
};

/// Of a discovery document. Error: bad_oauth_callback (422) when it is none, or another issuer's (OpenID Connect
/// Discovery §4.3: whoever answers for an issuer must be that issuer).
Result<ProviderEndpoints> endpoints_in(const boost::json::value& document, const std::string& issuer);

}  // namespace tt::auth
