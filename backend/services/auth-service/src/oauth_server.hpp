#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/oauth_clients.hpp"
#include "services/auth-service/src/standing.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tt::auth {

/// The query of GET /oauth/authorize.
struct AuthorizationRequest {
    std::string client_id;
    std::string redirect_uri;
    std::string response_type;
    std::string scope;
    std::string state;
    std::string nonce;
    std::string code_challenge;
    std::string code_challenge_method;
};

/// What the consent page shows.
struct AuthorizationView {
    std::string id;
    OauthClientRow client;
    std::string redirect_uri;
    std::string scope;
    UserRow user;
};

/// Where the browser goes when everything is decided already.
struct AuthorizationRedirect {
    std::string url;
};

struct OauthGrant {
    OauthClientRow client;
    std::vector<std::string> scopes;
    Time granted_at{};
};

struct OauthTokens {
    IssuedSession session;
    std::string id_token;  // only when openid was asked for
    std::string scope;
};

struct CodeExchange {
    std::string code;
    std::string redirect_uri;
    std::string code_verifier;
};

/// OAuth 2.1 with OpenID Connect: authorization codes with PKCE (S256), refresh tokens, consent that people give once
/// per client and can take back. Codes work once; a second use ends what the first one gave (RFC 9700 §2.1).
///
/// A client of our own sites (is_first_party) is not asked about, and its tokens are good everywhere. Tokens of others
/// carry a scope and are good for /oauth/userinfo only.
class OauthServer {
public:
    OauthServer(const AccountParts& parts, OauthClients& clients, const SigningKeys& keys);

    /// Where to send the browser: to the consent page, or back to the client with what is wrong with its request.
    /// Errors (nowhere to send it, 400): validation_failed, oauth_client_not_found.
    Task<Result<std::string>> authorize(AuthorizationRequest request);
    /// The request, which from now on belongs to the caller. Errors: oauth_authorization_not_found (404),
    /// validation_failed (400) when it is decided already, insufficient_aal (403), session_not_found (403).
    Task<Result<std::variant<AuthorizationView, AuthorizationRedirect>>> look_at(Caller caller, std::string id,
                                                                                 Device device);
    /// Errors: those of look_at; so is oauth_authorization_not_found for who has not looked at it before.
    Task<Result<std::string>> decide(Caller caller, std::string id, bool is_approved, Device device);
    /// Leaves the request to whoever looks at it next: the person goes on with another account. Errors: those of
    /// decide.
    Task<Result<void>> release(Caller caller, std::string id);

    /// Error: invalid_grant (400), whatever is wrong with the code.
    Task<Result<OauthTokens>> exchange(OauthClientRow client, CodeExchange exchange, Device device);
    /// Error: invalid_grant (400).
    Task<Result<IssuedSession>> refresh(OauthClientRow client, std::string refresh_token);
    /// Claims of the person a token was issued for. Error: invalid_token (401).
    Task<Result<boost::json::object>> user_info(std::string token);

    Task<std::vector<OauthGrant>> grants(UserId user);
    /// Ends the client's sessions of this person, too. Error: oauth_consent_not_found (404).
    Task<Result<void>> revoke_grant(UserId user, Uuid client_id, Device device);
    Task<void> clean_up();

private:
    Result<void> check(const AuthorizationRequest& request) const;
    Task<Result<OauthAuthorizationRow>> lock(db::Tx& tx, std::string id);
    Task<Result<Standing>> consenting(db::Tx& tx, Caller caller);
    Task<std::string> give_code(db::Tx& tx, OauthAuthorizationRow request, SessionRow session);
    Task<void> end_reused(db::Tx& tx, const OauthCodeRow& code);
    Result<void> check_code(const OauthCodeRow& code, const OauthClientRow& client, const CodeExchange& exchange) const;
    Authentication authentication_for(const OauthClientRow& client, const OauthCodeRow& code, Time now) const;
    std::string id_token(const OauthCodeRow& code, const UserRow& user) const;
    std::string error_redirect(const AuthorizationRequest& request, const Error& error) const;

    db::Database database_;
    OauthClients& clients_;
    Sessions& sessions_;
    Revocations& revocations_;
    const SigningKeys& keys_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
