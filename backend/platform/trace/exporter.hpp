#pragma once

#include "platform/core/runtime.hpp"
#include "platform/trace/otlp_json.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace platform::trace {

struct ExportRequest {
    std::string body;  ///< application/json
    std::chrono::milliseconds timeout;
};

struct ExportResponse {
    unsigned status = 0;
    std::optional<int> retry_after_s{};
    std::string body{};
};

/// POSTs to the collector's /v1/traces. Throws when no answer came. Implemented on http::Client where the process is
/// composed, so that tracing does not depend on http, which it traces.
using ExportTransport = std::function<Task<ExportResponse>(ExportRequest)>;

struct ExporterConfig {
    Resource resource;
    std::size_t queue_spans = 4096;             ///< what does not fit is dropped and counted
    std::size_t batch_spans = 512;              ///< spans in one request, or one trace if that has more
    std::chrono::milliseconds interval{5'000};  ///< a span waits no longer for its batch to fill
    std::chrono::milliseconds timeout{10'000};  ///< of one request
    std::chrono::milliseconds first_backoff{1'000};
    std::chrono::milliseconds max_backoff{30'000};
    int max_attempts = 8;  ///< then the batch is dropped: about two minutes after the first
};

/// Sends traces to an OTLP/HTTP collector in batches, from one task on io thread 0. Requests never wait for it: while
/// the collector is away the queue fills, and what comes then is dropped. Metrics: trace_spans_exported_total,
/// trace_spans_dropped_total{reason="queue_full|rejected|unreachable|shutdown|trace_full"}, trace_queue_spans.
class Exporter final : public Sink {
public:
    Exporter(Runtime& runtime, ExportTransport transport, ExporterConfig config);
    ~Exporter() override;

    void start();
    void offer(FinishedTrace trace) override;
    /// Sends what is queued, one attempt each, for at most `limit`; the rest is dropped.
    Task<void> drain(std::chrono::milliseconds limit);

private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace platform::trace
