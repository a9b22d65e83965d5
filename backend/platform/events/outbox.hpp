#pragma once

#include "platform/db/tx.hpp"
#include "platform/events/event.hpp"
#include "platform/json/json.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace platform::events {

/// Payload above this is refused: events carry facts, not documents (growth.md §1: under 20 kB).
inline constexpr std::size_t payload_limit_bytes = 20'000;

/// What is written to the outbox.
struct NewEvent {
    std::string topic;
    std::string subject{};
    std::string payload;  ///< JSON object text
    Uuid id = uuid_v7();
    std::optional<std::string> trace{};  ///< traceparent; empty: of what the caller works for
};

/// Records a fact in the caller's transaction: it is told to every consumer if, and only if, `tx` commits. Append
/// after the rows it speaks of are written, so that two transactions of one subject are told in the order they
/// committed.
Task<void> append(db::Tx& tx, NewEvent event);
/// Several, with few flushes.
Task<void> append_all(db::Tx& tx, std::vector<NewEvent> added);

/// A described event struct: `static constexpr std::string_view topic` and `std::string subject() const`; its members
/// are the payload.
template <class E>
concept EventStruct = requires(const E& event) {
    { E::topic } -> std::convertible_to<std::string_view>;
    { event.subject() } -> std::convertible_to<std::string>;
};

template <EventStruct E>
NewEvent new_event(const E& event) {
    return {.topic = std::string(E::topic), .subject = event.subject(), .payload = json::write(event)};
}

template <EventStruct E>
Task<void> append(db::Tx& tx, E event) {
    return append(tx, new_event(event));
}

template <EventStruct E>
Task<void> append_all(db::Tx& tx, std::vector<E> facts) {
    std::vector<NewEvent> added;
    for (const E& fact : facts) added.push_back(new_event(fact));
    return append_all(tx, std::move(added));
}

}  // namespace platform::events
