#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>

namespace platform::events {

/// A fact as consumers see it. `id` stays the same however often it is delivered.
struct Event {
    Uuid id;
    std::string topic;    ///< "enrollment.created"
    std::string subject;  ///< ordering key, e.g. a user id; empty: no order
    std::string payload;  ///< JSON object
    Time created_at;
    std::optional<std::string> trace{};  ///< traceparent of what caused it
};
BOOST_DESCRIBE_STRUCT(Event, (), (id, topic, subject, payload, created_at, trace))

}  // namespace platform::events
