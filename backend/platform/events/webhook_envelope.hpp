#pragma once

#include "platform/core/result.hpp"
#include "platform/events/event.hpp"
#include "platform/events/outbox.hpp"

#include <string>
#include <string_view>

namespace platform::events {

/// The body of a webhook: {"id","type","timestamp","version","source","subject","trace","data"} (growth.md §1); the
/// traceparent only where there is one.
std::string write_envelope(const Event& event, std::string_view source);
/// "evt_<uuid>": the webhook-id, the same on every attempt.
std::string envelope_id(const Uuid& event);

/// Members that we do not know are let through: the peer may be newer. Error: validation_failed (400).
Result<NewEvent> parse_envelope(std::string_view body);

}  // namespace platform::events
