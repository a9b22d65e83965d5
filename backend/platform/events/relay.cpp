#include "platform/events/relay.hpp"

#include "platform/core/background.hpp"
#include "platform/core/backoff.hpp"
#include "platform/db/errors.hpp"
#include "platform/events/bus_state.hpp"
#include "platform/events/channels.hpp"
#include "platform/events/relay_sql.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/trace/span.hpp"

#include <deque>

namespace platform::events {
namespace {

using std::chrono::milliseconds;

// Deliveries looked up at once; several rounds per second, so a long backlog is worked off in steps of this.
constexpr int due_limit = 64;

constexpr milliseconds backlog_interval{15'000};
constexpr int prune_batch = 1000;
constexpr int rounds_between_prunes = 40;  // × backlog_interval = 10 minutes

struct Due {
    std::string consumer;
    std::int64_t outbox_id = 0;
    int attempts = 0;
};
BOOST_DESCRIBE_STRUCT(Due, (), (consumer, outbox_id, attempts))

struct Backlog {
    std::int64_t waiting = 0;
    double oldest_age_s = 0;
};
BOOST_DESCRIBE_STRUCT(Backlog, (), (waiting, oldest_age_s))

using Queue = std::shared_ptr<std::deque<Due>>;

}  // namespace

/// The loops. They hold the state, so it outlives the Relay that started them.
class Relay::State : public std::enable_shared_from_this<Relay::State> {
public:
    State(Runtime& runtime, db::Database database, Bus bus, RelayConfig config)
        : database_(std::move(database)),
          bus_(std::move(bus)),
          config_(config),
          appended_(runtime, 0),
          fanned_out_(runtime, 0),
          stopping_(runtime, 0),
          loops_(runtime, 0),
          lanes_(runtime, 0) {
        listener_ = database_.listen(std::string(outbox_channel), [wakeup = appended_] { wakeup.wake(); });
    }

    Task<void> drain() {
        const auto self = shared_from_this();
        is_stopping_ = true;
        appended_.wake();
        fanned_out_.wake();
        stopping_.wake();
        co_await loops_.join();
    }

    /// Consumers are read here and not when constructed: services subscribe in between.
    void start() {
        for (const auto& [consumer, entry] : bus_.state().consumers) consumers_.push_back(consumer);
        loops_.spawn(run(shared_from_this()));
    }

private:
    using Self = std::shared_ptr<State>;

    static Task<void> run(Self self) {
        while (!self->is_stopping_ && !co_await attempt(self->subscribe_all())) {
            co_await self->stopping_.wait_for(outage_pause);
        }
        self->loops_.spawn(fan_out_loop(self));
        self->loops_.spawn(dispatch_loop(self));
        self->loops_.spawn(housekeeping_loop(self));
    }

    /// Whether it went through; a failure is logged and otherwise swallowed, for the loops go on.
    static Task<bool> attempt(Task<void> work) {
        std::string failure;
        try {
            co_await std::move(work);
            co_return true;
        } catch (const std::exception& error) {
            failure = error.what();
        }
        log::warn("relay_failed", {{"error.message", failure}});
        co_return false;
    }

    Task<void> subscribe_all() {
        db::Tx tx = co_await database_.begin();
        for (const auto& [consumer, entry] : bus_.state().consumers) {
            std::vector<std::string> topics;
            for (const auto& [topic, handler] : entry.handlers) topics.push_back(topic);
            co_await tx.execute(sql::add_subscriptions, consumer, topics);
            co_await tx.execute(sql::drop_subscriptions, consumer, topics);
        }
        co_await tx.commit();
    }

    static Task<void> fan_out_loop(Self self) {
        while (!self->is_stopping_) {
            std::int64_t moved = 0;
            const bool is_up = co_await attempt(self->fan_out(moved));
            if (moved > 0) self->fanned_out_.wake();
            const auto pause = is_up ? self->config_.poll_interval : outage_pause;
            if (moved < self->config_.batch) co_await self->appended_.wait_for(pause);
        }
    }

    Task<void> fan_out(std::int64_t& moved) {
        db::Tx tx = co_await database_.begin();
        moved = co_await tx.execute(sql::fan_out, config_.batch);
        if (moved > 0) tx.ring_after_commit(webhooks_channel);
        co_await tx.commit();
    }

    static Task<void> dispatch_loop(Self self) {
        while (!self->is_stopping_) {
            auto due = std::make_shared<std::deque<Due>>();
            const bool is_up = co_await attempt(self->find_due(*due));
            if (due->empty()) {
                co_await self->fanned_out_.wait_for(is_up ? self->config_.poll_interval : outage_pause);
                continue;
            }
            for (int lane = 0; lane < self->config_.concurrency; ++lane) self->lanes_.spawn(work_off(self, due));
            co_await self->lanes_.join();
        }
    }

