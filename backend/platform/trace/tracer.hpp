#pragma once

#include "platform/core/ambient.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/trace/span_record.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

/// Distributed traces. A request or job begins an ActiveTrace and makes it the Ambient of its coroutine; every query
/// and call below adds a Span to it. Whether it is exported is known at its end: always when its parent or the dice
/// said so at its beginning, otherwise when it failed or was slow.
namespace platform::trace {

struct TracerConfig {
    double sample_ratio = 0.01;            ///< of traces that begin here; one with a parent does as the parent
    std::chrono::milliseconds slow{1000};  ///< what takes longer is exported whatever the dice said
    std::size_t max_spans_per_trace = 256;
    /// Spans that wait for the end of their request, in the whole process; 0.3 KB each.
    std::size_t max_open_spans = 65'536;
};

/// Who a trace is and where it comes from.
struct Origin {
    SpanContext self;
    SpanId parent_id = 0;               ///< in another process or an earlier request; 0: the trace begins here
    std::optional<SpanContext> link{};  ///< named by somebody we do not trust to be a parent

    /// A child of `parent`, or the beginning of a trace without one.
    static Origin from(const std::optional<SpanContext>& parent);
};

class ActiveTrace;
using TracePtr = boost::intrusive_ptr<ActiveTrace>;

class Tracer {
public:
    /// `sink` outlives the tracer. A trace may outlive both, in a coroutine that never ends; it is then lost.
    Tracer(TracerConfig config, Sink& sink);
    ~Tracer();
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;

    /// Decides about sampling: context().is_sampled of what it returns.
    TracePtr begin(Origin origin, Kind kind);
    /// Whether a trace that begins here is sampled, by its random id: every process decides alike.
    bool draws(const TraceId& id) const;

private:
    friend class ActiveTrace;
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

/// The spans dropped so far for one reason: metric trace_spans_dropped_total.
metrics::Counter& dropped_spans(const char* reason);

/// How a request or job ended.
struct Outcome {
    std::string name;
    bool is_error = false;
    std::vector<Attribute> attributes{};
};

/// The part of a trace that happens here: one request or job. Used on one thread.
class ActiveTrace final : public Ambient {
public:
    ~ActiveTrace() override;

    /// Of the running coroutine, or nullptr.
    static ActiveTrace* current() { return dynamic_cast<ActiveTrace*>(Ambient::current()); }

    const SpanContext& context() const { return origin_.self; }
    /// Wall-clock nanoseconds that never run backwards within a trace.
    std::int64_t now_ns() const;

    /// A span that has ended. After finish() it is ignored: what goes on after the answer is nobody's.
    void add(SpanRecord span);
    /// Ends the request's own span, and exports all of them if they are worth it.
    void finish(Outcome outcome);

private:
    friend class Tracer;
    ActiveTrace(std::shared_ptr<Tracer::Shared> tracer, Origin origin, Kind kind);
    void release();

    std::shared_ptr<Tracer::Shared> tracer_;
    Origin origin_;
    Kind kind_;
    bool is_finished_ = false;
    std::int64_t start_ns_;
    std::chrono::steady_clock::time_point start_;
    std::vector<SpanRecord> spans_;
};

}  // namespace platform::trace
