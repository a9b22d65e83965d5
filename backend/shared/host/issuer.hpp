#pragma once

#include "shared/host/database_hints.hpp"
#include "shared/host/host.hpp"
#include "shared/host/revocation_channel.hpp"
#include "shared/host/revocation_feed.hpp"
#include "shared/middleware/issuer_sources.hpp"

#include <functional>
#include <memory>
#include <string>

/// What a process knows of whoever issues tokens.
namespace tt {

/// Public keys, revoked tokens and API keys of the issuer: its own objects where auth is in this process, signed HTTP
/// requests otherwise. The last good keys and revocations are kept on disk, so that a process that starts while auth is
/// away goes on serving those who are signed in.
class Issuer {
public:
    /// In the process that holds auth, whose database is the site's.
    Issuer(Host& host, IssuerSources sources);
    /// Far away at `url`, which is a gateway's or auth-service's origin. `name` makes this process's files its own.
    Issuer(Host& host, std::string url, const std::string& name);
    ~Issuer();

    /// Has the set of revocations follow the issuer from before the first request on. A process behind a gateway that
    /// looks into its own set needs none.
    void watch_revocations();

    crypto::JwksCache& keys() { return *keys_; }
    ApiKeySource& api_keys() { return *api_keys_; }
    /// Null when nobody watches.
    const RevocationSet* revocations() const { return feed_ ? &revocations_ : nullptr; }

private:
    struct Remote;
    void share_by_redis(RevocationFeedConfig& config);
    void listen_to_database(std::function<void()> on_changed_keys);

    Host& host_;
    std::unique_ptr<Remote> remote_;
    RevocationSource* source_;
    ApiKeySource* api_keys_;
    std::unique_ptr<crypto::JwksCache> keys_;
    std::filesystem::path copy_;
    RevocationSet revocations_;
    std::unique_ptr<RevocationFeed> feed_;
    std::unique_ptr<DatabaseHints> hints_;
    std::unique_ptr<RevocationChannel> channel_;
};

}  // namespace tt
