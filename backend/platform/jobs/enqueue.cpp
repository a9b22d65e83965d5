#include "platform/jobs/channels.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/jobs/jobs_sql.hpp"
#include "platform/trace/span.hpp"

namespace platform::jobs {
namespace {

// Insert and look-up miss each other only when the other job finishes in between, and that cannot go on.
constexpr int max_rounds = 5;

}  // namespace

Task<Uuid> enqueue(db::Tx& tx, NewJob job) {
    const auto trace = trace::current_traceparent();
    for (int round = 0; round < max_rounds; ++round) {
        const auto added = co_await tx.maybe_one<Uuid>(sql::enqueue_job, uuid_v7(), job.queue, job.payload, job.run_at,
                                                       job.dedupe_key, trace);
        if (added) {
            tx.ring_after_commit(queue_channel(job.queue));
            co_return *added;
        }
        const auto waiting = co_await tx.maybe_one<Uuid>(sql::find_job_by_key, job.queue, job.dedupe_key);
        if (waiting) co_return *waiting;
    }
    throw Unavailable("jobs of queue " + job.queue + " with one key come and go too fast");
}

}  // namespace platform::jobs
