#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/oauth_clients.hpp"
#include "services/auth-service/src/oauth_server.hpp"

namespace tt::auth {

/// Signing in across platforms: this one for others (OAuth server), and others for this one (providers).
class Federation {
public:
    Federation(const AccountParts& parts, const SigningKeys& keys)
        : clients_(parts.database, parts.revocations, parts.clock), server_(parts, clients_, keys) {}

    OauthClients& clients() { return clients_; }
    OauthServer& server() { return server_; }
    /// Removes what nobody can use any more.
    Task<void> clean_up() { return server_.clean_up(); }

private:
    OauthClients clients_;
    OauthServer server_;
};

}  // namespace tt::auth
