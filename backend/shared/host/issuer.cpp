#include "shared/host/issuer.hpp"

#include "shared/host/remote_issuer.hpp"

namespace tt {

struct Issuer::Remote {
    Remote(Host& host, const std::string& url)
        : keys(host.client(), url), revocations(host.service_client(), url), api_keys(host.service_client(), url) {}

    HttpJwksSource keys;
    HttpRevocationSource revocations;
    HttpApiKeySource api_keys;
};

Issuer::Issuer(Host& host, IssuerSources sources)
    : host_(host),
      source_(&sources.revocations),
      api_keys_(&sources.api_keys),
      keys_(std::make_unique<crypto::JwksCache>(sources.keys, crypto::JwksConfig{}, host.clock())) {
    listen_to_database(std::move(sources.on_changed_keys));
}

Issuer::Issuer(Host& host, std::string url, const std::string& name)
    : host_(host),
      remote_(std::make_unique<Remote>(host, url)),
      source_(&remote_->revocations),
      api_keys_(&remote_->api_keys),
      copy_(host.settings().paths.data / ("revocations." + name + ".json")) {
    crypto::JwksConfig config;
    config.file = host.settings().paths.data / ("issuer_keys." + name + ".json");
    keys_ = std::make_unique<crypto::JwksCache>(remote_->keys, std::move(config), host.clock());
}

Issuer::~Issuer() = default;

void Issuer::listen_to_database(std::function<void()> on_changed_keys) {
    hints_ = std::make_unique<DatabaseHints>(host_.site().url(), issuer_channel,
                                             [this, changed = std::move(on_changed_keys)](const std::string& what) {
                                                 if (what == "revocations" && feed_) feed_->wake();
                                                 if (what == "keys" && changed) changed();
                                             });
    host_.before_serving([this] { return hints_->start(); });
}

/// The process that has the database tells; all hear.
void Issuer::share_by_redis(RevocationFeedConfig& config) {
    channel_ = std::make_unique<RevocationChannel>(
        host_, RevocationChannel::Handlers{
                   .on_heard = [this](const std::vector<Revocation>& heard) { revocations_.add(heard); },
                   .on_connected = [this] { feed_->wake(); }});
    if (remote_) return;
    config.on_added = [this](const std::vector<Revocation>& added) { channel_->publish(added); };
}

void Issuer::watch_revocations() {
    if (feed_) return;
    RevocationFeedConfig config;
    config.copy = copy_;
    if (host_.redis()) share_by_redis(config);
    feed_ = std::make_unique<RevocationFeed>(host_.runtime(), *source_, revocations_, host_.clock(), std::move(config));
    host_.before_serving([this]() -> Task<void> {
        co_await feed_->start();
        if (channel_) channel_->start();
    });
}

}  // namespace tt
