#include "services/auth-service/src/oauth_server.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/domain/pkce.hpp"
#include "services/auth-service/src/store/oauth_sql.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

constexpr std::size_t state_limit = 4096;
constexpr std::size_t nonce_limit = 255;  // as the columns
constexpr std::chrono::hours authorization_retention{24};

Error no_such_authorization() {
    return Error{Code::not_found, "oauth_authorization_not_found", "authorization not found"};
}

Error bad_authorization(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

Error invalid_request(std::string message) {
    return Error{Code::invalid_argument, "invalid_request", std::move(message)};
}

std::optional<std::string> given_or_none(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

AuditEntry consent_entry(std::string_view what, UserId user, Uuid client, const Device& device) {
    AuditEntry entry{.action = what, .actor = user, .ip = device.ip, .user_agent = device.user_agent};
    entry.target = to_string(client);
    return entry;
}

}  // namespace

OauthServer::OauthServer(const AccountParts& parts, OauthClients& clients, const SigningKeys& keys)
    : database_(parts.database),
      clients_(clients),
      sessions_(parts.sessions),
      revocations_(parts.revocations),
      keys_(keys),
      clock_(parts.clock),
      config_(parts.config) {}

Result<void> OauthServer::check(const AuthorizationRequest& request) const {
    if (!request.response_type.empty() && request.response_type != "code") {
        return Error{Code::invalid_argument, "unsupported_response_type", "only response_type=code is supported"};
    }
    const auto scope = check_scope(request.scope);
    if (!scope) return scope.error();
    if (request.scope.empty()) return Error{Code::invalid_argument, "invalid_scope", "scope is required"};
    if (request.state.size() > state_limit) return invalid_request("state is too long");
    if (request.nonce.size() > nonce_limit) return invalid_request("nonce is too long");
    const auto pkce = pkce_of(request.code_challenge, request.code_challenge_method, false);
    if (!pkce) return invalid_request(pkce.error().message);
    if (!pkce->is_set()) return invalid_request("PKCE flow requires both code_challenge and code_challenge_method");
    return {};
}

std::string OauthServer::error_redirect(const AuthorizationRequest& request, const Error& error) const {
    return with_query(request.redirect_uri, {{"error", error.reason},
                                             {"error_description", error.message},
                                             {"state", request.state.substr(0, state_limit)},
                                             {"iss", config_.issuer()}});
}

Task<Result<std::string>> OauthServer::authorize(AuthorizationRequest request) {
    if (request.client_id.empty()) co_return bad_authorization("client_id is required");
    if (request.redirect_uri.empty()) co_return bad_authorization("redirect_uri is required");
    const auto client_id = parse_uuid(request.client_id);
    if (!client_id) {
        co_return Error{Code::invalid_argument, "oauth_client_not_found", "invalid client_id format"};
    }
    const auto client = co_await clients_.find(*client_id);
    if (!client) co_return Error{Code::invalid_argument, "oauth_client_not_found", "invalid client_id"};
    const auto& known = client->redirect_uris;
    // Never a redirect to an address that the client has not registered, letter by letter.
    if (std::find(known.begin(), known.end(), request.redirect_uri) == known.end()) {
        co_return bad_authorization("invalid redirect_uri");
    }
    // Before anything is decided by it: " " asks for nothing, too.
    request.scope = join_scope(split_scope(request.scope));
    if (request.scope.empty()) request.scope = join_scope(split_scope(config_.oauth.default_scope));
    const auto checked = check(request);
    if (!checked) co_return error_redirect(request, checked.error());
    const std::string id = crypto::random_token();
    const Time now = clock_.now();
    co_await database_.execute(sql::insert_oauth_authorization, id, *client_id, request.redirect_uri, request.scope,
                               given_or_none(request.state), given_or_none(request.nonce), request.code_challenge, now);
    co_return with_query(config_.site_url + config_.oauth.consent_path, {{"authorization_id", id}});
}

Task<Result<OauthAuthorizationRow>> OauthServer::lock(db::Tx& tx, std::string id) {
    auto request = co_await tx.maybe_one<OauthAuthorizationRow>(sql::lock_oauth_authorization, id);
    const std::chrono::seconds lifetime(config_.oauth.authorization_s);
    if (!request || clock_.now() - request->created_at > lifetime) co_return no_such_authorization();
    if (request->decided_at) co_return bad_authorization("authorization request cannot be processed");
    co_return std::move(*request);
}

Task<Result<Standing>> OauthServer::consenting(db::Tx& tx, Caller caller) {
    auto standing = co_await standing_of(tx, caller, clock_.now());
    if (!standing) co_return standing.error();
    // Neither another client nor somebody who acts as this person can agree for them.
    const SessionRow& session = standing->session;
    if (session.client_id || session.act_user || standing->user.is_anonymous) co_return no_such_authorization();
    if (standing->has_second_factor && !standing->is_aal2()) {
        co_return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required to sign in elsewhere"};
    }
    co_return std::move(*standing);
}

Task<std::string> OauthServer::give_code(db::Tx& tx, OauthAuthorizationRow request, SessionRow session) {
    const std::string code = crypto::random_token();
    const db::Bytea hash{crypto::sha256(code)};
    const Time now = clock_.now();
    co_await tx.execute(sql::decide_oauth_authorization, request.id, now);
    co_await tx.execute(sql::insert_oauth_code, hash, request.client_id, session.user_id, request.redirect_uri,
                        request.scope, request.nonce, request.code_challenge, session.aal, session.amr,
                        session.authenticated_at, now);
    co_return with_query(request.redirect_uri,
                         {{"code", code}, {"state", request.state.value_or("")}, {"iss", config_.issuer()}});
}

Task<Result<std::variant<AuthorizationView, AuthorizationRedirect>>> OauthServer::look_at(Caller caller, std::string id,
                                                                                          Device device) {
    using Seen = std::variant<AuthorizationView, AuthorizationRedirect>;
    db::Tx tx = co_await database_.begin();
    auto request = co_await lock(tx, std::move(id));
    if (!request) co_return request.error();
    if (request->user_id && *request->user_id != caller.user_id) co_return no_such_authorization();
    auto standing = co_await consenting(tx, caller);
    if (!standing) co_return standing.error();
    const auto client = co_await tx.maybe_one<OauthClientRow>(sql::find_oauth_client, request->client_id);
    if (!client) co_return no_such_authorization();
    co_await tx.execute(sql::claim_oauth_authorization, request->id, caller.user_id);
    const auto consent =
        co_await tx.maybe_one<OauthConsentRow>(sql::find_oauth_consent, caller.user_id, request->client_id);
    const bool is_agreed = client->is_first_party || (consent && covers_scope(consent->scopes, request->scope));
    if (is_agreed) {
        const Uuid client_id = request->client_id;
        AuthorizationRedirect redirect{co_await give_code(tx, std::move(*request), std::move(standing->session))};
        co_await record(tx, consent_entry(action::oauth_consent_granted, caller.user_id, client_id, device));
        co_await tx.commit();
        co_return Seen(std::move(redirect));
    }
    AuthorizationView view{request->id, *client, request->redirect_uri, request->scope, std::move(standing->user)};
    co_await tx.commit();
    co_return Seen(std::move(view));
}

Task<Result<std::string>> OauthServer::decide(Caller caller, std::string id, bool is_approved, Device device) {
    db::Tx tx = co_await database_.begin();
    auto request = co_await lock(tx, std::move(id));
    if (!request) co_return request.error();
    if (!request->user_id || *request->user_id != caller.user_id) co_return no_such_authorization();
    auto standing = co_await consenting(tx, caller);
    if (!standing) co_return standing.error();
    const Time now = clock_.now();
    if (!is_approved) {
        co_await tx.execute(sql::decide_oauth_authorization, request->id, now);
        co_await tx.commit();
        co_return with_query(request->redirect_uri, {{"error", "access_denied"},
                                                     {"error_description", "User denied the request"},
                                                     {"state", request->state.value_or("")},
                                                     {"iss", config_.issuer()}});
    }
    co_await tx.execute(sql::put_oauth_consent, caller.user_id, request->client_id, split_scope(request->scope), now);
    AuditEntry entry = consent_entry(action::oauth_consent_granted, caller.user_id, request->client_id, device);
    entry.details["scope"] = request->scope;
    co_await record(tx, std::move(entry));
    auto redirect = co_await give_code(tx, std::move(*request), std::move(standing->session));
    co_await tx.commit();
    co_return redirect;
}

Task<Result<void>> OauthServer::release(Caller caller, std::string id) {
    db::Tx tx = co_await database_.begin();
    const auto request = co_await lock(tx, std::move(id));
    if (!request) co_return request.error();
    if (!request->user_id || *request->user_id != caller.user_id) co_return no_such_authorization();
    co_await tx.execute(sql::release_oauth_authorization, request->id);
    co_await tx.commit();
    co_return Result<void>();
}

Task<std::vector<OauthGrant>> OauthServer::grants(UserId user) {
    db::Tx tx = co_await database_.begin();
    const auto consents = co_await tx.many<OauthConsentRow>(sql::oauth_consents_of, user);
    std::vector<Uuid> ids;
    for (const OauthConsentRow& consent : consents) ids.push_back(consent.client_id);
    const auto clients = co_await tx.many<OauthClientRow>(sql::oauth_clients_by_id, ids);
    std::vector<OauthGrant> grants;
    for (const OauthConsentRow& consent : consents) {
        const auto client = std::find_if(clients.begin(), clients.end(),
                                         [&consent](const OauthClientRow& one) { return one.id == consent.client_id; });
        if (client != clients.end()) grants.push_back({*client, consent.scopes, consent.granted_at});
    }
    co_return grants;
}

Task<Result<void>> OauthServer::revoke_grant(UserId user, Uuid client_id, Device device) {
    db::Tx tx = co_await database_.begin();
    const auto removed = co_await tx.execute(sql::delete_oauth_consent, user, client_id);
    if (removed == 0) {
        co_return Error{Code::not_found, "oauth_consent_not_found", "No active grant found for this client"};
    }
    auto sessions = co_await tx.many<SessionId>(sql::delete_sessions_of_client, user, client_id);
    co_await revocations_.revoke_sessions(tx, std::move(sessions));
    co_await record(tx, consent_entry(action::oauth_consent_revoked, user, client_id, device));
    co_await tx.commit();
    co_return Result<void>();
}

Task<void> OauthServer::clean_up() {
    const Time forgotten = clock_.now() - authorization_retention;
    co_await database_.execute(sql::delete_old_oauth_authorizations, forgotten);
    co_await database_.execute(sql::delete_old_oauth_codes, forgotten);
}

}  // namespace tt::auth
