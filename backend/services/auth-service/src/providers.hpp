#pragma once

#include "platform/crypto/jwk.hpp"
#include "services/auth-service/src/domain/id_token.hpp"
#include "services/auth-service/src/domain/provider_person.hpp"
#include "services/auth-service/src/domain/provider_preset.hpp"
#include "services/auth-service/src/flows.hpp"
#include "services/auth-service/src/provider_documents.hpp"
#include "services/auth-service/src/providers_config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What a sign-in at a provider carries there and expects back.
struct ProviderTrip {
    std::string state;
    std::string nonce;
    std::string verifier;  // PKCE towards the provider
    std::string scopes{};  // asked for besides the usual ones
};

struct ProviderReturn {
    ProviderPerson person;
    ProviderTokens tokens;
};

/// The identity providers that are set up: Google, GitHub, Apple, Facebook and one more with OpenID Connect.
class Providers {
public:
    Providers(http::Client& client, const Clock& clock, const ProvidersConfig& config, std::string callback_url,
              const AllowedPeers& peers);

    bool is_enabled(const std::string& name) const;
    std::vector<std::string> names() const;
    /// Whether the answer comes as a form from the provider's page (Apple).
    bool posts_callback(const std::string& name) const;

    /// Where the browser goes. Errors: validation_failed (400) for a provider that is not set up; unexpected_failure.
    Task<Result<std::string>> authorization_url(std::string name, ProviderTrip trip);
    /// Swaps the provider's code for the person. `issuer` is the iss of the answer (RFC 9207), "" when there is none.
    /// Errors: bad_oauth_callback (422), unexpected_failure (500).
    Task<Result<ProviderReturn>> person_of_code(std::string name, std::string code, ProviderTrip trip,
                                                std::string issuer);
    /// The provider whose issuer and client these are; "" for none.
    std::string name_of(const std::string& issuer, const std::string& client_id) const;
    /// Errors: bad_id_token, validation_failed, provider_disabled (400), unexpected_failure (500).
    Task<Result<ProviderPerson>> person_of_id_token(std::string name, std::string id_token,
                                                    std::optional<std::string> nonce, std::string access_token);

private:
    struct Provider {
        ProviderPreset preset;
        ProviderConfig config;
        std::string name;
    };
    struct Endpoints {
        std::string issuer;
        std::string authorization;
        std::string token;
        std::string userinfo;
        std::string jwks;
        bool uses_basic = false;
        bool names_issuer = false;
    };
    void add(const ProviderPreset& preset, const ProviderConfig& config);
    const Provider* find(const std::string& name) const;
    Task<Result<Endpoints>> endpoints_of(const Provider& provider);
    Task<Result<std::vector<crypto::VerificationKey>>> keys_of(std::string jwks_uri, bool is_fresh);
    Task<Result<boost::json::object>> verified(const Provider& provider, Endpoints endpoints, std::string token,
                                               std::optional<std::string> nonce, std::string access_token);
    Task<Result<ProviderPerson>> person_of_tokens(const Provider& provider, Endpoints endpoints,
                                                  boost::json::object answer, std::string nonce);
    Task<Result<ProviderPerson>> person_of_userinfo(const Provider& provider, Endpoints endpoints,
                                                    std::string access_token);

    ProviderDocuments documents_;
    const Clock& clock_;
    std::string callback_url_;
    std::vector<Provider> providers_;
};

}  // namespace tt::auth
