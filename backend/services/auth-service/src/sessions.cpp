#include "services/auth-service/src/sessions.hpp"

#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/refresh_token.hpp"
#include "services/auth-service/src/domain/rotation.hpp"
#include "services/auth-service/src/mfa_grace.hpp"
#include "services/auth-service/src/session_ends.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/roles.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth {
namespace {

constexpr std::size_t refresh_key_bytes = 32;
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
    session.created_at = how.began_at.value_or(now);
    session.refreshed_at = now;
    session.not_after = now + std::chrono::seconds(config_.refresh_absolute_s);
    if (how.not_after) session.not_after = std::min(session.not_after, *how.not_after);
    std::vector<db::Statement> statements;
    statements.push_back({sql::record_sign_in, db::make_params(user_id, now)});
    statements.push_back(store::insertion_of(session, device));
    const auto done = co_await tx.batch(std::move(statements));
    co_return co_await issue(tx, done.front().one<UserRow>(), std::move(session), refresh_key);
}

Task<Result<IssuedSession>> Sessions::step_up(db::Tx& tx, Caller caller, std::string amr_method, Device device) {
    // Who takes a role away or bans meanwhile waits, and revokes what is signed here, too.
    std::vector<db::Statement> statements;
    statements.push_back({sql::lock_user, db::make_params(caller.user_id)});
    statements.push_back({sql::lock_session, db::make_params(caller.user_id, caller.session_id)});
    const auto rows = co_await tx.batch(std::move(statements));
    auto user = rows[0].maybe<UserRow>();
    auto session = rows[1].maybe<SessionRow>();
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
    co_await revocations_.revoke_sessions(tx, std::move(weaker));
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
            .scope = session.scope};
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
    auto issued = co_await rotate(std::move(token), client_id);
    if (!issued) co_return issued;
    co_return co_await finish(std::move(*issued));
}

Result<void> Sessions::check_age(const SessionRow& session) const {
    const Time now = clock_.now();
    if (now >= session.not_after) return dead("session_expired", "Session Expired");
    if (now - session.refreshed_at >= std::chrono::seconds(config_.refresh_idle_s)) {
        return dead("session_expired", "Session Expired (Inactivity)");
    }
    return {};
}

