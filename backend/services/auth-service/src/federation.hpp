#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/custom_providers.hpp"
#include "services/auth-service/src/oauth_clients.hpp"
#include "services/auth-service/src/oauth_server.hpp"
#include "services/auth-service/src/provider_sign_in.hpp"
#include "services/auth-service/src/providers.hpp"

namespace tt::auth {

/// Signing in across platforms: this one for others (OAuth server), and others for this one (providers).
class Federation {
public:
    Federation(const AccountParts& parts, const SigningKeys& keys, Flows& flows, const crypto::Envelope& envelope,
               http::Client& client)
        : clients_(parts.database, parts.revocations, parts.clock),
          server_(parts, clients_, keys),
          documents_(client, parts.clock, parts.config.allowed_peers()),
          custom_providers_(parts.database, envelope, documents_, parts.clock, parts.config),
          providers_(documents_, custom_providers_, parts.clock, parts.config.providers,
                     parts.config.issuer() + "/callback"),
          provider_sign_in_(parts, flows, providers_, envelope) {}

    OauthClients& clients() { return clients_; }
    OauthServer& server() { return server_; }
    CustomProviders& custom_providers() { return custom_providers_; }
    const Providers& providers() const { return providers_; }
    ProviderSignIn& provider_sign_in() { return provider_sign_in_; }
    /// Removes what nobody can use any more.
    Task<void> clean_up() {
        co_await server_.clean_up();
        co_await provider_sign_in_.clean_up();
    }

private:
    OauthClients clients_;
    OauthServer server_;
    ProviderDocuments documents_;
    CustomProviders custom_providers_;
    Providers providers_;
    ProviderSignIn provider_sign_in_;
};

}  // namespace tt::auth
