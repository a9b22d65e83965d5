#include "platform/trace/exporter.hpp"

#include "platform/testing/run_task.hpp"
#include "platform/trace/tracer.hpp"
#include "trace_kit.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>

namespace platform::trace {
namespace {

using std::chrono::milliseconds;

/// A collector without a network: answers what it is told to, in order, and then 200.
class FakeCollector {
public:
    static constexpr unsigned silent = 1;  ///< never answers

    ExportTransport transport() {
        return [this](ExportRequest request) { return answer(std::move(request)); };
    }

    void next(std::vector<ExportResponse> responses) {
        const std::lock_guard lock(mutex_);
        responses_.assign(responses.begin(), responses.end());
    }
    std::size_t calls() {
        const std::lock_guard lock(mutex_);
        return bodies_.size();
    }
    std::string body(std::size_t index) {
        const std::lock_guard lock(mutex_);
        return bodies_.at(index);
    }

private:
    ExportResponse record(std::string body) {
        const std::lock_guard lock(mutex_);
        bodies_.push_back(std::move(body));
        if (responses_.empty()) return {.status = 200, .body = "{}"};
        ExportResponse response = std::move(responses_.front());
        responses_.pop_front();
        return response;
    }

    Task<ExportResponse> answer(ExportRequest request) {
        ExportResponse response = record(std::move(request.body));
        if (response.status == silent) co_await sleep_for(std::chrono::hours(1));
        if (response.status == 0) throw std::runtime_error("connection refused");
        co_return response;
    }

    std::mutex mutex_;
    std::deque<ExportResponse> responses_;
    std::vector<std::string> bodies_;
};

ExporterConfig quick() {
    return {.resource = {"test", "1", "one"},
            .interval = milliseconds(10),
            .first_backoff = milliseconds(20),
            .max_backoff = milliseconds(40),
            .max_attempts = 4};
}

FinishedTrace trace_of(std::size_t spans) {
    FinishedTrace trace{new_trace_id(), {}};
    for (std::size_t i = 0; i < spans; ++i) trace.spans.push_back(span_named("s"));
    return trace;
}

template <class F>
bool becomes(F is_true) {
    for (int i = 0; i < 1000 && !is_true(); ++i) std::this_thread::sleep_for(milliseconds(5));
    return is_true();
}

struct Counts {
    std::uint64_t exported = metrics::counter("trace_spans_exported_total").value();
    std::uint64_t full = dropped_spans("queue_full").value();
    std::uint64_t rejected = dropped_spans("rejected").value();
    std::uint64_t unreachable = dropped_spans("unreachable").value();
    std::uint64_t shutdown = dropped_spans("shutdown").value();

    Counts since(const Counts& before) const {
        return {exported - before.exported, full - before.full, rejected - before.rejected,
                unreachable - before.unreachable, shutdown - before.shutdown};
    }
};

class ExporterTest : public ::testing::Test {
protected:
    Exporter& start(ExporterConfig config) {
        exporter_ = std::make_unique<Exporter>(runtime_.get(), collector_.transport(), std::move(config));
        exporter_->start();
        return *exporter_;
    }
    void TearDown() override { runtime_.stop(); }
    Counts now() const { return Counts().since(before_); }

