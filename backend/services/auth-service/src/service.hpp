#pragma once

#include "platform/app/service.hpp"
#include "platform/crypto/envelope.hpp"
#include "platform/crypto/password.hpp"
#include "services/auth-service/src/account_changes.hpp"
#include "services/auth-service/src/accounts.hpp"
#include "services/auth-service/src/admin_claims.hpp"
#include "services/auth-service/src/administration.hpp"
#include "services/auth-service/src/api_keys.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/code_requests.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/confirmations.hpp"
#include "services/auth-service/src/federation.hpp"
#include "services/auth-service/src/flows.hpp"
#include "services/auth-service/src/handoffs.hpp"
#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/limits.hpp"
#include "services/auth-service/src/lockout.hpp"
#include "services/auth-service/src/multi_factor.hpp"
#include "services/auth-service/src/passwords.hpp"
#include "services/auth-service/src/people.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/sessions.hpp"
#include "services/auth-service/src/signing_keys.hpp"
#include "services/auth-service/src/user_migration.hpp"
#include "shared/middleware/issuer_sources.hpp"

#include <string>
#include <string_view>

namespace tt::auth {

/// Accounts and sessions of both sites: the only issuer of tokens. Wire: GoTrue's (docs/api/auth.md).
///
/// What it is given outlives it. start() must have run before the first request: it loads or makes the signing key.
class AuthService final : public app::Service {
public:
    /// `database` acts as svc_auth on the site database. It has a client of its own, which calls whom the configuration
    /// allows: everything it asks by HTTP is somebody else's.
    AuthService(db::Database database, const crypto::Envelope& envelope, crypto::PasswordHasher& hasher,
                mail::Mailer& mailer, Runtime& runtime, const Clock& clock, AuthConfig config);

    std::string_view name() const override { return "auth"; }
    void mount(http::Router& router) override;
    void subscribe(events::Bus& bus) override;
    void work(jobs::Worker& worker) override;
    void schedule(jobs::Scheduler& scheduler) override;
    Task<void> start() override;

    /// For whoever verifies tokens in this process.
    IssuerSources issuer_sources();
    crypto::JwksSource& jwks_source() { return keys_; }
    /// A one-time token; the link is {site_url}/admin/claim?token=…, good for a day. Earlier unused links are void.
    Task<std::string> create_admin_claim() { return admin_claims_.create(); }
    /// Whether an administrator was ever made this way: then no link needs to be printed.
    Task<bool> has_administrator() { return admin_claims_.was_ever_used(); }

    const AuthConfig& config() const { return config_; }
    const Clock& clock() const { return clock_; }
    const SigningKeys& keys() const { return keys_; }
    SigningKeys& signing_keys() { return keys_; }
    Passwords& passwords() { return passwords_; }
    Lockout& lockout() { return lockout_; }
    Limits& limits() { return limits_; }
    Accounts& accounts() { return accounts_; }
    Hooks& hooks() { return hooks_; }
    Revocations& revocations() { return revocations_; }
    ApiKeys& api_keys() { return api_keys_; }
    Sessions& sessions() { return sessions_; }
    AuthMails& mails() { return mails_; }
    AccountChanges& account_changes() { return account_changes_; }
    CodeRequests& code_requests() { return code_requests_; }
    Confirmations& confirmations() { return confirmations_; }
    Flows& flows() { return flows_; }
    Handoffs& handoffs() { return handoffs_; }
    AdminClaims& admin_claims() { return admin_claims_; }
    Administration& administration() { return administration_; }
    Federation& federation() { return federation_; }
    MultiFactor& multi_factor() { return multi_factor_; }
    People& people() { return people_; }
    /// For services in this process.
    AccountDirectory& account_directory() { return people_.directory(); }
    UserMigration& migration() { return migration_; }

private:
    AccountParts account_parts(const db::Database& database);

    AuthConfig config_;
    const Clock& clock_;
    http::Client client_;
    Lockout lockout_;
    Limits limits_;
    SigningKeys keys_;
    Hooks hooks_;
    Passwords passwords_;
    Revocations revocations_;
    ApiKeys api_keys_;
    Sessions sessions_;
    OneTimeCodes codes_;
    AuthMails mails_;
    PhoneCodes phones_;
    Flows flows_;
    Accounts accounts_;
    AccountChanges account_changes_;
    CodeRequests code_requests_;
    Confirmations confirmations_;
    Handoffs handoffs_;
    AdminClaims admin_claims_;
    Administration administration_;
    Federation federation_;
    MultiFactor multi_factor_;
    People people_;
    UserMigration migration_;
};

}  // namespace tt::auth
