#pragma once

#include "services/auth-service/src/domain/claim_rules.hpp"
#include "services/auth-service/src/domain/provider_preset.hpp"
#include "services/auth-service/src/providers_config.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// A provider as signing in needs it, whether the configuration names it or an administrator added it.
struct ProviderSetup {
    std::string name;
    ProviderKind kind = ProviderKind::oidc;
    bool is_enabled = true;
    std::string client_id;
    std::string secret;
    std::vector<std::string> more_client_ids{};  // further audiences of ID tokens
    std::string issuer{};
    std::string other_issuer{};
    std::string discovery_url{};  // with OpenID Connect, where what is empty here is found
    std::string authorization_endpoint{};
    std::string token_endpoint{};
    std::string userinfo_endpoint{};
    std::string jwks_uri{};
    std::string scopes{};  // separated by spaces
    bool posts_callback = false;
    bool uses_pkce = true;
    bool checks_nonce = true;
    bool is_email_optional = false;
    boost::json::object authorization_params{};  // text members of every request
    ClaimRules claims{};
};

/// Where an issuer tells about itself (OpenID Connect Discovery §4).
std::string discovery_url_of(std::string issuer);

/// What the configuration says, and else the preset.
ProviderSetup setup_of(const ProviderPreset& preset, const ProviderConfig& config);

}  // namespace tt::auth