    const Counts before_;
    FakeCollector collector_;
    testing::TestRuntime runtime_;
    std::unique_ptr<Exporter> exporter_;
};

TEST_F(ExporterTest, SendsBatchesOfAtMostTheirSize) {
    ExporterConfig config = quick();
    config.batch_spans = 10;
    auto& exporter = start(config);
    for (int i = 0; i < 7; ++i) exporter.offer(trace_of(4));
    EXPECT_TRUE(becomes([&] { return now().exported == 28; }));
    EXPECT_GE(collector_.calls(), 4U) << "two traces of four spans fit in ten";
    runtime_.run(exporter.drain(milliseconds(1000)));
}

TEST_F(ExporterTest, ATraceLargerThanABatchIsSentAlone) {
    ExporterConfig config = quick();
    config.batch_spans = 2;
    auto& exporter = start(config);
    exporter.offer(trace_of(5));
    EXPECT_TRUE(becomes([&] { return now().exported == 5; }));
    EXPECT_EQ(collector_.calls(), 1U);
}

TEST_F(ExporterTest, WhatDoesNotFitIntoTheQueueIsDroppedAndCounted) {
    ExporterConfig config = quick();
    config.queue_spans = 10;
    Exporter exporter(runtime_.get(), collector_.transport(), config);  // not started: nothing takes from the queue
    for (int i = 0; i < 5; ++i) exporter.offer(trace_of(4));
    EXPECT_EQ(now().full, 12U);
    EXPECT_EQ(metrics::gauge("trace_queue_spans").value(), 8);
    runtime_.run(exporter.drain(milliseconds(0)));
    EXPECT_EQ(now().shutdown, 8U);
}

TEST_F(ExporterTest, ACollectorThatIsAwayIsTriedAgainWithTheSameBatch) {
    collector_.next({{.status = 0}, {.status = 503}, {.status = 429}});
    start(quick()).offer(trace_of(1));
    EXPECT_TRUE(becomes([&] { return now().exported == 1; }));
    EXPECT_EQ(collector_.calls(), 4U);
    EXPECT_EQ(collector_.body(0), collector_.body(3));
}

TEST_F(ExporterTest, GivesABatchUpAfterItsLastAttemptAndGoesOn) {
    collector_.next({{.status = 0}, {.status = 0}, {.status = 0}, {.status = 0}});
    auto& exporter = start(quick());
    exporter.offer(trace_of(3));
    EXPECT_TRUE(becomes([&] { return now().unreachable == 3; }));
    exporter.offer(trace_of(2));
    EXPECT_TRUE(becomes([&] { return now().exported == 2; }));
}

TEST_F(ExporterTest, WaitsAsLongAsTheCollectorAsks) {
    collector_.next({{.status = 503, .retry_after_s = 1}});
    const auto start_time = std::chrono::steady_clock::now();
    start(quick()).offer(trace_of(1));
    EXPECT_TRUE(becomes([&] { return now().exported == 1; }));
    EXPECT_GE(std::chrono::steady_clock::now() - start_time, milliseconds(1000));
}

TEST_F(ExporterTest, ARefusedBatchIsDroppedAtOnce) {
    collector_.next({{.status = 400}});
    auto& exporter = start(quick());
    exporter.offer(trace_of(3));
    EXPECT_TRUE(becomes([&] { return now().rejected == 3; }));
    EXPECT_EQ(collector_.calls(), 1U);
}

TEST_F(ExporterTest, WhatTheCollectorRejectsOfABatchIsCounted) {
    collector_.next({{.status = 200, .body = R"({"partialSuccess":{"rejectedSpans":"2"}})"}});
    start(quick()).offer(trace_of(5));
    EXPECT_TRUE(becomes([&] { return now().exported == 3; }));
    EXPECT_EQ(now().rejected, 2U);
}

TEST_F(ExporterTest, DrainSendsTheRestAtOnce) {
    ExporterConfig config = quick();
    config.interval = std::chrono::hours(1);
    config.batch_spans = 2;
    auto& exporter = start(config);
    exporter.offer(trace_of(1));
    std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(collector_.calls(), 0U);
    runtime_.run(exporter.drain(milliseconds(5000)));
    EXPECT_EQ(now().exported, 1U);
}

TEST_F(ExporterTest, DrainDoesNotWaitForACollectorThatSaysNothing) {
    collector_.next({{.status = FakeCollector::silent}});
    auto& exporter = start(quick());
    exporter.offer(trace_of(1));
    EXPECT_TRUE(becomes([&] { return collector_.calls() == 1; }));
    exporter.offer(trace_of(2));
    const auto start_time = std::chrono::steady_clock::now();
    runtime_.run(exporter.drain(milliseconds(100)));
    EXPECT_LT(std::chrono::steady_clock::now() - start_time, milliseconds(2000));
    EXPECT_EQ(now().shutdown, 2U);
}

TEST_F(ExporterTest, DrainEndsAPauseBetweenAttempts) {
    collector_.next({{.status = 503, .retry_after_s = 30}, {.status = 503}});
    auto& exporter = start(quick());
    exporter.offer(trace_of(1));
    EXPECT_TRUE(becomes([&] { return collector_.calls() == 1; }));
    const auto start_time = std::chrono::steady_clock::now();
    runtime_.run(exporter.drain(milliseconds(5000)));
    EXPECT_LT(std::chrono::steady_clock::now() - start_time, milliseconds(3000));
    EXPECT_EQ(now().unreachable, 1U);
}

}  // namespace
}  // namespace platform::trace
