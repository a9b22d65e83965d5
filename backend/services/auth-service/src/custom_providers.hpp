#pragma once

#include "platform/crypto/envelope.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/custom_provider_wish.hpp"
#include "services/auth-service/src/provider_documents.hpp"
#include "services/auth-service/src/provider_setup.hpp"
#include "services/auth-service/src/store/custom_providers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// Identity providers that administrators add (GoTrue's /admin/custom-providers): OAuth 2 or OpenID Connect.
///
/// Every sign-in reads the row anew, so a change counts at once and everywhere. An identity is (identifier, subject):
/// whoever gives a removed identifier to another provider gives that one the accounts.
class CustomProviders {
public:
    CustomProviders(db::Database database, const crypto::Envelope& envelope, ProviderDocuments& documents,
                    const Clock& clock, const AuthConfig& config);

    static bool is_identifier(std::string_view text) { return is_custom_identifier(text); }

    /// OpenID Connect's discovery document is fetched and kept with it. Errors: validation_failed, conflict,
    /// over_custom_provider_quota (400).
    Task<Result<CustomProviderRow>> create(AdminActor actor, CustomProviderWish wish);
    /// `type` is oauth2, oidc or "" for both; the newest first.
    Task<std::vector<CustomProviderRow>> list(std::string type);
    /// Error: custom_provider_not_found (404); so for all below.
    Task<Result<CustomProviderRow>> find(std::string identifier);
    /// Type and identifier are for good. Errors: validation_failed (400), conflict (409) when somebody else gave it
    /// another issuer meanwhile.
    Task<Result<CustomProviderRow>> change(AdminActor actor, std::string identifier, CustomProviderWish wish);
    Task<Result<void>> remove(AdminActor actor, std::string identifier);

    /// What signing in needs; nothing for an unknown one, or where custom providers are off.
    Task<std::optional<ProviderSetup>> setup(std::string identifier);

private:
    Task<Result<json::Raw>> discover(std::string issuer, std::string url);
    Task<void> note(db::Tx& tx, AdminActor actor, Uuid id, std::string identifier, std::string what);
    db::Bytea seal(const CustomProviderRow& provider, const std::string& secret) const;

    db::Database database_;
    const crypto::Envelope& envelope_;
    ProviderDocuments& documents_;
    const Clock& clock_;
    const AuthConfig& config_;
    AllowedPeers peers_;
};

}  // namespace tt::auth
