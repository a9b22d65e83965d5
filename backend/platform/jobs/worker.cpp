#include "platform/core/background.hpp"
#include "platform/core/backoff.hpp"
#include "platform/jobs/channels.hpp"
#include "platform/jobs/heartbeat.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/jobs/jobs_sql.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/trace/span.hpp"

#include <stdexcept>
#include <vector>

namespace platform::jobs {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds outage_pause{1000};

// A finished job whose end cannot be written (database away) is tried this often before its lease decides.
constexpr int finish_attempts = 5;

}  // namespace

class Worker::State : public std::enable_shared_from_this<Worker::State> {
public:
    State(Runtime& runtime, db::Database database, WorkerConfig config)
        : runtime_(runtime), database_(std::move(database)), config_(config), loops_(runtime, 0) {}

    void handle(std::string queue, JobHandler handler, HandlerOptions options) {
        for (const auto& known : queues_) {
            if (known->name == queue) throw std::logic_error("queue " + queue + " has a handler already");
        }
        queues_.push_back(std::make_shared<Queue>(runtime_, std::move(queue), std::move(handler), options));
        const auto& added = queues_.back();
        added->listener = database_.listen(queue_channel(added->name), [wakeup = added->wakeup] { wakeup.wake(); });
    }

    void start() {
        for (const auto& queue : queues_) loops_.spawn(work_loop(shared_from_this(), queue));
    }

    Task<void> drain() {
        is_stopping_ = true;
        for (const auto& queue : queues_) queue->wakeup.wake();
        co_await loops_.join();
        for (const auto& queue : queues_) co_await queue->running.join();
    }

private:
    struct Queue {
        Queue(Runtime& runtime, std::string name, JobHandler handler, HandlerOptions options)
            : name(std::move(name)),
              handler(std::move(handler)),
              options(options),
              wakeup(runtime, 0),
              running(runtime, 0),
              heartbeats(runtime, 0) {}

        milliseconds lease() const { return std::chrono::seconds(options.lease_s); }

        std::string name;
        JobHandler handler;
        HandlerOptions options;
        Wakeup wakeup;
        TaskGroup running;
        TaskGroup heartbeats;
        std::shared_ptr<void> listener;
    };
    using Self = std::shared_ptr<State>;
    using QueueRef = std::shared_ptr<Queue>;

    static Task<void> work_loop(Self self, QueueRef queue) {
        while (!self->is_stopping_) {
            const int free = queue->options.concurrency - static_cast<int>(queue->running.running());
            std::vector<Job> jobs;
            const bool is_up = free == 0 || co_await attempt(self->claim(*queue, free, jobs));
            for (auto& job : jobs) queue->running.spawn(run(self, queue, std::move(job)));
            if (free > 0 && static_cast<int>(jobs.size()) == free) continue;
            // Woken by an enqueue, or by a job that ends and frees a place.
            co_await queue->wakeup.wait_for(is_up ? self->config_.poll_interval : outage_pause);
        }
    }

    Task<void> claim(Queue& queue, int limit, std::vector<Job>& jobs) {
        jobs = co_await database_.many<Job>(sql::claim_jobs, queue.name, limit, queue.lease().count());
    }

    static Task<void> run(Self self, QueueRef queue, Job job) {
        trace::Work work(self->config_.tracer, "process", queue->name, trace::Kind::consumer, job.trace.value_or(""));
        std::string failure;
        {
            const Heartbeat keep_lease(self->runtime_, queue->heartbeats, queue->lease() / 3,
                                       [self, queue, job] { return self->extend(queue, job); });
            try {
                co_await queue->handler(job);
            } catch (const std::exception& error) {
                failure = error.what();
                if (failure.empty()) failure = "unknown";
            }
        }
        if (!failure.empty()) work.fail("job_failed");
        for (int i = 0; i < finish_attempts && !co_await attempt(self->finish(*queue, job, failure)); ++i) {
            co_await sleep_for(outage_pause);
        }
        queue->wakeup.wake();
    }

    Task<void> extend(QueueRef queue, Job job) {
        co_await database_.execute(sql::extend_lease, job.id, job.attempt, queue->lease().count());
    }

    Task<void> finish(const Queue& queue, Job job, std::string failure) {
        if (failure.empty()) {
            count(queue, "done");
            co_await database_.execute(sql::finish_job, job.id, job.attempt);
        } else if (job.attempt >= queue.options.max_attempts) {
            count(queue, "dead");
            log::error("job_parked",
                       {{"queue", queue.name}, {"job_id", to_string(job.id)}, {"error.message", failure}});
            co_await database_.execute(sql::park_job, job.id, job.attempt, failure);
        } else {
            count(queue, "retried");
            log::warn("job_postponed",
                      {{"queue", queue.name}, {"job_id", to_string(job.id)}, {"error.message", failure}});
            const auto delay = backoff(job.attempt - 1, queue.options.first_backoff, queue.options.max_backoff);
            co_await database_.execute(sql::postpone_job, job.id, job.attempt, delay.count(), failure);
        }
    }

    static void count(const Queue& queue, const char* outcome) {
        metrics::counter("jobs_total", {{"queue", queue.name}, {"outcome", outcome}}).add();
    }

    /// Whether it went through; a failure is logged, for the loops go on.
    static Task<bool> attempt(Task<void> work) {
        std::string failure;
        try {
            co_await std::move(work);
            co_return true;
        } catch (const std::exception& error) {
            failure = error.what();
        }
        log::warn("worker_failed", {{"error.message", failure}});
        co_return false;
    }

    Runtime& runtime_;
    db::Database database_;
    WorkerConfig config_;
    std::vector<QueueRef> queues_;
    TaskGroup loops_;
    bool is_stopping_ = false;
};

Worker::Worker(Runtime& runtime, db::Database database, WorkerConfig config)
    : state_(std::make_shared<State>(runtime, std::move(database), config)) {}

Worker::~Worker() = default;

void Worker::handle(std::string queue, JobHandler handler, HandlerOptions options) {
    state_->handle(std::move(queue), std::move(handler), options);
}

void Worker::start() {
    state_->start();
}

Task<void> Worker::drain() {
    return state_->drain();
}

}  // namespace platform::jobs
