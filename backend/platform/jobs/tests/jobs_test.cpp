#include "platform/jobs/jobs.hpp"

#include "platform/db/pool.hpp"
#include "platform/jobs/jobs_sql.hpp"
#include "platform/jobs/schedules_sql.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <mutex>

namespace platform::jobs {
namespace {

using std::chrono::milliseconds;

/// A database per suite, emptied per test; a runtime and pool per test.
class JobsTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        test_db = new testing::TestDb(std::filesystem::path(TT_SOURCE_DIR) / "database/migrations/platform");
    }
    static void TearDownTestSuite() { delete test_db; }

    JobsTest() : pool_(runtime_.get(), db::PoolConfig{.conninfo = test_db->url()}) {
        test_db->exec("TRUNCATE integ.jobs, integ.dead_jobs, integ.schedules");
    }

    void TearDown() override {
        if (worker_) runtime_.run(worker_->drain());
        runtime_.stop();
    }

    db::Database database() const { return pool_.database("svc_platform"); }

    Worker& worker(WorkerConfig config = {}) {
        worker_ = std::make_unique<Worker>(runtime_.get(), database(), config);
        return *worker_;
    }

    static Task<Uuid> enqueue_and_commit(db::Database database, NewJob job) {
        db::Tx tx = co_await database.begin();
        const Uuid id = co_await enqueue(tx, std::move(job));
        co_await tx.commit();
        co_return id;
    }

    Uuid add(NewJob job) { return runtime_.run(enqueue_and_commit(database(), std::move(job))); }

    /// Waits until a query gives this value.
    static ::testing::AssertionResult becomes(const std::string& sql, const std::string& expected) {
        std::string last;
        for (int i = 0; i < 500; ++i) {
            last = test_db->scalar(sql);
            if (last == expected) return ::testing::AssertionSuccess();
            std::this_thread::sleep_for(milliseconds(10));
        }
        return ::testing::AssertionFailure() << sql << " stays " << last << ", not " << expected;
    }

    static inline testing::TestDb* test_db = nullptr;
    testing::TestRuntime runtime_{2};
    db::Pool pool_;
    std::unique_ptr<Worker> worker_;
};

TEST_F(JobsTest, EveryQueryPrepares) {
    EXPECT_THAT(test_db->prepare_all(sql::jobs_queries), ::testing::IsEmpty());
    EXPECT_THAT(test_db->prepare_all(sql::schedules_queries), ::testing::IsEmpty());
}

TEST_F(JobsTest, AJobRunsSoonAfterItsTransactionCommits) {
    std::promise<std::pair<Job, std::chrono::steady_clock::time_point>> ran;
    worker({.poll_interval = milliseconds(5000)}).handle("mail", [&ran](Job job) -> Task<void> {
        ran.set_value({std::move(job), std::chrono::steady_clock::now()});
        co_return;
    });
    worker_->start();
    const Uuid id = add({.queue = "mail", .payload = R"({"to": "ada"})"});
    const auto committed = std::chrono::steady_clock::now();
    const auto [job, when] = ran.get_future().get();
    EXPECT_EQ(job.id, id);
    EXPECT_EQ(job.attempt, 1);
    EXPECT_EQ(job.payload, R"({"to": "ada"})");
    EXPECT_LT(when - committed, milliseconds(500));  // by the hint, not by the poll
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.jobs", "0"));
}

TEST_F(JobsTest, ARolledBackJobNeverRuns) {
    runtime_.run([](db::Database database) -> Task<void> {
        db::Tx tx = co_await database.begin();
        co_await enqueue(tx, {.queue = "mail"});
    }(database()));
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.jobs"), "0");
}

TEST_F(JobsTest, AnUnfinishedJobOfTheSameKeyAnswers) {
    const Uuid first = add({.queue = "mail", .dedupe_key = "welcome:1"});
    EXPECT_EQ(add({.queue = "mail", .dedupe_key = "welcome:1"}), first);
    EXPECT_NE(add({.queue = "mail", .dedupe_key = "welcome:2"}), first);
    EXPECT_NE(add({.queue = "other", .dedupe_key = "welcome:1"}), first);
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.jobs"), "3");
}

TEST_F(JobsTest, AFailingJobIsTriedAgainAndThenParked) {
    std::atomic<int> tries{0};
    worker({.poll_interval = milliseconds(20)})
        .handle("mail",
                [&tries](Job) -> Task<void> {
                    ++tries;
                    throw std::runtime_error("no route");
                    co_return;
                },
                {.max_attempts = 3, .first_backoff = milliseconds(10)});
    worker_->start();
    add({.queue = "mail", .payload = R"({"n": 7})"});
    EXPECT_TRUE(becomes("SELECT payload::text || ' ' || attempts || ' ' || error FROM integ.dead_jobs",
                        R"({"n": 7} 3 no route)"));
    EXPECT_EQ(tries, 3);
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.jobs"), "0");
}

