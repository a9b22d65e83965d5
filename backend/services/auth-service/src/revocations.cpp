#include "services/auth-service/src/revocations.hpp"

#include "services/auth-service/src/store/revocations_sql.hpp"

#include <charconv>

namespace tt::auth {
namespace {

// A token outlives its exp by the verifiers' tolerance for clocks that differ.
constexpr std::chrono::seconds clock_tolerance{60};
constexpr Time forever{std::chrono::sys_days(std::chrono::year(2200) / 1 / 1)};

/// 0, the first of all, for what is no number.
std::uint64_t transaction_number(const std::string& text) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

}  // namespace

Revocations::Revocations(db::Database database, const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)), clock_(clock), config_(config) {}

Task<void> Revocations::revoke_session(db::Tx& tx, SessionId session_id) {
    std::vector<SessionId> one{session_id};
    return revoke_sessions(tx, std::move(one));
}

Task<void> Revocations::revoke_sessions(db::Tx& tx, std::vector<SessionId> session_ids) {
    std::vector<Uuid> subjects;
    for (const SessionId id : session_ids) subjects.push_back(id.value);
    return write(tx, std::move(subjects), forever);
}

Task<void> Revocations::revoke_user(db::Tx& tx, UserId user_id) {
    std::vector<UserId> one{user_id};
    return revoke_users(tx, std::move(one));
}

Task<void> Revocations::revoke_users(db::Tx& tx, std::vector<UserId> user_ids) {
    std::vector<Uuid> subjects;
    for (const UserId id : user_ids) subjects.push_back(id.value);
    return write(tx, std::move(subjects), clock_.now());
}

Task<void> Revocations::refresh_api_key(db::Tx& tx, Uuid key_id) {
    std::vector<Uuid> one{key_id};
    return write(tx, std::move(one), clock_.now());
}

Time Revocations::last_use() const {
    return clock_.now() + std::chrono::seconds(config_.access_token_s) + clock_tolerance;
}

Task<void> Revocations::write(db::Tx& tx, std::vector<Uuid> subjects, Time not_before) {
    if (subjects.empty()) co_return;
    std::vector<db::Statement> statements;
    statements.push_back({sql::insert_revocations, db::make_params(subjects, not_before, last_use())});
    statements.push_back({sql::announce_revocations, {}});
    co_await tx.batch(std::move(statements));
    tx.ring_after_commit(channel);
}

Task<RevocationPage> Revocations::revocations_after(std::string cursor) {
    const auto horizon = co_await database_.one<std::string>(sql::revocation_horizon);
    // A cursor from the future is of another database: a restored dump counts its transactions from anew.
    const std::uint64_t asked = transaction_number(cursor);
    const std::string from = std::to_string(asked <= transaction_number(horizon) ? asked : 0);
    const Time now = clock_.now();
    RevocationPage page;
    page.cursor = horizon;
    page.token_life_s = config_.access_token_s + clock_tolerance.count();
    page.added = co_await database_.many<Revocation>(sql::revocations_from, from, now);
    co_return page;
}

Task<void> Revocations::clean_up() {
    const Time now = clock_.now();
    co_await database_.execute(sql::delete_old_revocations, now);
}

}  // namespace tt::auth
