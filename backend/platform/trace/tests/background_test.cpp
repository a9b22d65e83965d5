#include "platform/db/pool.hpp"
#include "platform/events/outbox.hpp"
#include "platform/events/relay.hpp"
#include "platform/events/webhooks.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "platform/trace/span.hpp"
#include "trace_kit.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>

namespace platform::trace {
namespace {

using std::chrono::milliseconds;

/// What a request causes later: an event delivered, a webhook sent, a job run, each a span of the request's trace.
class BackgroundTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        test_db = new testing::TestDb(std::filesystem::path(TT_SOURCE_DIR) / "database/migrations/platform");
    }
    static void TearDownTestSuite() { delete test_db; }
    void TearDown() override { runtime_.stop(); }

    db::Database database() const { return pool_.database("svc_platform"); }

    /// Waits for the trace whose own span has that name.
    FinishedTrace next(const std::string& name) {
        for (int i = 0; i < 1000; ++i) {
            for (auto& trace : sink_.take()) seen_.push_back(std::move(trace));
            for (const auto& trace : seen_) {
                if (trace.spans.back().name == name) return trace;
            }
            std::this_thread::sleep_for(milliseconds(10));
        }
        ADD_FAILURE() << "no trace of " << name;
        return {.id = {}, .spans = {SpanRecord{}}};
    }

    static inline testing::TestDb* test_db = nullptr;
    KeepingSink sink_;
    Tracer tracer_{{.sample_ratio = 1}, sink_};
    std::vector<FinishedTrace> seen_;
    testing::TestRuntime runtime_;
    db::Pool pool_{runtime_.get(), db::PoolConfig{.conninfo = test_db->url()}};
};

Task<void> cause(Tracer& tracer, db::Database database) {
    const Work work(&tracer, "POST", "/letters", Kind::server);
    db::Tx tx = co_await database.begin();
    co_await events::append(tx, events::NewEvent{.topic = "letter.written", .payload = R"({"n":1})"});
    co_await jobs::enqueue(tx, jobs::NewJob{.queue = "stamp"});
    co_await tx.commit();
}

TEST_F(BackgroundTest, WhatARequestCausesIsInItsTrace) {
    events::Bus bus;
    bus.subscribe("archive", "letter.written", [](db::Tx& tx, events::Event) -> Task<void> {
        constexpr db::Query query{"file_letter", "SELECT 1"};
        co_await tx.execute(query);
    });
    std::promise<std::string> sent;
    events::WebhookSender sender(runtime_.get(), database(),
                                 [&sent](events::WebhookRequest request) -> Task<events::WebhookResponse> {
                                     sent.set_value(std::move(request.body));
                                     co_return events::WebhookResponse{200, {}};
                                 },
                                 "test", {.poll_interval = milliseconds(20), .tracer = &tracer_});
    events::Relay relay(runtime_.get(), database(), bus, {.poll_interval = milliseconds(20), .tracer = &tracer_});
    jobs::Worker worker(runtime_.get(), database(), {.poll_interval = milliseconds(20), .tracer = &tracer_});
    worker.handle("stamp", [](jobs::Job) -> Task<void> { throw std::runtime_error("no ink"); });
    runtime_.run(events::ensure_endpoint(
        database(),
        {.name = "peer", .url = "http://peer/", .secrets = {events::make_webhook_secret()}, .topics = {"*"}}));
    relay.start();
    sender.start();
    worker.start();
    runtime_.run(cause(tracer_, database()));

    const auto request = next("POST /letters");
    const auto delivery = next("process letter.written");
    const auto webhook = next("send letter.written");
    const auto job = next("process stamp");
    for (const auto* later : {&delivery, &webhook, &job}) {
        EXPECT_EQ(later->id, request.id);
        EXPECT_EQ(later->spans.back().parent_id, request.spans.back().id);
    }
    EXPECT_TRUE(job.spans.back().is_error);
    EXPECT_FALSE(delivery.spans.back().is_error);
    const bool has_query =
        std::ranges::any_of(delivery.spans, [](const auto& span) { return span.name == "file_letter"; });
    EXPECT_TRUE(has_query) << "what the consumer asks the database is below its delivery";

    const auto traceparent = R"("trace":")" + to_traceparent({request.id, request.spans.back().id, true}) + '"';
    EXPECT_NE(sent.get_future().get().find(traceparent), std::string::npos) << "the peer can go on with it";
    runtime_.run(worker.drain());
    runtime_.run(sender.drain());
    runtime_.run(relay.drain());
}

TEST_F(BackgroundTest, AScheduledRunIsATraceOfItsOwn) {
    jobs::Scheduler scheduler(runtime_.get(), database(), &tracer_);
    scheduler.every("reconcile", milliseconds(50), []() -> Task<void> { co_return; });
    scheduler.start();
    const auto run = next("run reconcile");
    EXPECT_EQ(run.spans.back().parent_id, 0U);
    EXPECT_EQ(run.spans.back().kind, Kind::internal);
    runtime_.run(scheduler.drain());
}

}  // namespace
}  // namespace platform::trace
