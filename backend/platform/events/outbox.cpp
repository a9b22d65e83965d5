#include "platform/events/outbox.hpp"

#include "platform/events/channels.hpp"
#include "platform/events/outbox_sql.hpp"
#include "platform/trace/span.hpp"

#include <algorithm>
#include <stdexcept>

namespace platform::events {

namespace {

constexpr std::size_t events_per_flush = 200;

db::Statement statement_of(const NewEvent& event) {
    if (event.payload.size() > payload_limit_bytes) {
        throw std::length_error("event " + event.topic + ": the payload is over the limit");
    }
    const auto trace = event.trace ? event.trace : trace::current_traceparent();
    return {sql::append_event, db::make_params(event.id, event.topic, event.subject, event.payload, trace)};
}

}  // namespace

Task<void> append(db::Tx& tx, NewEvent event) {
    auto [query, params] = statement_of(event);
    co_await tx.query(query, std::move(params));
    tx.ring_after_commit(outbox_channel);
}

Task<void> append_all(db::Tx& tx, std::vector<NewEvent> added) {
    for (std::size_t from = 0; from < added.size(); from += events_per_flush) {
        const std::size_t to = std::min(added.size(), from + events_per_flush);
        std::vector<db::Statement> statements;
        for (std::size_t i = from; i < to; ++i) statements.push_back(statement_of(added[i]));
        co_await tx.batch(std::move(statements));
    }
    if (!added.empty()) tx.ring_after_commit(outbox_channel);
}

}  // namespace platform::events
