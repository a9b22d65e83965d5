#include "platform/trace/tracer.hpp"

#include "platform/testing/run_task.hpp"
#include "platform/trace/span.hpp"
#include "trace_kit.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace platform::trace {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

struct SamplingCase {
    const char* claim;
    double ratio;
    std::optional<bool> parent;  ///< sampled or not; nothing: the trace begins here
    bool is_error;
    bool is_slow;
    bool is_kept;
    bool passes_on;  ///< the flag that peers see
};

TEST(Tracer, KeepsWhatWasDrawnFailedOrWasSlow) {
    const std::vector<SamplingCase> table{
        {"drawn", 1, {}, false, false, true, true},
        {"not drawn", 0, {}, false, false, false, false},
        {"not drawn, failed", 0, {}, true, false, true, false},
        {"not drawn, slow", 0, {}, false, true, true, false},
        {"the parent is sampled", 0, true, false, false, true, true},
        {"the parent is not, whatever we would draw", 1, false, false, false, false, false},
        {"the parent is not, failed", 1, false, true, false, true, false},
        {"the parent is not, slow", 1, false, false, true, true, false},
    };
    for (const auto& row : table) {
        KeepingSink sink;
        Tracer tracer({.sample_ratio = row.ratio, .slow = row.is_slow ? milliseconds(0) : hours(1)}, sink);
        std::optional<SpanContext> parent;
        if (row.parent) parent = SpanContext{new_trace_id(), new_span_id(), *row.parent};
        const auto trace = tracer.begin(Origin::from(parent), Kind::server);
        EXPECT_EQ(trace->context().is_sampled, row.passes_on) << row.claim;
        if (row.is_slow) std::this_thread::sleep_for(milliseconds(1));
        trace->finish({.name = "work", .is_error = row.is_error});
        EXPECT_EQ(sink.take().size(), row.is_kept ? 1U : 0U) << row.claim;
    }
}

TEST(Tracer, DrawsTheShareItIsToldToAndEveryProcessAlike) {
    KeepingSink sink;
    const Tracer one({.sample_ratio = 0.01}, sink);
    const Tracer other({.sample_ratio = 0.01}, sink);
    int drawn = 0;
    for (int i = 0; i < 100'000; ++i) {
        const TraceId id = new_trace_id();
        if (one.draws(id)) ++drawn;
        EXPECT_EQ(one.draws(id), other.draws(id));
    }
    EXPECT_NEAR(drawn, 1000, 200);
}

TEST(Tracer, ContinuesTheParentsTraceAndKeepsALink) {
    KeepingSink sink;
    Tracer tracer({.sample_ratio = 1}, sink);
    const auto parent = parse_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    tracer.begin(Origin::from(parent), Kind::server)->finish({.name = "child"});
    Origin linked = Origin::from({});
    linked.link = parent;
    tracer.begin(linked, Kind::server)->finish({.name = "linked"});

    const auto kept = sink.take();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].id, parent->trace_id);
    EXPECT_EQ(kept[0].spans[0].parent_id, parent->span_id);
    EXPECT_NE(kept[1].id, parent->trace_id);
    EXPECT_EQ(kept[1].spans[0].parent_id, 0U);
    EXPECT_EQ(kept[1].spans[0].link, parent);
}

TEST(Tracer, ALongTraceIsCutAndCounted) {
    KeepingSink sink;
    Tracer tracer({.sample_ratio = 1, .max_spans_per_trace = 10}, sink);
    const auto before = dropped_spans("trace_full").value();
    const auto trace = tracer.begin(Origin::from({}), Kind::server);
    for (int i = 0; i < 25; ++i) trace->add(span_named("query"));
    trace->finish({.name = "request"});
    EXPECT_EQ(sink.take().at(0).spans.size(), 10U);
    EXPECT_EQ(dropped_spans("trace_full").value() - before, 16U);
}

