#include "services/course-service/src/learner_sync.hpp"

#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <map>

namespace tt::course {
namespace {

std::vector<LearnerProfile> to_learners(const std::vector<user::SyncedProfile>& profiles) {
    std::vector<LearnerProfile> learners;
    learners.reserve(profiles.size());
    for (const auto& profile : profiles) {
        learners.push_back({profile.user_id, profile.display_name, profile.locale, profile.timezone, profile.version});
    }
    return learners;
}

Task<void> reconcile(CourseCatalogue& catalogue, user::ProfileDirectory& profiles) {
    try {
        co_await reconcile_learners(catalogue, profiles);
    } catch (const std::exception& error) {
        log::warn("reconciliation_postponed", {{"error.message", error.what()}});
    }
}

}  // namespace

Task<SyncReport> reconcile_learners(CourseCatalogue& catalogue, user::ProfileDirectory& profiles) {
    const auto theirs = co_await profiles.profile_buckets();
    const auto ours = co_await catalogue.learner_buckets();
    std::map<int, std::string> known;
    for (const auto& bucket : ours) known.emplace(bucket.bucket, bucket.hash);

    SyncReport report{.buckets_compared = theirs.size()};
    for (const auto& bucket : theirs) {
        const auto mirrored = known.find(bucket.bucket);
        if (mirrored != known.end() && mirrored->second == bucket.hash) continue;
        ++report.buckets_different;
        const auto rows = co_await profiles.profiles_of_bucket(bucket.bucket);
        const std::size_t repaired = co_await catalogue.upsert_learners(to_learners(rows));
        report.learners_repaired += repaired;
    }
    if (report.learners_repaired > 0) {
        metrics::counter("sync_learners_repaired_total").add(report.learners_repaired);
        log::warn("learners_repaired", {{"learners", report.learners_repaired}, {"buckets", report.buckets_different}});
    }
    co_return report;
}

void schedule_reconciliation(jobs::Scheduler& scheduler, CourseCatalogue& catalogue, user::ProfileDirectory& profiles,
                             std::chrono::seconds interval) {
    scheduler.every("academy.reconcile_learners", interval,
                    [&catalogue, &profiles] { return reconcile(catalogue, profiles); });
}

}  // namespace tt::course
