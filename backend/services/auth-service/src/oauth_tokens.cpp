#include "platform/crypto/hash.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/src/domain/pkce.hpp"
#include "services/auth-service/src/domain/refresh_token.hpp"
#include "services/auth-service/src/domain/user_info.hpp"
#include "services/auth-service/src/oauth_server.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/oauth_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

#include <boost/json/parse.hpp>

namespace tt::auth {
namespace {

constexpr const char* code_method = "oauth_provider/authorization_code";

Error invalid_grant(std::string message) {
    return Error{Code::invalid_argument, "invalid_grant", std::move(message)};
}

Error invalid_token() {
    return Error{Code::unauthenticated, "invalid_token", "The access token is not valid"};
}

std::int64_t oauth_seconds(Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

PersonFacts facts_of(const UserRow& user) {
    return {.id = to_string(user.id),
            .email = user.email,
            .is_email_verified = user.email_confirmed_at.has_value(),
            .phone = user.phone,
            .is_phone_verified = user.phone_confirmed_at.has_value(),
            .user_metadata = user.user_metadata.text,
            .updated_at = oauth_seconds(user.updated_at)};
}

}  // namespace

Result<void> OauthServer::check_code(const OauthCodeRow& code, const OauthClientRow& client,
                                     const CodeExchange& exchange) const {
    if (code.client_id != client.id) return invalid_grant("Invalid authorization code");
    if (clock_.now() - code.created_at > std::chrono::seconds(config_.oauth.code_s)) {
        return invalid_grant("Authorization code has expired");
    }
    if (!exchange.redirect_uri.empty() && exchange.redirect_uri != code.redirect_uri) {
        return invalid_grant("Invalid redirect_uri");
    }
    const Pkce pkce{code.code_challenge, "s256"};
    if (!pkce.is_proven_by(exchange.code_verifier)) return invalid_grant("PKCE verification failed");
    return {};
}

// Whoever came second may be the thief or the robbed: neither keeps anything (RFC 9700 §2.1.1, RFC 6749 §4.1.2).
Task<void> OauthServer::end_reused(db::Tx& tx, const OauthCodeRow& code) {
    if (!code.session_id) co_return;
    co_await tx.execute(sql::delete_session, code.user_id, *code.session_id);
    co_await revocations_.revoke_session(tx, *code.session_id);
    AuditEntry entry{.action = action::token_reused, .actor = code.user_id, .outcome = "failure"};
    entry.target = to_string(code.client_id);
    entry.details["kind"] = "authorization_code";
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    log::warn("oauth_code_reused", {{"client_id", to_string(code.client_id)}, {"user_id", to_string(code.user_id)}});
}

Task<Result<OauthTokens>> OauthServer::exchange(OauthClientRow client, CodeExchange exchange, Device device) {
    const db::Bytea hash{crypto::sha256(exchange.code)};
    db::Tx tx = co_await database_.begin();
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_oauth_code, hash);
    if (!owner) co_return invalid_grant("Invalid authorization code");
    // The account before its codes, as everywhere; and nobody bans or removes it meanwhile.
    std::vector<db::Statement> locks;
    locks.push_back({sql::lock_user, db::make_params(*owner)});
    locks.push_back({sql::lock_oauth_code, db::make_params(hash)});
    const auto locked = co_await tx.batch(std::move(locks));
    const auto user = locked[0].maybe<UserRow>();
    const auto code = locked[1].maybe<OauthCodeRow>();
    if (!code) co_return invalid_grant("Invalid authorization code");
    if (code->used_at) {
        if (code->client_id == client.id) co_await end_reused(tx, *code);
        co_return invalid_grant("Invalid authorization code");
    }
    const auto checked = check_code(*code, client, exchange);
    if (!checked) co_return checked.error();
    if (!client.is_first_party) {
        const auto consent =
            co_await tx.maybe_one<OauthConsentRow>(sql::hold_oauth_consent, code->user_id, code->client_id);
        if (!consent) co_return invalid_grant("The person has taken their consent back");
    }
    const Time now = clock_.now();
    if (!user || !user->may_sign_in(now)) co_return invalid_grant("User not found for authorization code");

