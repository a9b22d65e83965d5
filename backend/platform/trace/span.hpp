#pragma once

#include "platform/trace/tracer.hpp"

#include <exception>
#include <string_view>

namespace platform::trace {

/// One step of the running coroutine's trace, such as a query: begins here and ends with the block. Costs nothing where
/// there is no trace. A block left by an exception is an error.
class Span {
public:
    Span(std::string_view name, Kind kind);
    ~Span();
    Span(const Span&) = delete;
    Span& operator=(const Span&) = delete;

    bool is_recording() const { return trace_ != nullptr; }
    void set(std::string_view key, Attribute::Value value);
    /// `error_type`: a class of errors, not a message.
    void fail(std::string_view error_type);
    /// What a call made in this step carries along; only while recording.
    SpanContext context() const;

private:
    TracePtr trace_;
    SpanRecord record_;
    int exceptions_ = 0;
};

/// A piece of background work as a trace of its own: begins here, is the Ambient of the coroutine, and ends with the
/// block. Nothing without a tracer. A block left by an exception is an error.
class Work {
public:
    /// `parent`: the traceparent of what caused it, or empty.
    Work(Tracer* tracer, std::string_view verb, std::string_view object, Kind kind, std::string_view parent = {});
    ~Work();
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

    void set(std::string_view key, Attribute::Value value);
    void fail(std::string_view error_type);

private:
    TracePtr trace_;
    AmbientScope scope_;
    Outcome outcome_;
    int exceptions_ = 0;
};

/// `traceparent` for what the running coroutine causes; nothing without a trace.
std::optional<std::string> current_traceparent();

}  // namespace platform::trace
