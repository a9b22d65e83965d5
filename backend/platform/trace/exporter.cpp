#include "platform/trace/exporter.hpp"

#include "platform/core/background.hpp"
#include "platform/core/backoff.hpp"
#include "platform/core/time.hpp"
#include "platform/log/log.hpp"
#include "platform/trace/tracer.hpp"

#include <algorithm>
#include <deque>
#include <mutex>
#include <vector>

namespace platform::trace {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A collector may ask for a longer pause than the back-off, but not for one that amounts to silence.
constexpr milliseconds max_retry_after{60'000};

using Batch = std::vector<FinishedTrace>;

std::size_t spans_in(const Batch& batch) {
    std::size_t count = 0;
    for (const auto& trace : batch) count += trace.spans.size();
    return count;
}

/// The statuses that the OTLP specification lets a client try again after.
bool is_temporary(unsigned status) {
    return status == 0 || status == 429 || (status >= 502 && status <= 504);
}

}  // namespace

/// The queue, and the task that empties it; the task holds it, so it may outlive the Exporter.
class Exporter::State : public std::enable_shared_from_this<Exporter::State> {
public:
    State(Runtime& runtime, ExportTransport transport, ExporterConfig config)
        : runtime_(runtime),
          transport_(std::move(transport)),
          config_(std::move(config)),
          wakeup_(runtime, 0),
          drained_(runtime, 0) {}

    void offer(FinishedTrace trace) {
        const std::size_t count = trace.spans.size();
        std::size_t waiting = 0;
        {
            const std::lock_guard lock(mutex_);
            if (queued_ + count <= config_.queue_spans) {
                queue_.push_back(std::move(trace));
                queued_ += count;
                waiting = queued_;
            }
        }
        if (waiting == 0) return queue_full_.add(count);
        queue_gauge_.set(static_cast<double>(waiting));
        if (waiting >= config_.batch_spans) wakeup_.wake();
    }

    void start() {
        is_running_ = true;
        runtime_.spawn(0, run(shared_from_this()));
    }

    Task<void> drain(milliseconds limit) {
        const auto self = shared_from_this();
        deadline_ = steady_clock::now() + limit;
        is_stopping_ = true;
        wakeup_.wake();
        // Also when a collector accepts the connection and then says nothing.
        while (is_running_ && steady_clock::now() < deadline_) co_await drained_.wait_for(time_left());
        const std::lock_guard lock(mutex_);
        if (queued_ > 0) dropped_spans("shutdown").add(queued_);
        queue_.clear();
        queued_ = 0;
    }

private:
    static Task<void> run(std::shared_ptr<State> self) {
        while (!self->is_stopping_) {
            co_await self->wakeup_.wait_for(self->config_.interval);
            for (Batch batch = self->take(); !batch.empty() && !self->is_out_of_time(); batch = self->take()) {
                co_await self->send(std::move(batch));
            }
        }
        self->is_running_ = false;
        self->drained_.wake();
    }

    Batch take() {
        const std::lock_guard lock(mutex_);
        Batch batch;
        std::size_t count = 0;
        while (!queue_.empty() && (batch.empty() || count + queue_.front().spans.size() <= config_.batch_spans)) {
            count += queue_.front().spans.size();
            batch.push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
        queued_ -= count;
        queue_gauge_.set(static_cast<double>(queued_));
        return batch;
    }

    /// Until the collector has taken the batch, refused it, or been away for too long.
    Task<void> send(Batch batch) {
        const std::size_t count = spans_in(batch);
        const std::string body =
            co_await runtime_.on_cpu([this, &batch] { return to_otlp_json(config_.resource, batch); });
        batch.clear();
        for (int attempt = 0;; ++attempt) {
            const ExportResponse response = co_await post(body);
            if (response.status >= 200 && response.status < 300) co_return succeeded(count, response.body);
            if (!is_temporary(response.status)) co_return failed(count, "rejected", response);
            if (is_stopping_ || attempt + 1 >= config_.max_attempts) co_return failed(count, "unreachable", response);
            if (attempt == 0) report(response);
            co_await pause(attempt, response.retry_after_s.value_or(0));
        }
    }

    Task<ExportResponse> post(std::string body) {
        const auto timeout = is_stopping_ ? std::min(config_.timeout, time_left()) : config_.timeout;
        ExportRequest request{.body = std::move(body), .timeout = timeout};
        try {
            co_return co_await transport_(std::move(request));
        } catch (const std::exception& error) {
            co_return ExportResponse{.status = 0, .body = error.what()};
        }
    }

    /// Whatever wakes the task while it waits, such as a full batch, does not shorten a pause; stopping does.
    Task<void> pause(int attempt, int retry_after_s) {
        const auto asked = std::min<milliseconds>(std::chrono::seconds(std::max(retry_after_s, 0)), max_retry_after);
        const auto end =
            steady_clock::now() + std::max(asked, backoff(attempt, config_.first_backoff, config_.max_backoff));
        while (!is_stopping_ && steady_clock::now() < end) {
            co_await wakeup_.wait_for(std::chrono::ceil<milliseconds>(end - steady_clock::now()));
        }
    }

    void succeeded(std::size_t count, const std::string& body) {
        const auto refused = static_cast<std::size_t>(std::max<std::int64_t>(rejected_spans(body), 0));
        exported_.add(count - std::min(refused, count));
        if (refused > 0) dropped_spans("rejected").add(std::min(refused, count));
        if (is_failing_) log::info("trace_export_recovered");
        is_failing_ = false;
    }

    void failed(std::size_t count, const char* reason, const ExportResponse& response) {
        dropped_spans(reason).add(count);
        report(response);
    }

    /// Once per outage, not once per attempt.
    void report(const ExportResponse& response) {
        if (is_failing_) return;
        is_failing_ = true;
        const std::string status = "status " + std::to_string(response.status);
        log::warn("trace_export_failed", {{"error.message", response.status == 0 ? response.body : status}});
    }

    bool is_out_of_time() const { return is_stopping_ && time_left() == milliseconds(0); }
    milliseconds time_left() const {
        return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now()));
    }

    Runtime& runtime_;
    ExportTransport transport_;
    const ExporterConfig config_;
    Wakeup wakeup_;
    Wakeup drained_;
    bool is_running_ = false;  // these four on io thread 0 only
    bool is_stopping_ = false;
    bool is_failing_ = false;
    Deadline deadline_ = Deadline::max();

    std::mutex mutex_;
    std::deque<FinishedTrace> queue_;
    std::size_t queued_ = 0;  // spans

    metrics::Counter& exported_ = metrics::counter("trace_spans_exported_total");
    metrics::Counter& queue_full_ = dropped_spans("queue_full");
    metrics::Gauge& queue_gauge_ = metrics::gauge("trace_queue_spans");
};

Exporter::Exporter(Runtime& runtime, ExportTransport transport, ExporterConfig config)
    : state_(std::make_shared<State>(runtime, std::move(transport), std::move(config))) {}

Exporter::~Exporter() = default;

void Exporter::start() {
    state_->start();
}

void Exporter::offer(FinishedTrace trace) {
    state_->offer(std::move(trace));
}

Task<void> Exporter::drain(milliseconds limit) {
    return state_->drain(limit);
}

}  // namespace platform::trace
