#pragma once

#include "platform/app/service.hpp"
#include "platform/core/runtime.hpp"
#include "platform/crypto/envelope.hpp"
#include "platform/crypto/jwks.hpp"
#include "platform/http/client.hpp"
#include "platform/http/signing_client.hpp"
#include "platform/mail/inbox.hpp"
#include "platform/mail/mailer.hpp"
#include "platform/redis/client.hpp"
#include "platform/storage/file_store.hpp"
#include "platform/storage/url_signer.hpp"
#include "shared/host/settings.hpp"
#include "shared/host/side.hpp"
#include "shared/host/tracing.hpp"
#include "shared/middleware/authenticate.hpp"
#include "shared/middleware/service_signature.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tt {

class Edge;

/// A process: its threads, databases, keys, mail and files. Whoever composes it takes what the services need from
/// here, adds services and edges, and calls run().
class Host {
public:
    explicit Host(Settings settings);
    ~Host();

    const Settings& settings() const { return settings_; }
    Runtime& runtime() { return runtime_; }
    const Clock& clock() const { return clock_; }
    http::Client& client() { return client_; }
    /// For requests to the platform's other processes: signed in this one's name.
    http::SigningClient service_client();
    ServiceSignature& service_signature() { return service_signature_; }
    mail::Mailer& mailer() { return mailer_; }
    storage::FileStore& files() { return files_; }
    const storage::UrlSigner& media_signer() const { return media_signer_; }
    const crypto::Envelope& envelope() const { return envelope_; }
    /// For whatever begins a trace; nullptr when the settings name no collector.
    trace::Tracer* tracer() { return tracing_ ? &tracing_->tracer() : nullptr; }

    /// Null when the settings name none.
    redis::Client* redis() { return redis_.get(); }

    /// The database of one half of the product with all that moves in it; opened on first use.
    Side& site();
    Side& academy();

    /// 32 bytes for one purpose, derived from the master key.
    std::string derive_key(std::string_view purpose) const;
    /// API keys in supabase's form; `role` is anon or service_role.
    std::string api_key(std::string_view role) const;
    /// What a bearer token must satisfy, here and in every other process of the platform.
    crypto::JwtPolicy token_policy() const;

    /// Adds a service of that side: its events, jobs and schedules run in this process.
    void add(Side& side, app::Service& service);
    /// Adds a gateway or the private port of a stand-alone service.
    void add(Edge& edge) { edges_.push_back(&edge); }
    /// Runs `work` before anything is served.
    void before_serving(std::function<Task<void>()> work) { preparations_.push_back(std::move(work)); }

    /// Serves until SIGINT or SIGTERM, then drains. Returns the exit status.
    int run();
    /// Runs one coroutine to its end without serving: commands such as seed and import.
    void run_once(std::function<Task<void>()> work);

private:
    struct Served {
        Side* side;
        app::Service* service;
    };

    Task<void> serve();
    Task<void> drain();
    void start_inbox();
    void start_operations();
    Task<bool> is_ready();

    Settings settings_;
    SystemClock clock_;
    Runtime runtime_;
    http::Client client_;
    std::unique_ptr<Tracing> tracing_;
    crypto::Envelope envelope_;
    ServiceSignature service_signature_;
    mail::SmtpMailer mailer_;
    storage::FileStore files_;
    storage::UrlSigner media_signer_;
    std::unique_ptr<redis::Client> redis_;
    std::unique_ptr<Side> site_;
    std::unique_ptr<Side> academy_;
    std::vector<Served> services_;
    std::vector<Edge*> edges_;
    std::vector<std::function<Task<void>()>> preparations_;
    struct Private;  // ports that belong to the host itself: operations, development inbox
    std::unique_ptr<Private> private_;
};

}  // namespace tt
