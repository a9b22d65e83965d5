#pragma once

#include "services/auth-service/src/flows.hpp"
#include "services/auth-service/src/provider_accounts.hpp"
#include "services/auth-service/src/providers.hpp"

#include <optional>
#include <string>

namespace tt::auth {

struct ProviderWish {
    std::string provider;
    std::string redirect_to;  // checked already
    Pkce pkce{};
    std::string scopes{};
    QueryMembers members{};        // for the provider: prompt, login_hint, hd, …
    std::string browser{};         // the cookie of the browser that begins; empty when somebody adds an identity
    std::optional<Caller> link{};  // who wants the identity added to their account; then pkce is set
};

/// What the browser brings back.
struct ProviderAnswer {
    std::string state;
    std::string code;
    std::string error;
    std::string issuer;
    std::string user;  // Apple's
    std::string browser;
};

/// Where the browser goes now, and with what: a session (implicit), a code for the client (PKCE), or an error.
struct ProviderLanding {
    std::string redirect_to;
    bool is_pkce = false;
    std::string code;
    std::optional<IssuedSession> session;
    std::optional<Error> error;
};

struct IdTokenWish {
    std::string provider;
    std::string issuer;
    std::string client_id;
    std::string id_token;
    std::string access_token;
    std::string nonce;
    std::optional<Caller> link{};
};

/// Signing in at an identity provider (auth.md §1.11): there and back, or with an ID token the client got itself.
///
/// The state is random, good for ten minutes and once, and belongs to the browser that began (a cookie). We prove
/// ourselves to the provider with PKCE, and its ID token carries our nonce.
class ProviderSignIn {
public:
    static constexpr std::chrono::seconds lifetime{600};
    static constexpr const char* cookie = "tt_flow";

    ProviderSignIn(AccountParts parts, Flows& flows, Providers& providers, const crypto::Envelope& envelope);

    /// The address of the provider's page. Errors: validation_failed (400), unexpected_failure (500); those of
    /// standing_of() and may_link() when an identity is to be added.
    Task<Result<std::string>> begin(ProviderWish wish);
    /// An unknown or used state leads to the site with bad_oauth_state.
    Task<ProviderLanding> land(ProviderAnswer answer, Device device);
    /// Errors: bad_id_token, validation_failed, provider_disabled (400), identity_already_exists (422),
    /// provider_email_needs_verification, user_banned, signup_disabled (403); those of standing_of() and may_link()
    /// when the identity is to be added.
    Task<Result<IssuedSession>> sign_in_with_id_token(IdTokenWish wish, Device device);
    Task<void> clean_up();

private:
    struct Flow;
    Task<std::optional<Flow>> take(std::string state, std::string browser);
    Task<Result<ProviderReturn>> arrive(const Flow& flow, ProviderAnswer answer);
    Task<Result<void>> check_link(db::Tx& tx, Caller caller, Time begun);
    Task<void> let_in(Flow flow, ProviderReturn back, ProviderLanding& landing, Device device);
    Task<void> keep_for_link(Flow flow, ProviderReturn back, ProviderLanding& landing);
    Task<Result<IssuedSession>> link_now(Caller caller, ProviderPerson person, Device device);

    AccountParts parts_;
    Flows& flows_;
    Providers& providers_;
    ProviderAccounts accounts_;
    const crypto::Envelope& envelope_;
};

}  // namespace tt::auth
