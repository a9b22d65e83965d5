#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/guess_watch.hpp"
#include "shared/types/prelude.hpp"

#include <string>

namespace tt::auth {

/// What is being guessed; each has counters of its own.
enum class AttemptKind { password, otp, mfa };

/// Where an attempt comes from.
struct AttemptOrigin {
    std::string ip;
    /// The value of the cookie `Lockout::device_cookie`, as the browser sent it; empty for none.
    std::string devices{};
};

/// Slows down guessing without locking the owner out. Every attempt is counted before its proof is looked at, in the
/// database, so that parallel tries and several processes share one count:
/// - per (account, network: /24 or /64): ten free, then a delay that doubles from 64 s to 900 s;
/// - per account, wherever from: twenty free, then a delay that grows slowly to 900 s; after a hundred in a row only a
///   recovery mail (reset()) helps. A second factor has five and then 900 s each;
/// - a browser that has signed in to the account before is counted on its own, so strangers cannot slow its owner;
/// - when wrong guesses over all accounts exceed `failures_per_5min`, a network may only make a few (GuessWatch).
///
/// `account` is the normalised address or, for mfa, the factor's id; it need not exist, so nothing tells whether it
/// does.
class Lockout {
public:
    static constexpr const char* device_cookie = "tt_devices";

    Lockout(db::Database database, const Clock& clock, unsigned failures_per_5min);

    /// Error: over_request_rate_limit (429, with retry_after_s); then the proof must not be looked at.
    Task<Result<void>> attempt(AttemptKind kind, std::string account, AttemptOrigin origin);
    /// The proof was right: what was counted is forgotten. In the transaction that lets the person in.
    Task<void> succeed(db::Tx& tx, AttemptKind kind, std::string account, AttemptOrigin origin);
    /// From now on this browser is known for the account. Returns the value for its cookie, to be set for
    /// `device_lifetime`; the same as before when it was known already.
    Task<std::string> remember(db::Tx& tx, std::string account, AttemptOrigin origin);
    /// succeed() and remember() at once: what a sign-in leaves.
    Task<std::string> welcome(db::Tx& tx, AttemptKind kind, std::string account, AttemptOrigin origin);
    /// After a recovery or a change of password: no failures, and no browser is known any more.
    Task<void> reset(db::Tx& tx, std::string account);
    /// Removes what has no effect any more.
    Task<void> clean_up();

    static constexpr std::chrono::hours device_lifetime{24 * 180};

private:
    struct Place;
    Task<Place> place_of(db::Tx& tx, std::string account, AttemptOrigin origin);
    std::vector<db::Statement> forgetting(const Place& place, AttemptKind kind, const AttemptOrigin& origin);
    std::string remembering(const Place& place, const AttemptOrigin& origin,
                            std::vector<db::Statement>& statements) const;

    db::Database database_;
    const Clock& clock_;
    GuessWatch watch_;
};

}  // namespace tt::auth
