#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// W3C Trace Context: the identity of a span as it travels between processes.
namespace platform::trace {

using SpanId = std::uint64_t;

struct TraceId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool operator==(const TraceId&) const = default;
};

struct SpanContext {
    TraceId trace_id;
    SpanId span_id = 0;
    bool is_sampled = false;  ///< whoever made the span exports it
    bool operator==(const SpanContext&) const = default;
};

/// Never zero, which the specification forbids.
TraceId new_trace_id();
SpanId new_span_id();

/// 32 and 16 lower-case hex digits.
std::string to_hex(const TraceId& id);
std::string to_hex(SpanId id);

/// Version 00, and what later versions have in common with it. Nothing for a malformed one.
std::optional<SpanContext> parse_traceparent(std::string_view text);
std::string to_traceparent(const SpanContext& context);

}  // namespace platform::trace