    OauthTokens tokens;
    tokens.scope = code->scope;
    auto how = authentication_for(client, *code, now);
    tokens.session = co_await sessions_.open(tx, code->user_id, std::move(how), device);
    const SessionId session_id{parse_refresh_token(tokens.session.refresh_token)->session_id};
    co_await tx.execute(sql::use_oauth_code, hash, now, session_id);
    AuditEntry entry{.action = action::login, .actor = code->user_id, .ip = device.ip};
    entry.user_agent = device.user_agent;
    entry.target = to_string(client.id);
    entry.details = {{"method", "oauth_provider_authorization_code"}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    auto finished = co_await sessions_.finish(std::move(tokens.session));
    if (!finished) co_return finished.error();
    tokens.session = std::move(*finished);
    if (has_scope(code->scope, "openid")) tokens.id_token = id_token(*code, *user);
    co_return tokens;
}

Authentication OauthServer::authentication_for(const OauthClientRow& client, const OauthCodeRow& code, Time now) const {
    Authentication how;
    how.aal = code.aal;
    how.at = code.authenticated_at;
    how.amr = with_authentication_method(code.amr.text, code_method, now);
    how.context.client_id = client.id;
    // Without a scope the token is as good as one of the site; that is for our own sites only. There it is the same
    // sign-in, which ends when it would have.
    if (client.is_first_party) {
        how.not_after = code.authenticated_at + std::chrono::seconds(config_.refresh_absolute_s);
    } else {
        how.context.scope = code.scope;
    }
    return how;
}

std::string OauthServer::id_token(const OauthCodeRow& code, const UserRow& user) const {
    const Time now = clock_.now();
    boost::json::object claims = person_claims(facts_of(user), split_scope(code.scope));
    claims["iss"] = config_.issuer();
    claims["aud"] = to_string(code.client_id);
    claims["iat"] = oauth_seconds(now);
    claims["exp"] = oauth_seconds(now) + config_.access_token_s;
    claims["auth_time"] = oauth_seconds(code.authenticated_at);
    claims["acr"] = code.aal;
    if (code.nonce) claims["nonce"] = *code.nonce;
    return keys_.sign(claims);
}

Task<Result<IssuedSession>> OauthServer::refresh(OauthClientRow client, std::string refresh_token) {
    auto issued = co_await sessions_.refresh(std::move(refresh_token), client.id);
    const bool is_ours_to_say = !issued && issued.error().code == Code::invalid_argument;
    if (is_ours_to_say) co_return invalid_grant(issued.error().message);
    co_return issued;
}

Task<Result<boost::json::object>> OauthServer::user_info(std::string token) {
    const auto keys = crypto::KeySet::parse(keys_.jwks());
    if (!keys) co_return invalid_token();
    const crypto::JwtPolicy policy{.issuer = config_.issuer()};
    const auto claims = crypto::verify_jwt(token, *keys, policy, clock_.now());
    if (!claims || claims->algorithm != "ES256") co_return invalid_token();
    const auto* session_text = claims->members.if_contains("session_id");
    const auto user_id = UserId::parse(claims->subject);
    // An ID token has no session and is no access token.
    if (!user_id || !session_text || !session_text->is_string()) co_return invalid_token();
    const auto session_id = SessionId::parse(session_text->get_string());
    if (!session_id) co_return invalid_token();
    db::Tx tx = co_await database_.begin();
    const auto session = co_await store::find_session(tx, *user_id, *session_id);
    const auto user = co_await store::find_user(tx, *user_id);
    if (!session || !user || !user->may_sign_in(clock_.now())) co_return invalid_token();
    co_await tx.commit();
    // A session of our own sites is not limited to a scope.
    const auto scope =
        session->scope ? split_scope(*session->scope) : std::vector<std::string>{"openid", "email", "profile", "phone"};
    co_return person_claims(facts_of(*user), scope);
}

}  // namespace tt::auth
