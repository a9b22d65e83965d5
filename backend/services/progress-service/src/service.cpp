#include "services/progress-service/src/service.hpp"

#include "platform/events/bus.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/progress-service/src/api/routes.hpp"
#include "services/progress-service/src/certificate_job.hpp"
#include "services/progress-service/src/personal_data.hpp"
#include "services/progress-service/src/store/progress_store.hpp"
#include "shared/utils/personal_data.hpp"

#include <stdexcept>

namespace tt::progress {
namespace {

Task<void> issue_due(Certificates& certificates, std::string payload) {
    const auto due = json::parse<CertificateDue>(payload);
    if (!due) throw std::runtime_error("unreadable certificate job");
    const auto issued = co_await certificates.issue(due->user_id, due->course_id);
    // A course that was withdrawn meanwhile has nothing to certify; trying again would not help.
    if (!issued) log::warn("certificate_not_due", {{"reason", issued.error().reason}});
}

Task<void> sweep(Attempts& attempts) {
    const int finished = co_await attempts.sweep();
    if (finished > 0) log::info("quiz_attempts_swept", {{"count", finished}});
}

}  // namespace

ProgressService::ProgressService(ProgressParts parts, ProgressConfig config)
    : config_(std::move(config)),
      database_(parts.database),
      objects_(parts.objects),
      clock_(parts.clock),
      catalogue_(parts.courses, parts.clock),
      progress_(parts.database, catalogue_, parts.clock),
      attempts_(parts.database, catalogue_, progress_, parts.clock),
      certificates_(parts.database, catalogue_, progress_, parts.objects, parts.runtime, parts.clock,
                    config_.certificates),
      rebuild_(parts.database, catalogue_, parts.clock) {
    progress_.on_completed(
        [this](UserId user, CourseId course) { return certificates_.issue_after_commit(user, course); });
}

void ProgressService::mount(http::Router& router) {
    api::mount_progress(router, *this);
    api::mount_attempts(router, *this);
    api::mount_certificates(router, *this);
    api::mount_functions(router, *this);
    mount_personal_data(router, "progress", *this);
}

void ProgressService::subscribe(events::Bus& bus) {
    bus.as(database_.role())
        .subscribe("progress.erase_learner", "user.deleted", [this](db::Tx& tx, events::Event event) {
            return erase_learner(tx, std::move(event), clock_.now());
        });
}

void ProgressService::work(jobs::Worker& worker) {
    worker.handle(std::string(certificate_queue),
                  [this](jobs::Job job) { return issue_due(certificates_, std::move(job.payload)); });
    worker.handle(std::string(erased_files_queue),
                  [this](jobs::Job job) { return remove_erased_files(objects_, std::move(job)); });
}

void ProgressService::schedule(jobs::Scheduler& scheduler) {
    scheduler.every("progress.sweep_attempts", sweep_interval, [this] { return sweep(attempts_); });
    scheduler.every("progress.create_partitions", partition_interval, [this] { return start(); });
}

Task<void> ProgressService::start() {
    co_await store::create_partitions(database_, clock_.now(), partition_months);
}

Task<std::vector<CourseProgress>> ProgressService::course_progress(UserId user, std::vector<CourseId> courses) {
    return progress_.course_progress(user, std::move(courses));
}

Task<std::vector<LessonState>> ProgressService::lesson_states(UserId user, CourseId course) {
    return progress_.lesson_states(user, course);
}

Task<std::vector<QuizRules>> ProgressService::quiz_rules_for(UserId user, std::vector<QuizId> quizzes) {
    return attempts_.rules_for(user, std::move(quizzes));
}

Task<PersonalData> ProgressService::personal_data(PersonalDataOwner owner) {
    return personal_data_of(database_, std::move(owner));
}

}  // namespace tt::progress
