#include "platform/trace/span.hpp"

namespace platform::trace {
namespace {

/// error.type of an exception that nobody has named (OpenTelemetry's own word for it).
constexpr std::string_view unnamed_error = "_OTHER";

TracePtr begin(Tracer* tracer, Kind kind, std::string_view parent) {
    return tracer ? tracer->begin(Origin::from(parse_traceparent(parent)), kind) : nullptr;
}

}  // namespace

Span::Span(std::string_view name, Kind kind) : trace_(ActiveTrace::current()) {
    if (!trace_) return;
    record_.id = new_span_id();
    record_.parent_id = trace_->context().span_id;
    record_.kind = kind;
    record_.name = name;
    record_.start_ns = trace_->now_ns();
    exceptions_ = std::uncaught_exceptions();
}

Span::~Span() {
    if (!trace_) return;
    if (std::uncaught_exceptions() > exceptions_ && !record_.is_error) fail(unnamed_error);
    record_.end_ns = trace_->now_ns();
    trace_->add(std::move(record_));
}

void Span::set(std::string_view key, Attribute::Value value) {
    if (trace_) record_.attributes.push_back({key, std::move(value)});
}

void Span::fail(std::string_view error_type) {
    if (!trace_) return;
    record_.is_error = true;
    set("error.type", std::string(error_type));
}

SpanContext Span::context() const {
    const SpanContext& own = trace_->context();
    return {own.trace_id, record_.id, own.is_sampled};
}

Work::Work(Tracer* tracer, std::string_view verb, std::string_view object, Kind kind, std::string_view parent)
    : trace_(begin(tracer, kind, parent)), scope_(trace_) {
    if (!trace_) return;
    outcome_.name = std::string(verb) + ' ' + std::string(object);
    exceptions_ = std::uncaught_exceptions();
}

Work::~Work() {
    if (!trace_) return;
    if (std::uncaught_exceptions() > exceptions_ && !outcome_.is_error) fail(unnamed_error);
    trace_->finish(std::move(outcome_));
}

void Work::set(std::string_view key, Attribute::Value value) {
    if (trace_) outcome_.attributes.push_back({key, std::move(value)});
}

void Work::fail(std::string_view error_type) {
    if (!trace_) return;
    outcome_.is_error = true;
    set("error.type", std::string(error_type));
}

std::optional<std::string> current_traceparent() {
    const ActiveTrace* trace = ActiveTrace::current();
    return trace ? std::optional(to_traceparent(trace->context())) : std::nullopt;
}

}  // namespace platform::trace
