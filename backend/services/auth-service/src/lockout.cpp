#include "services/auth-service/src/lockout.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/limits/network.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "services/auth-service/src/store/lockout_sql.hpp"

#include <algorithm>
#include <limits>

namespace tt::auth {
namespace {

/// So many guesses are free; then the delay begins at `first_s` and doubles every `step` guesses.
struct GuessRule {
    int free;
    double first_s;
    double step;
    int last = std::numeric_limits<int>::max();  // then only reset() helps (NIST 800-63B-4 §3.2.2: at most 100)
};

constexpr double delay_cap_s = 900;
constexpr GuessRule from_one_place{.free = 10, .first_s = 64, .step = 1};
constexpr GuessRule from_anywhere{.free = 20, .first_s = 1, .step = 4, .last = 100};
constexpr GuessRule of_a_factor{.free = 5, .first_s = delay_cap_s, .step = 1, .last = 100};

constexpr std::chrono::hours guess_memory{24};
constexpr std::chrono::hours account_guess_memory{24 * 365};
constexpr std::size_t devices_per_browser = 5;  // accounts one browser is known for
constexpr int devices_per_account = 10;
constexpr std::size_t device_id_bytes = 16;
constexpr std::size_t device_id_characters = 22;

const char* kind_name(AttemptKind kind) {
    switch (kind) {
        case AttemptKind::password:
            return "password";
        case AttemptKind::otp:
            return "otp";
        case AttemptKind::mfa:
            return "mfa";
    }
    return "";
}

db::Bytea account_digest(const std::string& text) {
    return {crypto::sha256(text)};
}

/// The ids in a cookie; what no server of ours can have set is left out.
std::vector<std::string> device_ids(std::string_view cookie) {
    std::vector<std::string> ids;
    while (!cookie.empty() && ids.size() < devices_per_browser) {
        const auto end = std::min(cookie.find('.'), cookie.size());
        if (end == device_id_characters) ids.emplace_back(cookie.substr(0, end));
        cookie.remove_prefix(std::min(end + 1, cookie.size()));
    }
    return ids;
}

std::vector<db::Bytea> device_hashes(std::string_view cookie) {
    std::vector<db::Bytea> hashes;
    for (const std::string& id : device_ids(cookie)) hashes.push_back(account_digest(id));
    return hashes;
}

db::Statement guess_count(const db::Bytea& account, AttemptKind kind, const db::Bytea& origin, const GuessRule& rule,
                          Time now) {
    return {sql::count_guess, db::make_params(account, kind_name(kind), origin, now, rule.free, rule.first_s, rule.step,
                                              delay_cap_s, rule.last)};
}

Error too_many_guesses(int wait_s) {
    static metrics::Counter& refused = metrics::counter("auth_guesses_refused_total");
    refused.add();
    return Error{Code::rate_limited, "over_request_rate_limit", "Request rate limit reached", {}, wait_s};
}

}  // namespace

/// What an attempt is counted as.
struct Lockout::Place {
    db::Bytea account;
    db::Bytea whole_account{};  // the empty origin
    db::Bytea origin;
    bool is_known_device = false;

