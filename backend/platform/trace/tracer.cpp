#include "platform/trace/tracer.hpp"

#include <algorithm>
#include <atomic>

namespace platform::trace {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;
using std::chrono::system_clock;

/// The random part of a trace id that decides about sampling: its last seven bytes (W3C Trace Context level 2).
constexpr std::uint64_t draw_range = 1ULL << 56;

std::int64_t unix_ns() {
    return std::chrono::duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

metrics::Counter& dropped_spans(const char* reason) {
    return metrics::counter("trace_spans_dropped_total", {{"reason", reason}});
}

Origin Origin::from(const std::optional<SpanContext>& parent) {
    if (!parent) return {.self = {new_trace_id(), new_span_id()}};
    return {.self = {parent->trace_id, new_span_id(), parent->is_sampled}, .parent_id = parent->span_id};
}

/// What a trace needs of its tracer.
struct Tracer::Shared {
    /// Room for one more open span of a trace that has `count`; if not, the span is counted as dropped.
    bool reserve(std::size_t count) {
        const bool has_room = count + 1 < config.max_spans_per_trace &&
                              open_spans.load(std::memory_order_relaxed) < config.max_open_spans;
        if (has_room) {
            open_spans.fetch_add(1, std::memory_order_relaxed);
        } else {
            dropped.add();
        }
        return has_room;
    }
    void release(std::size_t count) { open_spans.fetch_sub(count, std::memory_order_relaxed); }

    TracerConfig config;
    std::uint64_t threshold;
    Sink* sink;  // none once the tracer is gone
    std::atomic<std::size_t> open_spans{0};
    metrics::Counter& dropped = dropped_spans("trace_full");
};

Tracer::Tracer(TracerConfig config, Sink& sink) {
    const double share = std::clamp(config.sample_ratio, 0.0, 1.0) * static_cast<double>(draw_range);
    shared_.reset(new Shared{.config = config, .threshold = static_cast<std::uint64_t>(share), .sink = &sink});
}

Tracer::~Tracer() {
    shared_->sink = nullptr;
}

bool Tracer::draws(const TraceId& id) const {
    return (id.low & (draw_range - 1)) < shared_->threshold;
}

TracePtr Tracer::begin(Origin origin, Kind kind) {
    if (origin.parent_id == 0) origin.self.is_sampled = draws(origin.self.trace_id);
    return TracePtr(new ActiveTrace(shared_, origin, kind));
}

ActiveTrace::ActiveTrace(std::shared_ptr<Tracer::Shared> tracer, Origin origin, Kind kind)
    : tracer_(std::move(tracer)), origin_(origin), kind_(kind), start_ns_(unix_ns()), start_(steady_clock::now()) {}

ActiveTrace::~ActiveTrace() {
    release();
}

void ActiveTrace::release() {
    if (!spans_.empty()) tracer_->release(spans_.size());
    spans_.clear();
}

std::int64_t ActiveTrace::now_ns() const {
    return start_ns_ + nanoseconds(steady_clock::now() - start_).count();
}

void ActiveTrace::add(SpanRecord span) {
    if (is_finished_ || !tracer_->reserve(spans_.size())) return;
    spans_.push_back(std::move(span));
}

void ActiveTrace::finish(Outcome outcome) {
    if (is_finished_) return;
    is_finished_ = true;
    const std::int64_t end_ns = now_ns();
    const bool is_slow = nanoseconds(end_ns - start_ns_) > tracer_->config.slow;
    const bool is_kept = origin_.self.is_sampled || outcome.is_error || is_slow;
    if (!is_kept || !tracer_->sink) return release();

    FinishedTrace finished{origin_.self.trace_id, std::move(spans_)};
    tracer_->release(finished.spans.size());
    spans_.clear();
    finished.spans.push_back({.id = origin_.self.span_id,
                              .parent_id = origin_.parent_id,
                              .kind = kind_,
                              .is_error = outcome.is_error,
                              .name = std::move(outcome.name),
                              .start_ns = start_ns_,
                              .end_ns = end_ns,
                              .attributes = std::move(outcome.attributes),
                              .link = origin_.link});
    tracer_->sink->offer(std::move(finished));
}

}  // namespace platform::trace
