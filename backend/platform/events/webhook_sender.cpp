#include "platform/core/background.hpp"
#include "platform/core/backoff.hpp"
#include "platform/events/channels.hpp"
#include "platform/events/webhook_envelope.hpp"
#include "platform/events/webhooks.hpp"
#include "platform/events/webhooks_sql.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/trace/span.hpp"

#include <algorithm>
#include <set>

namespace platform::events {
namespace {

using std::chrono::milliseconds;

// A receiver may ask for a longer pause than the schedule has, but not for one that amounts to silence.
constexpr milliseconds max_retry_after{60 * 60 * 1000};

struct EndpointRow {
    Uuid id;
    std::string name;
    std::string url;
    std::vector<std::string> secrets;
};
BOOST_DESCRIBE_STRUCT(EndpointRow, (), (id, name, url, secrets))

struct Claimed {
    std::int64_t outbox_id = 0;
    int attempts = 0;
    Uuid event_id;
    std::string topic;
    std::string subject;
    std::string payload;
    Time created_at;
    std::optional<std::string> trace;
};
BOOST_DESCRIBE_STRUCT(Claimed, (), (outbox_id, attempts, event_id, topic, subject, payload, created_at, trace))

/// What became of one request. status 0: no answer came, `error` says why.
struct Outcome {
    unsigned status = 0;
    std::optional<int> retry_after_s;
    std::string error;

    bool is_delivered() const { return status >= 200 && status < 300; }
};

}  // namespace

class WebhookSender::State : public std::enable_shared_from_this<WebhookSender::State> {
public:
    State(Runtime& runtime, db::Database database, WebhookTransport transport, std::string source,
          WebhookSenderConfig config)
        : database_(std::move(database)),
          transport_(std::move(transport)),
          source_(std::move(source)),
          config_(std::move(config)),
          wakeup_(runtime, 0),
          loop_(runtime, 0),
          lanes_(runtime, 0) {
        listener_ = database_.listen(std::string(webhooks_channel), [wakeup = wakeup_] { wakeup.wake(); });
    }

    void start() { loop_.spawn(run(shared_from_this())); }

    Task<void> drain() {
        is_stopping_ = true;
        wakeup_.wake();
        co_await loop_.join();
        co_await lanes_.join();
    }

private:
    using Self = std::shared_ptr<State>;

    static Task<void> run(Self self) {
        while (!self->is_stopping_) {
            milliseconds pause = self->config_.poll_interval;
            try {
                const auto endpoints = co_await self->database_.many<EndpointRow>(sql::endpoints_with_work);
                for (const auto& endpoint : endpoints) self->serve(endpoint);
            } catch (const std::exception& error) {
                log::warn("webhooks_failed", {{"error.message", error.what()}});
                pause = outage_pause;
            }
            co_await self->wakeup_.wait_for(pause);
        }
    }

    /// All that is due for one endpoint, by lanes of its own: a slow endpoint holds up only itself.
    void serve(const EndpointRow& endpoint) {
        if (!busy_.insert(endpoint.id).second) return;  // its lanes are at work
        const auto open_lanes = std::make_shared<int>(config_.lanes_per_endpoint);
        for (int lane = 0; lane < config_.lanes_per_endpoint; ++lane) {
            lanes_.spawn(send_due(shared_from_this(), endpoint, open_lanes));
        }
    }

    static Task<void> send_due(Self self, EndpointRow endpoint, std::shared_ptr<int> open_lanes) {
        try {
            while (!self->is_stopping_ && co_await self->send_one(endpoint)) {
            }
        } catch (const std::exception& error) {
            log::warn("webhooks_failed", {{"error.message", error.what()}});
        }
        if (--*open_lanes == 0) self->busy_.erase(endpoint.id);
    }

    /// Whether there was anything to send.
    Task<bool> send_one(EndpointRow endpoint) {
        const milliseconds lease = config_.lease;
        const auto claimed = co_await database_.maybe_one<Claimed>(sql::claim_webhook, endpoint.id, lease.count());
        if (!claimed) co_return false;
        trace::Work work(config_.tracer, "send", claimed->topic, trace::Kind::producer, claimed->trace.value_or(""));
        const Outcome outcome = co_await post(endpoint, *claimed);
        if (!outcome.is_delivered()) work.fail(outcome.error.empty() ? std::to_string(outcome.status) : "no_answer");
        co_await record(endpoint, *claimed, outcome);
        co_return true;
    }

