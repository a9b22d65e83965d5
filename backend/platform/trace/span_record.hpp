#pragma once

#include "platform/trace/context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace platform::trace {

/// The numbers are OTLP's.
enum class Kind : std::uint8_t { internal = 1, server = 2, client = 3, producer = 4, consumer = 5 };

/// A fact about a span. Values come from a bounded set (a route pattern, a status, the name of a query), never from a
/// person: no path, no parameter, no address.
struct Attribute {
    using Value = std::variant<std::string, std::int64_t>;
    std::string_view key;  ///< a literal
    Value value;
};

/// A span that has ended.
struct SpanRecord {
    SpanId id = 0;
    SpanId parent_id = 0;  ///< 0: none
    Kind kind = Kind::internal;
    bool is_error = false;
    std::string name;
    std::int64_t start_ns = 0;  ///< Unix time
    std::int64_t end_ns = 0;
    std::vector<Attribute> attributes{};
    std::optional<SpanContext> link{};  ///< a trace that is related without being the parent
};

/// The spans of one request or job, its own span last.
struct FinishedTrace {
    TraceId id;
    std::vector<SpanRecord> spans;
};

/// Where traces worth keeping go; called on any io thread, must not block.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void offer(FinishedTrace trace) = 0;
};

}  // namespace platform::trace
