#pragma once

#include "platform/core/result.hpp"
#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"
#include "platform/events/webhook_transport.hpp"
#include "platform/trace/tracer.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature "v1,<base64 HMAC-SHA256 of id.timestamp.body>".
namespace platform::events {

/// "whsec_" + base64 of 24 to 64 random bytes. Accepts the bare base64 too.
std::string make_webhook_secret();
std::string sign_webhook(std::string_view secret, std::string_view id, std::int64_t timestamp_s, std::string_view body);

struct WebhookHeaders {
    std::string id;
    std::string timestamp;
    std::string signature;  ///< space separated list; one right signature is enough
};

/// Seconds a webhook's timestamp may differ from our clock in either direction (standard-webhooks).
inline constexpr std::int64_t webhook_tolerance_s = 300;

/// Errors: webhook_signature_invalid (401) for a missing, wrong or late signature; nothing tells which.
Result<void> verify_webhook(const std::vector<std::string>& secrets, const WebhookHeaders& headers,
                            std::string_view body, Time now);

struct WebhookEndpoint {
    std::string name;  ///< durable identity: ensure_endpoint() updates the row of this name
    std::string url;
    std::vector<std::string> secrets;  ///< first signs; both do while a secret is rotated
    std::vector<std::string> topics;   ///< exact topics, or "*"
};

/// Creates or updates an endpoint. `database` acts as svc_platform.
Task<void> ensure_endpoint(db::Database database, WebhookEndpoint endpoint);

struct WebhookSenderConfig {
    std::chrono::milliseconds poll_interval{500};
    std::chrono::milliseconds timeout{15000};
    /// Lease of a claimed delivery; must exceed the timeout.
    std::chrono::seconds lease{60};
    /// Requests in flight per endpoint: one slow endpoint holds up only itself.
    int lanes_per_endpoint = 2;
    /// Waits before attempt 2, 3, … (the specification's table: 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h).
    /// After the last, the delivery is dead.
    std::vector<std::chrono::milliseconds> schedule = standard_schedule();
    static std::vector<std::chrono::milliseconds> standard_schedule();
    /// Each attempt is a span in the trace of what caused the event; none: no spans.
    trace::Tracer* tracer = nullptr;
};

/// Tells endpoints what they asked for. Deliveries are made by the Relay's fan-out; this sends them, in the order of
/// each subject, with retries, Retry-After, and 410 disabling the endpoint.
class WebhookSender {
public:
    WebhookSender(Runtime& runtime, db::Database database, WebhookTransport transport, std::string source,
                  WebhookSenderConfig config = {});
    ~WebhookSender();
    void start();
    Task<void> drain();

private:
    class State;
    std::shared_ptr<State> state_;
};

/// Takes in a peer's webhooks: verifies, then writes the event to this database's outbox with `origin` = peer, so that
/// local consumers get it like any other (and it is not sent out again). The same id twice has one effect.
class WebhookReceiver {
public:
    WebhookReceiver(db::Database database, std::string peer, std::vector<std::string> secrets, const Clock& clock);

    /// Errors: webhook_signature_invalid (401), validation_failed (400) for a body that is no event envelope.
    Task<Result<void>> receive(WebhookHeaders headers, std::string body) const;

private:
    db::Database database_;
    std::string peer_;
    std::vector<std::string> secrets_;
    const Clock& clock_;
};

}  // namespace platform::events
