#include "platform/events/outbox.hpp"

#include "platform/events/channels.hpp"
#include "platform/events/outbox_sql.hpp"

#include <stdexcept>

namespace platform::events {

Task<void> append(db::Tx& tx, NewEvent event) {
    if (event.payload.size() > payload_limit_bytes) {
        throw std::length_error("event " + event.topic + ": the payload is over the limit");
    }
    co_await tx.execute(sql::append_event, event.id, event.topic, event.subject, event.payload);
    tx.ring_after_commit(outbox_channel);
}

}  // namespace platform::events
