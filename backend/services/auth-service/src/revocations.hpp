#pragma once

#include "platform/db/database.hpp"
#include "services/auth-service/src/config.hpp"
#include "shared/middleware/revocation_set.hpp"

#include <string>
#include <vector>

namespace tt::auth {

/// Ends access tokens before they expire. A revocation is written in the transaction of what it follows from and heard
/// by every gateway within seconds of its commit (docs/architecture/security.md). Refresh tokens are not meant: whoever
/// ends a session deletes its row, too.
class Revocations final : public RevocationSource {
public:
    Revocations(db::Database database, const Clock& clock, const AuthConfig& config);

    /// Every token of the session, whenever it was or will be issued.
    Task<void> revoke_session(db::Tx& tx, SessionId session_id);
    Task<void> revoke_sessions(db::Tx& tx, std::vector<SessionId> session_ids);
    /// Every token issued to the person until now, in whatever session: bans, deletions, fewer roles. Tokens issued
    /// later are good: sessions that go on are refreshed, and a new sign-in works at once. Call it after the rows it
    /// follows from are written.
    Task<void> revoke_user(db::Tx& tx, UserId user_id);
    Task<void> revoke_users(db::Tx& tx, std::vector<UserId> user_ids);
    /// What gateways remember of the key until now: they ask again.
    Task<void> refresh_api_key(db::Tx& tx, Uuid key_id);

    Task<RevocationPage> revocations_after(std::string cursor) override;
    std::shared_ptr<void> on_change(std::function<void()> ring) override { return database_.listen(channel, ring); }
    /// Removes what no token can be met by any more.
    Task<void> clean_up();

    /// Rung in this process (db::Database::listen) when a transaction has revoked; other processes of this database are
    /// notified on issuer_channel.
    static constexpr const char* channel = "revocations";

private:
    Task<void> write(db::Tx& tx, std::vector<Uuid> subjects, Time not_before);
    Time last_use() const;

    db::Database database_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
