#pragma once

#include "platform/core/result.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/store/oauth.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What somebody says about a client; empty members leave it as it is, or take the default of a new one.
struct OauthClientWish {
    std::optional<std::vector<std::string>> redirect_uris{};
    std::optional<std::vector<std::string>> grant_types{};
    std::optional<std::string> name{};
    std::optional<std::string> uri{};
    std::optional<std::string> logo_uri{};
    std::optional<std::string> client_type{};
    std::optional<std::string> token_endpoint_auth_method{};
    std::optional<bool> is_first_party{};

    bool is_empty() const;
};

/// A client, and its secret the only time it can be seen.
struct OauthClientSecret {
    OauthClientRow client;
    std::string secret;  // "" for public clients
};

struct OauthClientPage {
    std::vector<OauthClientRow> clients;
    std::uint64_t total = 0;
};

/// Programs that people may sign in to with their account here.
class OauthClients {
public:
    OauthClients(db::Database database, Revocations& revocations, const Clock& clock);

    /// `actor` empty: the client registered itself. Error: validation_failed (400).
    Task<Result<OauthClientSecret>> create(std::optional<AdminActor> actor, OauthClientWish wish);
    Task<OauthClientPage> list(std::uint64_t limit, std::uint64_t offset);
    /// Error: oauth_client_not_found (404); so for all below.
    Task<Result<OauthClientRow>> find(Uuid id);
    /// Error: validation_failed (400).
    Task<Result<OauthClientRow>> change(AdminActor actor, Uuid id, OauthClientWish wish);
    /// Ends the sessions and consents it had.
    Task<Result<void>> remove(AdminActor actor, Uuid id);
    /// The old secret is void at once. Error: validation_failed (400) for a public client.
    Task<Result<OauthClientSecret>> renew_secret(AdminActor actor, Uuid id);
    /// The client of these credentials. `method` is how they were sent. Error: invalid_client (401), whatever is wrong.
    Task<Result<OauthClientRow>> authenticate(std::string client_id, std::string secret, std::string method);

private:
    Task<void> end_what_it_has(db::Tx& tx, Uuid id);
    Task<void> note(db::Tx& tx, std::optional<AdminActor> actor, Uuid id, std::string what);

    db::Database database_;
    Revocations& revocations_;
    const Clock& clock_;
};

}  // namespace tt::auth
