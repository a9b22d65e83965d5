#pragma once

#include "platform/crypto/envelope.hpp"
#include "platform/crypto/jwks.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/domain/key_rotation.hpp"
#include "shared/types/prelude.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace tt::auth {

/// The keys that sign access tokens. They live in the database, so that every process signs with the same one; the
/// private part only opens with the master key.
///
/// A key is published (next) before it signs (current) and stays published afterwards (previous), so that no token is
/// ever met by a verifier that cannot know its key. Moves are made by advance(), in one process at a time; the others
/// hear of them by NOTIFY and look once a minute.
class SigningKeys final : public crypto::JwksSource {
public:
    /// `token_life`: how long a token is good, at most.
    SigningKeys(db::Database database, const crypto::Envelope& envelope, const Clock& clock,
                std::chrono::seconds token_life);
    ~SigningKeys() override;

    /// Reads the keys; makes the first one when there is none. Throws when the master key does not fit them.
    Task<void> load();
    /// Keeps them as the database has them, from the calling io thread, until this object's end.
    Task<void> follow();
    /// Another process has changed them. From any thread.
    void wake() { following_->is_changed = true; }

    /// Makes the move that is due, if any.
    Task<void> advance();
    /// Publishes a new key now; it signs after the usual time. Returns when; a key that is published already stays.
    Task<Time> rotate();

    /// Throws Unavailable before load().
    std::string sign(const boost::json::object& claims) const;
    /// The JWKS document: every key that tokens in circulation may be signed with, private parts left out.
    std::string jwks() const;
    Task<std::string> fetch_jwks() override;

private:
    struct Loaded {
        crypto::Es256Key current;
        std::string jwks;
    };
    struct Following {
        std::atomic<bool> is_changed{false};
        std::atomic<bool> is_over{false};
    };
    std::shared_ptr<const Loaded> loaded() const;
    Task<bool> insert_key(db::Tx& tx, std::string state);
    Task<void> make_move(db::Tx& tx, KeyMove move);
    Task<void> finish(db::Tx& tx);

    db::Database database_;
    const crypto::Envelope& envelope_;
    const Clock& clock_;
    KeyPeriods periods_;
    std::shared_ptr<Following> following_ = std::make_shared<Following>();
    mutable std::mutex mutex_;
    std::shared_ptr<const Loaded> loaded_;
};

}  // namespace tt::auth