TEST(Tracer, OpenSpansAreBoundedOverAllTracesAndGivenBack) {
    KeepingSink sink;
    Tracer tracer({.sample_ratio = 1, .max_open_spans = 5}, sink);
    auto first = tracer.begin(Origin::from({}), Kind::server);
    auto second = tracer.begin(Origin::from({}), Kind::server);
    for (int i = 0; i < 4; ++i) first->add(span_named("query"));
    for (int i = 0; i < 4; ++i) second->add(span_named("query"));
    first->finish({.name = "first"});
    second.reset();  // never finished: its connection broke
    auto third = tracer.begin(Origin::from({}), Kind::server);
    for (int i = 0; i < 5; ++i) third->add(span_named("query"));
    third->finish({.name = "third"});
    const auto kept = sink.take();
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].spans.size(), 5U);
    EXPECT_EQ(kept[1].spans.size(), 6U);
}

TEST(Tracer, WhatEndsAfterTheAnswerIsNobodys) {
    KeepingSink sink;
    Tracer tracer({.sample_ratio = 1}, sink);
    const auto trace = tracer.begin(Origin::from({}), Kind::server);
    trace->finish({.name = "request"});
    trace->add(span_named("late"));
    trace->finish({.name = "twice"});
    const auto kept = sink.take();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].spans.size(), 1U);
}

TEST(Tracer, ATraceThatOutlivesItIsLost) {
    KeepingSink sink;
    TracePtr trace;
    {
        Tracer tracer({.sample_ratio = 1}, sink);
        trace = tracer.begin(Origin::from({}), Kind::server);
    }
    trace->add(span_named("query"));
    trace->finish({.name = "request"});
    EXPECT_TRUE(sink.take().empty());
}

TEST(Span, CostsAndRecordsNothingWithoutATrace) {
    Span span("query", Kind::client);
    span.set("key", "value");
    span.fail("error");
    EXPECT_FALSE(span.is_recording());
    EXPECT_FALSE(current_traceparent());
}

Task<void> query(std::string name, bool fails) {
    const Span span(name, Kind::client);
    co_await sleep_for(milliseconds(1));
    if (fails) throw std::runtime_error("no ink");
}

Task<void> work_with_two_queries(Tracer& tracer, std::string parent) {
    Work work(&tracer, "process", "letters", Kind::consumer, parent);
    co_await query("good", false);
    try {
        co_await query("bad", true);
    } catch (const std::runtime_error&) {
        work.set("letters", std::int64_t{2});
    }
}

TEST(Span, BelongsToTheWorkOfItsCoroutine) {
    KeepingSink sink;
    Tracer tracer({.sample_ratio = 0}, sink);
    testing::run_task(work_with_two_queries(tracer, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    const auto kept = sink.take();
    ASSERT_EQ(kept.size(), 1U);
    const auto& spans = kept[0].spans;
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_EQ(spans[2].name, "process letters");
    EXPECT_EQ(spans[2].kind, Kind::consumer);
    EXPECT_FALSE(spans[2].is_error);
    for (const std::size_t i : {0, 1}) {
        EXPECT_EQ(spans[i].parent_id, spans[2].id);
        EXPECT_GE(spans[i].start_ns, spans[2].start_ns);
        EXPECT_LE(spans[i].end_ns, spans[2].end_ns);
        EXPECT_GE(spans[i].end_ns - spans[i].start_ns, 900'000);
    }
    EXPECT_FALSE(spans[0].is_error);
    EXPECT_TRUE(spans[1].is_error);
    EXPECT_EQ(std::get<std::string>(spans[1].attributes.at(0).value), "_OTHER");
}

Task<void> failing_work(Tracer& tracer) {
    const Work work(&tracer, "run", "reconcile", Kind::internal);
    co_await query("bad", true);
}

TEST(Work, LeftByAnExceptionIsAnErrorAndKept) {
    KeepingSink sink;
    Tracer tracer({.sample_ratio = 0}, sink);
    EXPECT_THROW(testing::run_task(failing_work(tracer)), std::runtime_error);
    const auto kept = sink.take();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_TRUE(kept[0].spans.back().is_error);
}

TEST(Work, IsNothingWithoutATracer) {
    Work work(nullptr, "run", "reconcile", Kind::internal);
    work.set("key", "value");
    work.fail("error");
    EXPECT_FALSE(current_traceparent());
}

}  // namespace
}  // namespace platform::trace