    std::vector<db::Bytea> origins() const {
        return is_known_device ? std::vector{origin} : std::vector{whole_account, origin};
    }
    /// The account's row first, always, so that two guesses cannot wait for each other.
    std::vector<db::Statement> counts(AttemptKind kind, Time now) const {
        std::vector<db::Statement> statements;
        const GuessRule& general = kind == AttemptKind::mfa ? of_a_factor : from_anywhere;
        if (!is_known_device) statements.push_back(guess_count(account, kind, whole_account, general, now));
        statements.push_back(guess_count(account, kind, origin, from_one_place, now));
        return statements;
    }
};

Lockout::Lockout(db::Database database, const Clock& clock, unsigned failures_per_5min)
    : database_(std::move(database)), clock_(clock), watch_(clock, failures_per_5min) {}

Task<Lockout::Place> Lockout::place_of(db::Tx& tx, std::string account, AttemptOrigin origin) {
    Place place{.account = account_digest(account),
                .origin = account_digest("network " + limits::network_of(origin.ip, 24))};
    const auto hashes = device_hashes(origin.devices);
    if (hashes.empty()) co_return place;
    const auto device = co_await tx.maybe_one<db::Bytea>(sql::known_device, place.account, hashes);
    if (device) {
        place.origin = *device;
        place.is_known_device = true;
    }
    co_return place;
}

Task<Result<void>> Lockout::attempt(AttemptKind kind, std::string account, AttemptOrigin origin) {
    const std::string network = limits::network_of(origin.ip);
    Place place;
    {
        db::Tx tx = co_await database_.begin();
        place = co_await place_of(tx, std::move(account), origin);
        const auto strict_wait_s = place.is_known_device ? std::nullopt : watch_.wait_s(network);
        if (strict_wait_s) co_return too_many_guesses(*strict_wait_s);
        const auto counted = co_await tx.batch(place.counts(kind, clock_.now()));
        if (std::ranges::all_of(counted, [](const db::Rows& rows) { return rows.affected() == 1; })) {
            co_await tx.commit();
            if (!place.is_known_device) watch_.attempted(network);
            co_return Result<void>();
        }
    }  // rolled back: a refused guess is not counted
    const auto origins = place.origins();
    const int wait_s = co_await database_.one<int>(sql::guess_wait_s, place.account, kind_name(kind), origins,
                                                   clock_.now(), delay_cap_s);
    log::warn("guess_refused", {{"kind", kind_name(kind)}, {"wait_s", wait_s}});
    co_return too_many_guesses(wait_s);
}

// In the order in which attempt() locks them.
std::vector<db::Statement> Lockout::forgetting(const Place& place, AttemptKind kind, const AttemptOrigin& origin) {
    if (!place.is_known_device) watch_.succeeded(limits::network_of(origin.ip));
    std::vector<db::Statement> statements;
    for (const db::Bytea& counted : {place.whole_account, place.origin}) {
        statements.push_back({sql::forget_guesses, db::make_params(place.account, kind_name(kind), counted)});
    }
    return statements;
}

std::string Lockout::remembering(const Place& place, const AttemptOrigin& origin,
                                 std::vector<db::Statement>& statements) const {
    const Time now = clock_.now();
    if (place.is_known_device) {
        statements.push_back({sql::remember_device, db::make_params(place.account, place.origin, now)});
        return origin.devices;
    }
    // Never an id that the browser brought along: whoever planted it would be known too.
    std::string cookie = crypto::random_token(device_id_bytes);
    statements.push_back({sql::remember_device, db::make_params(place.account, account_digest(cookie), now)});
    statements.push_back({sql::forget_oldest_devices, db::make_params(place.account, devices_per_account)});
    const auto others = device_ids(origin.devices);
    for (std::size_t i = 0; i < others.size() && i + 1 < devices_per_browser; ++i) cookie += '.' + others[i];
    return cookie;
}

Task<void> Lockout::succeed(db::Tx& tx, AttemptKind kind, std::string account, AttemptOrigin origin) {
    const Place place = co_await place_of(tx, std::move(account), origin);
    auto statements = forgetting(place, kind, origin);
    co_await tx.batch(std::move(statements));
}

Task<std::string> Lockout::remember(db::Tx& tx, std::string account, AttemptOrigin origin) {
    const Place place = co_await place_of(tx, std::move(account), origin);
    std::vector<db::Statement> statements;
    auto cookie = remembering(place, origin, statements);
    co_await tx.batch(std::move(statements));
    co_return cookie;
}

Task<std::string> Lockout::welcome(db::Tx& tx, AttemptKind kind, std::string account, AttemptOrigin origin) {
    const Place place = co_await place_of(tx, std::move(account), origin);
    auto statements = forgetting(place, kind, origin);
    auto cookie = remembering(place, origin, statements);
    co_await tx.batch(std::move(statements));
    co_return cookie;
}

Task<void> Lockout::reset(db::Tx& tx, std::string account) {
    const db::Bytea key = account_digest(account);
    co_await tx.execute(sql::forget_all_guesses, key);
    co_await tx.execute(sql::forget_devices, key);
}

Task<void> Lockout::clean_up() {
    const Time now = clock_.now();
    co_await database_.execute(sql::delete_old_guesses, now - guess_memory, now - account_guess_memory);
    co_await database_.execute(sql::delete_old_devices, now - device_lifetime);
}

}  // namespace tt::auth
