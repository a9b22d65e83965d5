#pragma once

#include "platform/core/runtime.hpp"
#include "platform/events/bus.hpp"
#include "platform/events/webhook_transport.hpp"
#include "platform/trace/tracer.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace platform::events {

struct RelayConfig {
    /// Backstop when no hint arrives (event appended by another process).
    std::chrono::milliseconds poll_interval{500};
    /// Events moved from the outbox to their consumers in one transaction.
    int batch = 200;
    /// Deliveries handled at once; one subject of one consumer is always handled in order.
    int concurrency = 4;
    /// Attempts before a delivery is parked in integ.dead_letters (growth.md §1g).
    int max_attempts = 10;
    std::chrono::milliseconds first_backoff{200};
    std::chrono::milliseconds max_backoff{60000};
    /// Told events and inbox rows are kept this long, for replay and for late duplicates.
    std::chrono::hours retention{24 * 30};
    /// Each delivery is a span in the trace of what caused the event; none: no spans.
    trace::Tracer* tracer = nullptr;
};

/// Moves events from the outbox to the consumers of the Bus: at least once, in the order of each subject, effects
/// exactly once. A consumer that fails holds back only its own events of that subject. Any number of processes may
/// run one on the same database.
class Relay {
public:
    /// `database` acts as the platform's own role (svc_platform) and is of the same pool as the services'.
    Relay(Runtime& runtime, db::Database database, Bus bus, RelayConfig config = {});
    ~Relay();

    /// Writes the subscriptions and starts the loops on io thread 0.
    void start();
    /// No new work is begun; resolves when what is running has ended.
    Task<void> drain();

private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace platform::events