TEST_F(JobsTest, AJobWaitsForItsTime) {
    std::atomic<int> runs{0};
    worker({.poll_interval = milliseconds(20)}).handle("mail", [&runs](Job) -> Task<void> {
        ++runs;
        co_return;
    });
    worker_->start();
    add({.queue = "mail", .run_at = SystemClock().now() + milliseconds(400)});
    std::this_thread::sleep_for(milliseconds(150));
    EXPECT_EQ(runs, 0);
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.jobs", "0"));
    EXPECT_EQ(runs, 1);
}

TEST_F(JobsTest, TheJobOfADeadWorkerIsDueAgainWhenItsLeaseEnds) {
    const Uuid id = add({.queue = "mail"});
    // A worker that claimed it and was killed.
    runtime_.run(database().many<Job>(sql::claim_jobs, "mail", 1, 300));
    std::atomic<int> attempt{0};
    worker({.poll_interval = milliseconds(20)}).handle("mail", [&attempt](Job job) -> Task<void> {
        attempt = job.attempt;
        co_return;
    });
    worker_->start();
    std::this_thread::sleep_for(milliseconds(100));
    EXPECT_EQ(attempt, 0);
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.jobs", "0"));
    EXPECT_EQ(attempt, 2);
    // The dead one comes back to life: its token no longer finishes anything.
    EXPECT_EQ(runtime_.run(database().execute(sql::finish_job, id, 1)), 0);
}

TEST_F(JobsTest, ALongJobKeepsItsLease) {
    std::atomic<int> runs{0};
    worker({.poll_interval = milliseconds(20)})
        .handle("import",
                [&runs](Job) -> Task<void> {
                    ++runs;
                    co_await sleep_for(milliseconds(2500));
                },
                {.lease_s = 1, .concurrency = 2});
    worker_->start();
    add({.queue = "import"});
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.jobs", "0"));
    EXPECT_EQ(runs, 1);
}

TEST_F(JobsTest, TwoWorkersShareTheWorkAndDoEachJobOnce) {
    constexpr int count = 200;
    std::mutex mutex;
    std::multiset<std::string> seen;
    const auto note = [&](Job job) -> Task<void> {
        const std::lock_guard lock(mutex);
        seen.insert(to_string(job.id));
        co_return;
    };
    Worker other(runtime_.get(), database(), {.poll_interval = milliseconds(20)});
    other.handle("mail", note, {.concurrency = 4});
    worker({.poll_interval = milliseconds(20)}).handle("mail", note, {.concurrency = 4});
    other.start();
    worker_->start();
    for (int i = 0; i < count; ++i) add({.queue = "mail"});
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.jobs", "0"));
    runtime_.run(other.drain());
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), static_cast<std::size_t>(count));
}

TEST_F(JobsTest, DrainWaitsForWhatRunsAndStartsNothingNew) {
    std::atomic<int> finished{0};
    worker().handle("slow",
                    [&finished](Job) -> Task<void> {
                        co_await sleep_for(milliseconds(200));
                        ++finished;
                    },
                    {.concurrency = 1});
    worker_->start();
    add({.queue = "slow"});
    add({.queue = "slow"});
    std::this_thread::sleep_for(milliseconds(100));
    runtime_.run(worker_->drain());
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.jobs"), "1");
}

TEST_F(JobsTest, AScheduleRunsOnceThoughTwoProcessesHaveIt) {
    std::atomic<int> runs{0};
    const auto work = [&runs]() -> Task<void> {
        ++runs;
        co_return;
    };
    Scheduler first(runtime_.get(), database());
    Scheduler second(runtime_.get(), database());
    for (Scheduler* scheduler : {&first, &second}) {
        scheduler->every("reconcile", milliseconds(200), work);
        scheduler->start();
    }
    std::this_thread::sleep_for(milliseconds(1100));
    runtime_.run(first.drain());
    runtime_.run(second.drain());
    EXPECT_GE(runs, 4);
    EXPECT_LE(runs, 7);
}

TEST_F(JobsTest, AFailingScheduleRunsAgainNextTimeAndSaysWhy) {
    std::atomic<int> runs{0};
    Scheduler scheduler(runtime_.get(), database());
    scheduler.every("reconcile", milliseconds(50), [&runs]() -> Task<void> {
        ++runs;
        throw std::runtime_error("peer away");
        co_return;
    });
    scheduler.start();
    EXPECT_TRUE(becomes("SELECT last_error FROM integ.schedules", "peer away"));
    std::this_thread::sleep_for(milliseconds(200));
    runtime_.run(scheduler.drain());
    EXPECT_GE(runs, 2);
}

}  // namespace
}  // namespace platform::jobs
