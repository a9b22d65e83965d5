#include "services/auth-service/src/one_time_codes.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "services/auth-service/src/domain/one_time_secret.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"

namespace tt::auth {
namespace {

constexpr std::chrono::days one_time_retention{2};  // beyond any lifetime of a link

TakenOneTime taken_of(const OneTimeRow& row) {
    return {row.kind, row.address, Pkce{row.code_challenge.value_or(""), row.challenge_method.value_or("")},
            row.sign_up_id};
}

}  // namespace

OneTimeCodes::OneTimeCodes(const Clock& clock, const AuthConfig& config) : clock_(clock), config_(config) {}

Task<OneTimeSecret> OneTimeCodes::issue(db::Tx& tx, UserId owner, OneTimeKind kind, std::string address,
                                        std::optional<Uuid> sign_up, Pkce pkce) {
    OneTimeSecret secret{make_link_secret(owner.value), crypto::random_digits(config_.code_digits)};
    const db::Bytea link_hash{crypto::sha256(secret.link)};
    const db::Bytea code_hash{hash_of_code(owner.value, secret.code)};
    std::optional<std::string> challenge;
    std::optional<std::string> method;
    if (pkce.is_set()) {
        challenge = pkce.challenge;
        method = pkce.method;
        secret.link.insert(0, pkce_prefix);
    }
    co_await tx.execute(sql::put_one_time, owner, kind, link_hash, code_hash, address, challenge, method, sign_up,
                        clock_.now());
    co_return secret;
}

bool OneTimeCodes::is_expired(const OneTimeRow& row, const OneTimeProof& proof) const {
    const auto lifetime = std::chrono::seconds(proof.is_link() ? config_.link_s : config_.code_s);
    return clock_.now() - row.created_at > lifetime;
}

Task<std::optional<TakenOneTime>> OneTimeCodes::take(db::Tx& tx, UserId owner, OneTimeKind kind, OneTimeProof proof,
                                                     std::string browser) {
    auto row = co_await tx.maybe_one<OneTimeRow>(sql::lock_one_time, owner, kind);
    if (!row || is_expired(*row, proof)) co_return std::nullopt;
    if (!proof.is_link()) co_return co_await take_code(tx, std::move(*row), std::move(proof));
    std::string link = std::move(proof.link);
    if (link.starts_with(pkce_prefix)) link.erase(0, pkce_prefix.size());
    co_return co_await take_link(tx, std::move(*row), std::move(link), std::move(browser));
}

Task<std::optional<TakenOneTime>> OneTimeCodes::take_link(db::Tx& tx, OneTimeRow row, std::string link,
                                                          std::string browser) {
    // 256 bits: no need to count, and strangers must not void a code.
    if (!crypto::constant_time_equal(crypto::sha256(link), row.link_hash.bytes)) co_return std::nullopt;
    const db::Bytea browser_hash{crypto::sha256(browser)};
    TakenOneTime taken = taken_of(row);
    if (row.used_at) {
        const bool is_same = !browser.empty() && row.browser_hash &&
                             crypto::constant_time_equal(browser_hash.bytes, row.browser_hash->bytes);
        const bool is_late = clock_.now() - *row.used_at > std::chrono::seconds(config_.link_replay_s);
        if (!is_same || is_late) co_return std::nullopt;
        taken.is_replay = true;
    } else if (browser.empty()) {
        co_await tx.execute(sql::delete_one_time, row.user_id, row.kind);
    } else {
        co_await tx.execute(sql::mark_one_time_used, row.user_id, row.kind, clock_.now(), browser_hash);
    }
    co_return taken;
}

Task<std::optional<TakenOneTime>> OneTimeCodes::take_code(db::Tx& tx, OneTimeRow row, OneTimeProof proof) {
    if (row.used_at || row.attempts >= attempt_limit) co_return std::nullopt;
    const bool is_sent_there = row.address.empty() || row.address == proof.address;
    const std::string given = hash_of_code(row.user_id.value, proof.code);
    if (is_sent_there && crypto::constant_time_equal(given, row.code_hash.bytes)) {
        co_await tx.execute(sql::delete_one_time, row.user_id, row.kind);
        co_return taken_of(row);
    }
    co_await tx.execute(sql::count_attempt, row.user_id, row.kind);
    co_return std::nullopt;
}

Task<void> OneTimeCodes::forget(db::Tx& tx, UserId owner) {
    co_await tx.execute(sql::delete_all_one_time, owner);
}

Task<void> OneTimeCodes::forget(db::Tx& tx, UserId owner, OneTimeKind kind) {
    co_await tx.execute(sql::delete_one_time, owner, kind);
}

Task<void> OneTimeCodes::clean_up(db::Database database) {
    const Time forgotten = clock_.now() - one_time_retention;
    co_await database.execute(sql::delete_old_one_time, forgotten);
}

}  // namespace tt::auth
