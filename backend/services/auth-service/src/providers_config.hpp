#pragma once

#include "platform/config/config.hpp"

#include <boost/describe/class.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// One identity provider. Enabled by a client_id. What is empty is taken from the preset (Google, GitHub, Apple,
/// Facebook) or, for OpenID Connect, from the issuer's discovery document.
struct ProviderConfig {
    std::string name;  ///< of the generic provider only: what ?provider= says
    std::string client_id;
    platform::config::Secret secret;
    std::vector<std::string> more_client_ids;  ///< further audiences of ID tokens: the apps of the same project
    std::string issuer;
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string userinfo_endpoint;
    std::string jwks_uri;
    std::string scopes;  ///< separated by spaces
};
BOOST_DESCRIBE_STRUCT(ProviderConfig, (),
                      (name, client_id, secret, more_client_ids, issuer, authorization_endpoint, token_endpoint,
                       userinfo_endpoint, jwks_uri, scopes))

/// Sections [auth_google], [auth_github], [auth_apple], [auth_facebook], [auth_oidc], and [auth_linking].
struct ProvidersConfig {
    ProviderConfig google{};
    ProviderConfig github{};
    ProviderConfig apple{};
    ProviderConfig facebook{};
    ProviderConfig oidc{};
};

/// Section [auth_custom_providers]: those that administrators add.
struct CustomProvidersConfig {
    bool is_enabled = true;
    /// How many there may be. Nobody offers a page with more buttons.
    unsigned max_providers = 100;
};
BOOST_DESCRIBE_STRUCT(CustomProvidersConfig, (), (is_enabled, max_providers))

/// Section [auth_linking].
struct LinkingConfig {
    /// Whether a signed-in person may add an identity of a provider to their account.
    bool manual = false;
};
BOOST_DESCRIBE_STRUCT(LinkingConfig, (), (manual))

}  // namespace tt::auth
