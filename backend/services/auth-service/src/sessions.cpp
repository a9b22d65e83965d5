#include "services/auth-service/src/sessions.hpp"

#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/refresh_token.hpp"
#include "services/auth-service/src/domain/rotation.hpp"
#include "services/auth-service/src/mfa_grace.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/roles.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth {
namespace {

constexpr std::size_t refresh_key_bytes = 32;
constexpr int refresh_attempts = 3;  // a race is lost at most once per rotation; the second look settles it
constexpr std::size_t legacy_token_length = 12;
constexpr std::chrono::days expired_session_retention{7};  // so that a late client hears "expired", not "unknown"

std::int64_t unix_milliseconds(Time time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::int64_t unix_seconds(Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::int64_t seconds_between(Time from, Time to) {
    return std::chrono::duration_cast<std::chrono::seconds>(to - from).count();
}

Error dead(std::string reason, std::string message) {
    return Error{Code::invalid_argument, std::move(reason), "Invalid Refresh Token: " + std::move(message)};
}

Error not_found() {
    return dead("refresh_token_not_found", "Refresh Token Not Found");
}

}  // namespace

Sessions::Sessions(db::Database database, const SigningKeys& keys, const crypto::Envelope& envelope, Hooks& hooks,
                   Revocations& revocations, Limits& limits, const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)),
      keys_(keys),
      envelope_(envelope),
      hooks_(hooks),
      revocations_(revocations),
      limits_(limits),
      clock_(clock),
      config_(config) {}

std::string Sessions::seal_context(const SessionRow& session) const {
    return "auth.sessions.refresh_key/" + to_string(session.user_id) + "/" + to_string(session.id);
}

std::string Sessions::open_refresh_key(const SessionRow& session) const {
    auto key = envelope_.open(session.refresh_key.bytes, seal_context(session));
    if (!key) throw std::runtime_error("the master key does not open a session's refresh key");
    return std::move(*key);
}

Task<IssuedSession> Sessions::open(db::Tx& tx, UserId user_id, std::string method, Device device) {
    const Time now = clock_.now();
    const Authentication how{.amr = authentication_methods(method, now), .at = now};
    auto issued = co_await open(tx, user_id, how, std::move(device));
    issued.amr_method = std::move(method);
    co_return issued;
}

Task<IssuedSession> Sessions::open(db::Tx& tx, UserId user_id, Authentication how, Device device) {
    const Time now = clock_.now();
    const std::string refresh_key = crypto::random_bytes(refresh_key_bytes);
    SessionRow session;
    session.user_id = user_id;
    session.id = SessionId{uuid_v4()};
    session.refresh_key.bytes = envelope_.seal(refresh_key, seal_context(session));
    session.aal = how.aal;
    session.amr.text = how.amr;
    session.authenticated_at = how.at;
    static_cast<SessionContext&>(session) = how.context;
    session.created_at = now;
    session.refreshed_at = now;
    session.not_after = now + std::chrono::seconds(config_.refresh_absolute_s);
    UserRow user = co_await tx.one<UserRow>(sql::record_sign_in, user_id, now);
    co_await store::insert_session(tx, session, std::move(device));
    co_return co_await issue(tx, std::move(user), std::move(session), refresh_key);
}

Task<Result<IssuedSession>> Sessions::step_up(db::Tx& tx, Caller caller, std::string amr_method, Device device) {
    auto session = co_await tx.maybe_one<SessionRow>(sql::lock_session, caller.user_id, caller.session_id);
    auto user = co_await store::find_user(tx, caller.user_id);
    if (!session || !user) {
        co_return Error{Code::permission_denied, "session_not_found",
                        "Session from session_id claim in JWT does not exist"};
    }
    const std::string key = open_refresh_key(*session);
    const Time now = clock_.now();
    session->amr.text = with_authentication_method(session->amr.text, amr_method, now);
    session->aal = "aal2";
    session->counter += 2;
    session->authenticated_at = now;
    session->refreshed_at = now;
    co_await tx.execute(sql::raise_session, caller.user_id, caller.session_id, session->amr, now, device.user_agent,
                        device.ip);
    auto weaker = co_await tx.many<SessionId>(sql::delete_other_aal1_sessions, caller.user_id, caller.session_id);
    co_await revocations_.revoke_sessions(tx, caller.user_id, std::move(weaker));
    co_return co_await issue(tx, std::move(*user), std::move(*session), key);
}

AccessClaims Sessions::claims_of(const UserRow& user, const SessionRow& session, Time now) const {
    return {.issuer = config_.issuer(),
            .user_id = user.id.value,
            .session_id = session.id.value,
            .token_id = uuid_v7_at(unix_milliseconds(now)),  // revocations compare moments finer than iat's seconds
            .email = user.email,
            .phone = user.phone,
            .is_anonymous = user.is_anonymous,
            .app_metadata = user.app_metadata.text,
            .user_metadata = user.user_metadata.text,
            .claims_include = config_.claims_include,
            .aal = session.aal,
            .amr = session.amr.text,
            .authenticated_at = session.authenticated_at,
            .issued_at = now,
            .expires_at = now + std::chrono::seconds(config_.access_token_s),
            .org_id = session.org_id ? to_string(*session.org_id) : "",
            .org_role = session.org_role.value_or(""),
            .act_user = session.act_user ? to_string(*session.act_user) : "",
            .client_id = session.client_id ? to_string(*session.client_id) : "",
            .scope = session.scope.value_or("")};
}

Task<IssuedSession> Sessions::issue(db::Tx& tx, UserRow user, SessionRow session, std::string refresh_key) {
    const Time now = clock_.now();
    AccessClaims claims = claims_of(user, session, now);
    claims.app_metadata = co_await metadata_for_token(tx, user, session.aal, config_.mfa, now);
    claims.permissions = co_await store::permissions_of(tx, roles_of(claims.app_metadata));
    IssuedSession issued;
    issued.session_id = session.id;
    if (hooks_.has(HookPoint::custom_access_token)) {
        issued.unsigned_claims = access_claims(claims);
    } else {
        issued.access_token = keys_.sign(access_claims(claims));
    }
    issued.is_https = config_.site_url.starts_with("https://");
    issued.expires_in = config_.access_token_s;
    issued.expires_at = unix_seconds(claims.expires_at);
    issued.refresh_token =
        make_refresh_token(user.id.value, session.id.value, static_cast<std::uint64_t>(session.counter), refresh_key);
    issued.refresh_token_expires_in =
        std::min<std::int64_t>(config_.refresh_idle_s, seconds_between(now, session.not_after));
    issued.view = co_await store::view_of(tx, std::move(user));
    co_return issued;
}

Task<Result<IssuedSession>> Sessions::finish(IssuedSession issued) {
    if (issued.unsigned_claims.empty()) co_return issued;
    const std::string method = issued.amr_method.empty() ? "token_refresh" : issued.amr_method;
    auto claims = co_await hooks_.custom_access_token(issued.view.user.id, method, std::move(issued.unsigned_claims));
    if (!claims) co_return claims.error();
    issued.access_token = keys_.sign(*claims);
    issued.unsigned_claims.clear();
    co_return issued;
}

Task<Result<IssuedSession>> Sessions::refresh(std::string token, std::optional<Uuid> client_id) {
    for (int attempt = 0; attempt < refresh_attempts; ++attempt) {
        bool lost_race = false;
        auto issued = co_await refresh_once(token, client_id, lost_race);
        if (lost_race) continue;
        if (!issued) co_return issued;
        co_return co_await finish(std::move(*issued));
    }
    co_return Error{Code::conflict, "conflict", "Too many concurrent token refresh requests on the same session"};
}

Result<void> Sessions::check_living(const SessionRow& session, const UserRow& user) const {
    const Time now = clock_.now();
    if (user.is_banned(now)) return dead("user_banned", "User Banned");
    if (now >= session.not_after) return dead("session_expired", "Session Expired");
    if (now - session.refreshed_at >= std::chrono::seconds(config_.refresh_idle_s)) {
        return dead("session_expired", "Session Expired (Inactivity)");
    }
    return {};
}

Task<Result<void>> Sessions::check_limits(db::Tx& tx, const SessionRow& session, const UserRow& user) const {
    if (config_.single_session) {
        const bool is_replaced = co_await tx.one<bool>(sql::has_newer_session, user.id, session.created_at);
        if (is_replaced) co_return dead("session_expired", "Session Expired (Revoked by Newer Login)");
    }
    const bool is_old = clock_.now() - session.created_at >= std::chrono::seconds(config_.low_aal_s);
    if (config_.low_aal_s > 0 && session.aal == "aal1" && is_old) {
        const bool has_factor = co_await store::has_verified_factor(tx, user.id);
        if (has_factor) {
            co_return dead("session_expired", "Session Expired (Low AAL: User Needs MFA Verification)");
        }
    }
    co_return Result<void>();
}

Task<Result<IssuedSession>> Sessions::refresh_once(std::string token, std::optional<Uuid> client_id, bool& lost_race) {
    const auto parsed = parse_refresh_token(token);
    if (!parsed && token.size() < legacy_token_length) {
        co_return Error{Code::invalid_argument, "validation_failed", "Refresh token is not valid"};
    }
    if (!parsed) co_return not_found();

    db::Tx tx = co_await database_.begin();
    const UserId user_id{parsed->user_id};
    auto session = co_await store::find_session(tx, user_id, SessionId{parsed->session_id});
    if (!session) co_return not_found();
    const std::string key = open_refresh_key(*session);
    if (!parsed->is_signed_by(key) || session->client_id != client_id) co_return not_found();
    const auto allowed = limits_.take(Limit::refresh, to_string(session->id));
    if (!allowed) co_return allowed.error();
    // Held until the end: who takes a role away or bans meanwhile waits, and revokes what is signed here, too.
    auto user = co_await store::lock_user(tx, user_id);
    if (!user) co_return not_found();
    auto living = check_living(*session, *user);
    if (living) living = co_await check_limits(tx, *session, *user);
    if (!living) co_return living.error();

    const Time now = clock_.now();
    const SessionState state{static_cast<std::uint64_t>(session->counter), session->refreshed_at};
    switch (rotation_for(parsed->counter, state, now, std::chrono::seconds(config_.refresh_reuse_s))) {
        case Rotation::not_issued:
            co_return Error{Code::invalid_argument, "validation_failed",
                            "Invalid Refresh Token: Not Issued By This Server"};
        case Rotation::reused:
            co_await tx.execute(sql::delete_session, user_id, session->id);
            co_await revocations_.revoke_session(tx, user_id, session->id);
            co_await record(tx, {.action = action::token_reused,
                                 .actor = user_id,
                                 .outcome = "failure",
                                 .target = to_string(session->id)});
            co_await tx.commit();
            log::warn("refresh_token_reused",
                      {{"user_id", to_string(user_id)}, {"session_id", to_string(session->id)}});
            co_return dead("refresh_token_already_used", "Already Used");
        case Rotation::advance: {
            const auto moved = co_await tx.execute(sql::advance_session, user_id, session->id, session->counter, now);
            lost_race = moved == 0;
            if (lost_race) co_return not_found();
            ++session->counter;
            break;
        }
        case Rotation::repeat_current:
            break;
    }
    auto issued = co_await issue(tx, std::move(*user), std::move(*session), key);
    co_await tx.commit();
    co_return issued;
}

Task<void> Sessions::end(UserId user_id, SessionId session_id, LogoutScope scope, Device device) {
    db::Tx tx = co_await database_.begin();
    std::vector<SessionId> ended;
    switch (scope) {
        case LogoutScope::local:
            ended = co_await tx.many<SessionId>(sql::delete_session_returning, user_id, session_id);
            break;
        case LogoutScope::others:
            ended = co_await tx.many<SessionId>(sql::delete_other_sessions, user_id, session_id);
            break;
        case LogoutScope::global:
            ended = co_await tx.many<SessionId>(sql::delete_all_sessions, user_id);
            break;
    }
    const std::size_t count = ended.size();
    co_await revocations_.revoke_sessions(tx, user_id, std::move(ended));
    co_await record(tx, {.action = action::logout,
                         .actor = user_id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .details = {{"sessions", count}}});
    co_await tx.commit();
}

Task<void> Sessions::end_all(UserId user_id) {
    return end(user_id, SessionId{}, LogoutScope::global);
}

Task<void> Sessions::end_others(db::Tx& tx, UserId user_id, SessionId kept) {
    auto ended = co_await tx.many<SessionId>(sql::delete_other_sessions, user_id, kept);
    co_await revocations_.revoke_sessions(tx, user_id, std::move(ended));
}

Task<std::optional<SessionRow>> Sessions::find(UserId user_id, SessionId session_id) {
    return database_.maybe_one<SessionRow>(sql::find_session, user_id, session_id);
}

Task<std::vector<SessionView>> Sessions::list(UserId user_id) {
    const Time now = clock_.now();
    const Time idle_since = now - std::chrono::seconds(config_.refresh_idle_s);
    return database_.many<SessionView>(sql::list_sessions, user_id, now, idle_since);
}

Task<bool> Sessions::has_met(db::Tx& tx, UserId user_id, Device device) {
    return tx.one<bool>(sql::has_session_like, user_id, device.user_agent, device.ip);
}

Task<bool> Sessions::end_one(UserId user_id, SessionId session_id, AuditEntry entry) {
    db::Tx tx = co_await database_.begin();
    const auto ended = co_await tx.execute(sql::delete_session, user_id, session_id);
    if (ended == 0) co_return false;
    co_await revocations_.revoke_session(tx, user_id, session_id);
    entry.target = to_string(session_id);
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return true;
}

Task<std::size_t> Sessions::end_every(UserId user_id, AuditEntry entry) {
    db::Tx tx = co_await database_.begin();
    auto ended = co_await tx.many<SessionId>(sql::delete_all_sessions, user_id);
    const std::size_t count = ended.size();
    co_await revocations_.revoke_sessions(tx, user_id, std::move(ended));
    entry.details["sessions"] = count;
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return count;
}

Task<void> Sessions::clean_up() {
    const Time now = clock_.now();
    const Time forgotten = now - expired_session_retention;
    co_await database_.execute(sql::delete_old_sessions, forgotten);
    co_await database_.execute(sql::delete_old_handoffs, now);
}

}  // namespace tt::auth