    Task<void> find_due(std::deque<Due>& due) {
        if (consumers_.empty()) co_return;
        for (auto& row : co_await database_.many<Due>(sql::due_deliveries, consumers_, due_limit)) {
            due.push_back(std::move(row));
        }
    }

    static Task<void> work_off(Self self, Queue due) {
        while (!due->empty() && !self->is_stopping_) {
            const Due next = std::move(due->front());
            due->pop_front();
            co_await self->deliver(next);
        }
    }

    Task<void> deliver(Due due) {
        std::string failure;
        bool is_outage = false;
        try {
            co_await run_handler(due);
        } catch (const Unavailable& error) {
            is_outage = true;  // not the event's fault: it keeps its attempts
            failure = error.what();
        } catch (const std::exception& error) {
            failure = error.what();
        }
        if (failure.empty()) co_return;
        if (is_outage) {
            co_await sleep_for(config_.first_backoff);
        } else {
            co_await attempt(put_off(due, failure));
        }
    }

    /// The effect, the inbox row and the end of the delivery: one transaction.
    Task<void> run_handler(Due due) {
        const Consumer& consumer = bus_.state().consumers.at(due.consumer);
        db::Tx tx = co_await database_.as(consumer.role).begin();
        auto event = co_await tx.maybe_one<Event>(sql::claim_delivery, due.consumer, due.outbox_id);
        if (!event) co_return;  // another process has it
        trace::Work work(config_.tracer, "process", event->topic, trace::Kind::consumer, event->trace.value_or(""));
        work.set("messaging.consumer.group.name", due.consumer);
        std::vector<db::Statement> bookkeeping;
        bookkeeping.push_back({sql::remember_event, db::make_params(due.consumer, event->id)});
        bookkeeping.push_back({sql::finish_delivery, db::make_params(due.consumer, due.outbox_id)});
        const auto done = co_await tx.batch(std::move(bookkeeping));
        const auto handler = consumer.handlers.find(event->topic);
        const bool is_new = done[0].affected() == 1;
        if (is_new && handler != consumer.handlers.end()) {
            co_await handler->second(tx, std::move(*event));
        }
        co_await tx.commit();
        delivered_.add();
    }

    Task<void> put_off(Due due, std::string failure) {
        if (due.attempts + 1 >= config_.max_attempts) {
            log::error("event_parked", {{"consumer", due.consumer}, {"error.message", failure}});
            parked_.add();
            co_await database_.execute(sql::park_delivery, due.consumer, due.outbox_id, failure);
            co_return;
        }
        log::warn("event_postponed",
                  {{"consumer", due.consumer}, {"attempt", due.attempts + 1}, {"error.message", failure}});
        const auto delay = backoff(due.attempts, config_.first_backoff, config_.max_backoff);
        co_await database_.execute(sql::postpone_delivery, due.consumer, due.outbox_id, delay.count(), failure);
    }

    static Task<void> housekeeping_loop(Self self) {
        for (int round = 0; !self->is_stopping_; ++round) {
            co_await attempt(self->measure_backlog());
            if (round % rounds_between_prunes == 0) co_await attempt(self->prune());
            co_await self->stopping_.wait_for(backlog_interval);
        }
    }

    Task<void> measure_backlog() {
        const auto backlog = co_await database_.one<Backlog>(sql::backlog);
        metrics::gauge("outbox_unpublished").set(static_cast<double>(backlog.waiting));
        metrics::gauge("outbox_oldest_age_seconds").set(backlog.oldest_age_s);
    }

    Task<void> prune() {
        const std::int64_t keep_s = std::chrono::seconds(config_.retention).count();
        for (const auto& query : {sql::prune_webhook_deliveries, sql::prune_outbox, sql::prune_inbox}) {
            std::int64_t gone = prune_batch;
            while (gone == prune_batch && !is_stopping_) gone = co_await database_.execute(query, keep_s, prune_batch);
        }
    }

    db::Database database_;
    Bus bus_;
    RelayConfig config_;
    std::vector<std::string> consumers_;
    std::shared_ptr<void> listener_;
    Wakeup appended_;
    Wakeup fanned_out_;
    Wakeup stopping_;
    TaskGroup loops_;
    TaskGroup lanes_;
    bool is_stopping_ = false;
    metrics::Counter& delivered_ = metrics::counter("events_delivered_total");
    metrics::Counter& parked_ = metrics::counter("events_parked_total");
};

Relay::Relay(Runtime& runtime, db::Database database, Bus bus, RelayConfig config)
    : state_(std::make_shared<State>(runtime, std::move(database), std::move(bus), config)) {}

Relay::~Relay() = default;

void Relay::start() {
    state_->start();
}

Task<void> Relay::drain() {
    return state_->drain();
}

}  // namespace platform::events
