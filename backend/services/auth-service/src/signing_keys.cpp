#include "services/auth-service/src/signing_keys.hpp"

#include "platform/json/type_info.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/store/signing_keys_sql.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/describe/class.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace tt::auth {

BOOST_DESCRIBE_STRUCT(KeyState, (), (kid, state, since))

namespace {

constexpr std::chrono::milliseconds change_look_interval{500};
constexpr int reload_after_looks = 120;  // a minute

struct KeyRow {
    std::string kid;
    std::string state;
    db::Bytea private_key;
    platform::json::Raw public_jwk;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (kid, state, private_key, public_jwk))

std::string seal_context(const std::string& kid) {
    return "auth.signing_keys.private_key/" + kid;
}

std::string document_of(const std::vector<KeyRow>& rows) {
    boost::json::array published;
    for (const KeyRow& row : rows) published.push_back(boost::json::parse(row.public_jwk.text));
    return boost::json::serialize(boost::json::object{{"keys", std::move(published)}});
}

}  // namespace

SigningKeys::SigningKeys(db::Database database, const crypto::Envelope& envelope, const Clock& clock,
                         std::chrono::seconds token_life)
    : database_(std::move(database)), envelope_(envelope), clock_(clock) {
    periods_.published_after_use = std::max(periods_.published_after_use, token_life);
}

SigningKeys::~SigningKeys() {
    following_->is_over = true;
}

Task<void> SigningKeys::load() {
    auto rows = co_await database_.many<KeyRow>(sql::published_keys);
    if (rows.empty()) {
        db::Tx tx = co_await database_.begin();
        co_await insert_key(tx, "current");
        co_await finish(tx);
        rows = co_await database_.many<KeyRow>(sql::published_keys);
    }
    std::shared_ptr<const Loaded> fresh;
    for (const KeyRow& row : rows) {
        if (row.state != "current") continue;
        const auto pem = envelope_.open(row.private_key.bytes, seal_context(row.kid));
        if (!pem) throw std::runtime_error("the master key does not open the signing key in the database");
        fresh = std::make_shared<const Loaded>(
            Loaded{crypto::Es256Key::from_private_pem(*pem, row.kid), document_of(rows)});
    }
    if (!fresh) throw std::runtime_error("no signing key is current");
    const std::lock_guard lock(mutex_);
    loaded_ = std::move(fresh);
}

Task<void> SigningKeys::follow() {
    const Executor executor = co_await asio::this_coro::executor;
    asio::co_spawn(
        executor,
        [](SigningKeys& keys, std::shared_ptr<Following> following) -> Task<void> {
            for (int looks = 1; !following->is_over; ++looks) {
                co_await sleep_for(change_look_interval);
                if (following->is_over) co_return;
                if (!following->is_changed.exchange(false) && looks < reload_after_looks) continue;
                looks = 0;
                try {
                    co_await keys.load();
                } catch (const std::exception& error) {
                    log::warn("signing_keys_not_read", {{"error.message", error.what()}});
                }
            }
        }(*this, following_),
        asio::detached);
}

Task<bool> SigningKeys::insert_key(db::Tx& tx, std::string state) {
    const crypto::Es256Key key = crypto::Es256Key::generate();
    const db::Bytea sealed{envelope_.seal(key.private_pem(), seal_context(key.kid()))};
    const std::string jwk = boost::json::serialize(key.public_jwk());
    const Time now = clock_.now();
    const auto inserted = co_await tx.execute(sql::insert_signing_key, key.kid(), state, sealed, jwk, now);
    if (inserted > 0) log::info("signing_key_created", {{"kid", key.kid()}, {"state", state}});
    co_return inserted > 0;
}

Task<void> SigningKeys::finish(db::Tx& tx) {
    co_await tx.query(sql::announce_keys, {});
    co_await tx.commit();
    wake();
}

Task<void> SigningKeys::advance() {
    db::Tx tx = co_await database_.begin();
    const auto keys = co_await tx.many<KeyState>(sql::lock_key_states);
    auto move = next_key_move(keys, periods_, clock_.now());
    if (!move) co_return;
    co_await make_move(tx, std::move(*move));
    co_await finish(tx);
}

Task<void> SigningKeys::make_move(db::Tx& tx, KeyMove move) {
    const Time now = clock_.now();
    switch (move.step) {
        case KeyStep::publish_next:
            co_await insert_key(tx, "next");
            co_return;
        case KeyStep::promote_next: {
            co_await tx.execute(sql::replace_current_key, now);
            co_await tx.execute(sql::promote_key, move.kid, now);
            AuditEntry entry;
            entry.action = action::signing_key_rotated;
            entry.target = move.kid;
            entry.actor_kind = "system";
            co_await record(tx, std::move(entry));
            log::info("signing_key_promoted", {{"kid", move.kid}});
            co_return;
        }
        case KeyStep::retire:
            co_await tx.execute(sql::retire_key, move.kid, now);
            log::info("signing_key_retired", {{"kid", move.kid}});
            co_return;
    }
}

Task<Time> SigningKeys::rotate() {
    db::Tx tx = co_await database_.begin();
    const auto keys = co_await tx.many<KeyState>(sql::lock_key_states);
    if (keys.empty()) {
        co_await insert_key(tx, "current");
        co_await finish(tx);
        co_return clock_.now();
    }
    const auto next = std::ranges::find(keys, "next", &KeyState::state);
    const Time since = next == keys.end() ? clock_.now() : next->since;
    if (next == keys.end()) {
        co_await insert_key(tx, "next");
        co_await finish(tx);
    }
    co_return since + periods_.published_before_use;
}

std::shared_ptr<const SigningKeys::Loaded> SigningKeys::loaded() const {
    const std::lock_guard lock(mutex_);
    if (!loaded_) throw Unavailable("signing keys are not loaded yet");
    return loaded_;
}

std::string SigningKeys::sign(const boost::json::object& claims) const {
    return crypto::sign_jwt(loaded()->current, claims);
}

std::string SigningKeys::jwks() const {
    return loaded()->jwks;
}

Task<std::string> SigningKeys::fetch_jwks() {
    co_return jwks();
}

}  // namespace tt::auth
