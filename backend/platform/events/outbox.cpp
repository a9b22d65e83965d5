#include "platform/events/outbox.hpp"

#include "platform/events/channels.hpp"
#include "platform/events/outbox_sql.hpp"
#include "platform/trace/span.hpp"

#include <stdexcept>

namespace platform::events {

Task<void> append(db::Tx& tx, NewEvent event) {
    if (event.payload.size() > payload_limit_bytes) {
        throw std::length_error("event " + event.topic + ": the payload is over the limit");
    }
    if (!event.trace) event.trace = trace::current_traceparent();
    co_await tx.execute(sql::append_event, event.id, event.topic, event.subject, event.payload, event.trace);
    tx.ring_after_commit(outbox_channel);
}

}  // namespace platform::events