Task<Result<void>> Sessions::check_limits(db::Tx& tx, const SessionRow& session, const UserRow& user) const {
    if (user.is_banned(clock_.now())) co_return dead("user_banned", "User Banned");
    const auto lasting = check_age(session);
    if (!lasting) co_return lasting.error();
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

Task<Result<IssuedSession>> Sessions::rotate(std::string token, std::optional<Uuid> client_id) {
    const auto parsed = parse_refresh_token(token);
    if (!parsed && token.size() < legacy_token_length) {
        co_return Error{Code::invalid_argument, "validation_failed", "Refresh token is not valid"};
    }
    if (!parsed) co_return not_found();

    db::Tx tx = co_await database_.begin();
    // The account's row is held until the end: parallel refreshes come one after the other, and who takes a role away
    // or bans meanwhile waits, and revokes what is signed here, too.
    std::vector<db::Statement> statements;
    statements.push_back({sql::lock_user, db::make_params(parsed->user_id)});
    statements.push_back({sql::find_session, db::make_params(parsed->user_id, parsed->session_id)});
    const auto rows = co_await tx.batch(std::move(statements));
    auto user = rows[0].maybe<UserRow>();
    auto session = rows[1].maybe<SessionRow>();
    if (!user || !session) co_return not_found();
    const std::string key = open_refresh_key(*session);
    if (!parsed->is_signed_by(key) || session->client_id != client_id) co_return not_found();
    const auto allowed = limits_.take(Limit::refresh, to_string(session->id));
    if (!allowed) co_return allowed.error();
    const auto living = co_await check_limits(tx, *session, *user);
    if (!living) co_return living.error();
    const auto advanced = co_await advance(tx, *session, parsed->counter);
    if (!advanced) co_return advanced.error();
    auto issued = co_await issue(tx, std::move(*user), std::move(*session), key);
    co_await tx.commit();
    co_return issued;
}

Task<Result<void>> Sessions::advance(db::Tx& tx, SessionRow& session, std::uint64_t counter) {
    const Time now = clock_.now();
    const SessionState state{static_cast<std::uint64_t>(session.counter), session.refreshed_at};
    switch (rotation_for(counter, state, now, std::chrono::seconds(config_.refresh_reuse_s))) {
        case Rotation::not_issued:
            co_return Error{Code::invalid_argument, "validation_failed",
                            "Invalid Refresh Token: Not Issued By This Server"};
        case Rotation::reused:
            co_await end_reused(tx, session);
            co_return dead("refresh_token_already_used", "Already Used");
        case Rotation::advance: {
            const auto moved =
                co_await tx.execute(sql::advance_session, session.user_id, session.id, session.counter, now);
            if (moved == 0) co_return not_found();
            ++session.counter;
            break;
        }
        case Rotation::repeat_current:
            break;
    }
    co_return Result<void>();
}

Task<void> Sessions::end_reused(db::Tx& tx, const SessionRow& session) {
    co_await tx.execute(sql::delete_session, session.user_id, session.id);
    co_await revocations_.revoke_session(tx, session.id);
    co_await record(tx, {.action = action::token_reused,
                         .actor = session.user_id,
                         .outcome = "failure",
                         .target = to_string(session.id)});
    co_await tx.commit();
    log::warn("refresh_token_reused", {{"user_id", to_string(session.user_id)}, {"session_id", to_string(session.id)}});
}

bool Sessions::is_living_and_own(const std::optional<SessionRow>& session) const {
    return session && !session->act_user && check_age(*session);
}

Task<std::size_t> Sessions::end_own(db::Tx& tx, UserId user_id, SessionId session_id) {
    const auto ended = co_await tx.execute(sql::delete_session, user_id, session_id);
    if (ended == 0) co_return 0U;
    // What the session has agreed to for another program is not handed out after it.
    const Time oldest = clock_.now() - waiting_code_memory;
    co_await tx.execute(sql::forget_oauth_codes, user_id, oldest);
    co_await revocations_.revoke_session(tx, session_id);
    co_return 1U;
}

Task<void> Sessions::end(UserId user_id, SessionId session_id, LogoutScope scope, Device device) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    // A token outlives its session, and whoever acts as the person is not them.
    const auto session = co_await store::find_session(tx, user_id, session_id);
    const bool is_one = scope == LogoutScope::local || !is_living_and_own(session);
    const SessionId kept = scope == LogoutScope::others ? session_id : SessionId{};
    std::size_t count = 0;
    if (is_one) {
        count = co_await end_own(tx, user_id, session_id);
    } else {
        count = co_await end_sessions(tx, revocations_, user_id, kept, now);
    }
    co_await record(tx, {.action = action::logout,
                         .actor = user_id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .details = {{"sessions", count}}});
    co_await tx.commit();
}

Task<void> Sessions::end_all(UserId user_id) {
    AuditEntry entry{.action = action::logout, .actor = user_id};
    co_await end_every(user_id, std::move(entry));
}

Task<void> Sessions::end_others(db::Tx& tx, UserId user_id, SessionId kept) {
    const Time now = clock_.now();
    co_await end_sessions(tx, revocations_, user_id, kept, now);
}

Task<void> Sessions::end_with_passkey(db::Tx& tx, UserId user_id) {
    auto ended = co_await tx.many<SessionId>(sql::delete_passkey_sessions, user_id);
    co_await revocations_.revoke_sessions(tx, std::move(ended));
}

Task<std::optional<SessionRow>> Sessions::find(UserId user_id, SessionId session_id) {
    return database_.maybe_one<SessionRow>(sql::find_session, user_id, session_id);
}

Task<std::vector<SessionView>> Sessions::list(UserId user_id) {
    const Time now = clock_.now();
    const Time idle_since = now - std::chrono::seconds(config_.refresh_idle_s);
    return database_.many<SessionView>(sql::list_sessions, user_id, now, idle_since);
}

Task<bool> Sessions::end_one(UserId user_id, SessionId session_id, AuditEntry entry) {
    db::Tx tx = co_await database_.begin();
    const std::size_t ended = co_await end_own(tx, user_id, session_id);
    if (ended == 0) co_return false;
    entry.target = to_string(session_id);
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return true;
}

Task<std::size_t> Sessions::end_every(UserId user_id, AuditEntry entry) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const std::size_t count = co_await end_sessions(tx, revocations_, user_id, SessionId{}, now);
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
