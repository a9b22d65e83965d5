#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"
#include "platform/trace/tracer.hpp"

#include <boost/describe.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace platform::jobs {

struct NewJob {
    std::string queue;
    std::string payload = "{}";               ///< JSON text
    std::optional<Time> run_at{};             ///< not before; empty: now
    std::optional<std::string> dedupe_key{};  ///< at most one unfinished job of this key per queue
};

/// A job in the hands of a worker. attempt counts from 1.
struct Job {
    Uuid id;
    std::string queue;
    std::string payload;
    int attempt = 0;
    std::optional<std::string> trace{};  ///< traceparent of what enqueued it
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, queue, payload, attempt, trace))

/// Work that is done after `tx` commits, by any process that handles the queue. When an unfinished job has the
/// dedupe_key, nothing is added and its id is returned.
Task<Uuid> enqueue(db::Tx& tx, NewJob job);

using JobHandler = std::function<Task<void>(Job)>;

struct HandlerOptions {
    int lease_s = 60;       ///< renewed at a third of it while the handler runs; after a crash the job is due again
    int max_attempts = 10;  ///< then it goes to integ.dead_jobs
    int concurrency = 2;    ///< jobs of this queue at once in this process
    std::chrono::milliseconds first_backoff{1000};
    std::chrono::milliseconds max_backoff{15 * 60 * 1000};
};

struct WorkerConfig {
    std::chrono::milliseconds poll_interval{500};  ///< backstop when no hint arrives (enqueued by another process)
    trace::Tracer* tracer = nullptr;               ///< each run is a span in the trace of what enqueued the job
};

/// Runs durable jobs. A handler may run twice (lease lost, crash after the effect), so it must be idempotent; the job's
/// id is a good idempotency key. A throw means "again later", with exponential back-off and jitter.
class Worker {
public:
    /// `database` acts as svc_platform.
    Worker(Runtime& runtime, db::Database database, WorkerConfig config = {});
    ~Worker();

    void handle(std::string queue, JobHandler handler, HandlerOptions options = {});
    void start();
    /// Claims nothing more; resolves when running jobs have ended.
    Task<void> drain();

private:
    class State;
    std::shared_ptr<State> state_;
};

/// Periodic work with one runner at a time over all processes (row lease). Runs that were missed are not caught up.
class Scheduler {
public:
    /// With a tracer each run is a trace of its own.
    Scheduler(Runtime& runtime, db::Database database, trace::Tracer* tracer = nullptr);
    ~Scheduler();

    void every(std::string name, std::chrono::milliseconds interval, std::function<Task<void>()> work);
    void start();
    Task<void> drain();

private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace platform::jobs
