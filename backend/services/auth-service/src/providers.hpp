#pragma once

#include "platform/crypto/jwk.hpp"
#include "services/auth-service/src/custom_providers.hpp"
#include "services/auth-service/src/domain/id_token.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/domain/provider_person.hpp"
#include "services/auth-service/src/flows.hpp"
#include "services/auth-service/src/provider_discovery.hpp"
#include "services/auth-service/src/provider_documents.hpp"
#include "services/auth-service/src/provider_setup.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What a sign-in at a provider carries there and expects back.
struct ProviderTrip {
    std::string state;
    std::string nonce;
    std::string verifier;    // PKCE towards the provider
    std::string scopes{};    // asked for besides the usual ones
    QueryMembers members{};  // what the client wants the provider to be told: prompt, login_hint
};

/// What the provider sends back with the browser.
struct ProviderCode {
    std::string code;
    std::string issuer{};  // iss (RFC 9207), "" when there is none
    std::string user{};    // of Apple
};

struct ProviderReturn {
    ProviderPerson person;
    ProviderTokens tokens;
};

/// An ID token that a client got by itself.
struct GivenIdToken {
    std::string token;
    std::string nonce{};         // whose hash the token should have; "" when it should have none
    std::string access_token{};  // that came with it
};

/// The identity providers that are set up: Google, GitHub, Apple, Facebook and one more with OpenID Connect by the
/// configuration, and those that administrators added (custom:…).
class Providers {
public:
    Providers(ProviderDocuments& documents, CustomProviders& custom, const Clock& clock, const ProvidersConfig& config,
              std::string callback_url);

    /// Of the configuration.
    std::vector<std::string> names() const;
    /// Whether the answer comes as a form from the provider's page (Apple).
    bool posts_callback(const std::string& name) const;

    /// Where the browser goes. Errors: validation_failed (400) for a provider that is not set up; unexpected_failure.
    Task<Result<std::string>> authorization_url(std::string name, ProviderTrip trip);
    /// Swaps the provider's code for the person. Errors: bad_oauth_callback (422), unexpected_failure (500).
    Task<Result<ProviderReturn>> person_of_code(std::string name, ProviderCode code, ProviderTrip trip);
    /// The provider of the configuration whose issuer and client these are; "" for none.
    std::string name_of(const std::string& issuer, const std::string& client_id) const;
    /// Errors: bad_id_token, validation_failed, provider_disabled (400), unexpected_failure (500).
    Task<Result<ProviderPerson>> person_of_id_token(std::string name, GivenIdToken given);

private:
    const ProviderSetup* configured(const std::string& name) const;
    Task<std::optional<ProviderSetup>> find(std::string name);
    Task<Result<ProviderSetup>> find_enabled(std::string name);
    Task<Result<ProviderSetup>> find_for_id_token(std::string name);
    Task<Result<ProviderEndpoints>> endpoints_of(const ProviderSetup& provider);
    Task<Result<boost::json::value>> tokens_of_code(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                                    std::string code, std::string verifier);
    Task<Result<std::vector<crypto::VerificationKey>>> keys_of(std::string jwks_uri, bool is_fresh);
    Task<Result<boost::json::object>> verified(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                               GivenIdToken given, std::optional<std::string> nonce);
    Task<Result<ProviderPerson>> person_of_tokens(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                                  boost::json::object answer, std::string nonce);
    Task<Result<ProviderPerson>> person_of_userinfo(const ProviderSetup& provider, ProviderEndpoints endpoints,
                                                    std::string access_token);

    ProviderDocuments& documents_;
    CustomProviders& custom_;
    const Clock& clock_;
    std::string callback_url_;
    std::vector<ProviderSetup> configured_;
};

}  // namespace tt::auth