    /// No transaction is open while the network is asked.
    Task<Outcome> post(EndpointRow endpoint, Claimed claimed) {
        const Event event{claimed.event_id, claimed.topic,      claimed.subject,
                          claimed.payload,  claimed.created_at, claimed.trace};
        WebhookRequest request{
            .url = endpoint.url, .headers = {}, .body = write_envelope(event, source_), .timeout = config_.timeout};
        const std::string id = envelope_id(event.id);
        const auto now_s = std::chrono::floor<std::chrono::seconds>(SystemClock().now()).time_since_epoch().count();
        std::string signatures;
        for (const auto& secret : endpoint.secrets) {
            if (!signatures.empty()) signatures += ' ';
            signatures += sign_webhook(secret, id, now_s, request.body);
        }
        request.headers = {{"content-type", "application/json"},
                           {"webhook-id", id},
                           {"webhook-timestamp", std::to_string(now_s)},
                           {"webhook-signature", signatures}};
        try {
            const WebhookResponse response = co_await transport_(std::move(request));
            co_return Outcome{response.status, response.retry_after_s, {}};
        } catch (const std::exception& error) {
            co_return Outcome{0, std::nullopt, error.what()};
        }
    }

    Task<void> record(EndpointRow endpoint, Claimed claimed, Outcome outcome) {
        const auto status = static_cast<int>(outcome.status);
        if (outcome.is_delivered()) {
            count("delivered");
            co_await database_.execute(sql::webhook_delivered, endpoint.id, claimed.outbox_id, claimed.attempts,
                                       status);
            co_await database_.execute(sql::endpoint_answers, endpoint.id);
            co_return;
        }
        const std::string failure = outcome.error.empty() ? "status " + std::to_string(status) : outcome.error;
        log::warn("webhook_failed",
                  {{"endpoint", endpoint.name}, {"attempt", claimed.attempts}, {"error.message", failure}});
        co_await database_.execute(sql::endpoint_fails, endpoint.id);
        if (outcome.status == 410) {
            co_await database_.execute(sql::disable_endpoint, endpoint.id, "answered 410 Gone");
        }
        const auto tries = static_cast<std::size_t>(claimed.attempts);
        if (tries > config_.schedule.size()) {
            count("dead");
            co_await database_.execute(sql::webhook_dead, endpoint.id, claimed.outbox_id, claimed.attempts, status,
                                       failure);
            co_return;
        }
        count("retried");
        const auto wait = pause_after(config_.schedule[tries - 1], outcome.retry_after_s);
        co_await database_.execute(sql::webhook_postponed, endpoint.id, claimed.outbox_id, claimed.attempts, status,
                                   failure, wait.count());
    }

    /// The schedule's pause with up to a tenth of jitter on top, or what the receiver asked for when that is longer.
    static milliseconds pause_after(milliseconds scheduled, std::optional<int> retry_after_s) {
        const auto pause = scheduled + backoff(0, scheduled / 10, scheduled / 10);
        const auto asked = std::min<milliseconds>(std::chrono::seconds(retry_after_s.value_or(0)), max_retry_after);
        return std::max(pause, asked);
    }

    static void count(const char* outcome) {
        metrics::counter("webhook_deliveries_total", {{"outcome", outcome}}).add();
    }

    db::Database database_;
    WebhookTransport transport_;
    std::string source_;
    WebhookSenderConfig config_;
    std::shared_ptr<void> listener_;
    std::set<Uuid> busy_;  // endpoints whose lanes are at work here
    Wakeup wakeup_;
    TaskGroup loop_;
    TaskGroup lanes_;
    bool is_stopping_ = false;
};

std::vector<milliseconds> WebhookSenderConfig::standard_schedule() {
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    return {seconds(5), minutes(5), minutes(30), hours(2), hours(5), hours(10), hours(14), hours(20), hours(24)};
}

Task<void> ensure_endpoint(db::Database database, WebhookEndpoint endpoint) {
    co_await database.execute(sql::ensure_endpoint, uuid_v7(), endpoint.name, endpoint.url, endpoint.secrets,
                              endpoint.topics);
}

WebhookSender::WebhookSender(Runtime& runtime, db::Database database, WebhookTransport transport, std::string source,
                             WebhookSenderConfig config)
    : state_(std::make_shared<State>(runtime, std::move(database), std::move(transport), std::move(source),
                                     std::move(config))) {}

WebhookSender::~WebhookSender() = default;

void WebhookSender::start() {
    state_->start();
}

Task<void> WebhookSender::drain() {
    return state_->drain();
}

}  // namespace platform::events
