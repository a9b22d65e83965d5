#include "platform/core/background.hpp"
#include "platform/jobs/heartbeat.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/jobs/schedules_sql.hpp"
#include "platform/log/log.hpp"
#include "platform/trace/span.hpp"

#include <algorithm>
#include <vector>

namespace platform::jobs {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds lease{60'000};
constexpr milliseconds shortest_wait{20};
constexpr milliseconds longest_wait{5'000};  // another process's crashed run is noticed after its lease plus this

}  // namespace

class Scheduler::State : public std::enable_shared_from_this<Scheduler::State> {
public:
    State(Runtime& runtime, db::Database database, trace::Tracer* tracer)
        : runtime_(runtime),
          database_(std::move(database)),
          tracer_(tracer),
          wakeup_(runtime, 0),
          loop_(runtime, 0),
          runs_(runtime, 0) {}

    void every(std::string name, milliseconds interval, std::function<Task<void>()> work) {
        auto entry = std::make_shared<Entry>();
        entry->name = std::move(name);
        entry->interval = interval;
        entry->work = std::move(work);
        names_.push_back(entry->name);
        entries_.push_back(std::move(entry));
    }

    void start() {
        if (!entries_.empty()) loop_.spawn(run(shared_from_this()));
    }

    Task<void> drain() {
        is_stopping_ = true;
        wakeup_.wake();
        co_await loop_.join();
        co_await runs_.join();
    }

private:
    struct Entry {
        std::string name;
        milliseconds interval{0};
        std::function<Task<void>()> work;
        bool is_running = false;
    };
    using Self = std::shared_ptr<State>;
    using EntryRef = std::shared_ptr<Entry>;

    static Task<void> run(Self self) {
        bool is_registered = false;
        while (!self->is_stopping_) {
            milliseconds wait = longest_wait;
            std::string failure;
            try {
                if (!is_registered) co_await self->add_all();
                is_registered = true;
                co_await self->start_due();
                const auto next_ms = co_await self->database_.one<std::int64_t>(sql::schedule_wait, self->names_);
                wait = std::clamp(milliseconds(next_ms), shortest_wait, longest_wait);
            } catch (const std::exception& error) {
                failure = error.what();
            }
            if (!failure.empty()) log::warn("scheduler_failed", {{"error.message", failure}});
            co_await self->wakeup_.wait_for(wait);
        }
    }

    Task<void> add_all() {
        for (const auto& name : names_) co_await database_.execute(sql::add_schedule, name);
    }

    Task<void> start_due() {
        for (const auto& entry : entries_) {
            if (entry->is_running) continue;
            const Uuid run_id = uuid_v7();
            const auto claimed = co_await database_.maybe_one<std::string>(
                sql::claim_schedule, entry->name, entry->interval.count(), lease.count(), run_id);
            if (!claimed) continue;
            entry->is_running = true;
            runs_.spawn(run_one(shared_from_this(), entry, run_id));
        }
    }

    static Task<void> run_one(Self self, EntryRef entry, Uuid run_id) {
        trace::Work work(self->tracer_, "run", entry->name, trace::Kind::internal);
        std::optional<std::string> failure;
        {
            const Heartbeat keep_lease(self->runtime_, self->runs_, lease / 3,
                                       [self, entry, run_id] { return self->extend(entry->name, run_id); });
            try {
                co_await entry->work();
            } catch (const std::exception& error) {
                failure = error.what();
            }
        }
        if (failure) work.fail("schedule_failed");
        if (failure) log::warn("schedule_failed", {{"schedule", entry->name}, {"error.message", *failure}});
        entry->is_running = false;
        try {
            co_await self->database_.execute(sql::finish_schedule, entry->name, run_id, failure);
        } catch (const std::exception& error) {
            log::warn("scheduler_failed", {{"error.message", error.what()}});  // the lease runs out by itself
        }
        self->wakeup_.wake();
    }

    Task<void> extend(std::string name, Uuid run_id) {
        co_await database_.execute(sql::extend_schedule, name, run_id, lease.count());
    }

    Runtime& runtime_;
    db::Database database_;
    trace::Tracer* tracer_;
    std::vector<EntryRef> entries_;
    std::vector<std::string> names_;
    Wakeup wakeup_;
    TaskGroup loop_;
    TaskGroup runs_;
    bool is_stopping_ = false;
};

Scheduler::Scheduler(Runtime& runtime, db::Database database, trace::Tracer* tracer)
    : state_(std::make_shared<State>(runtime, std::move(database), tracer)) {}

Scheduler::~Scheduler() = default;

void Scheduler::every(std::string name, std::chrono::milliseconds interval, std::function<Task<void>()> work) {
    state_->every(std::move(name), interval, std::move(work));
}

void Scheduler::start() {
    state_->start();
}

Task<void> Scheduler::drain() {
    return state_->drain();
}

}  // namespace platform::jobs
