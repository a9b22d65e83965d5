#pragma once

#include "platform/jobs/jobs.hpp"
#include "services/course-service/src/catalogue.hpp"
#include "services/user-service/contract/profile_directory.hpp"

#include <chrono>
#include <cstddef>

namespace tt::course {

struct SyncReport {
    std::size_t buckets_compared = 0;
    std::size_t buckets_different = 0;
    std::size_t learners_repaired = 0;
};

/// Compares the learners this side mirrors with the site's profiles, bucket by bucket, and takes over what is missing
/// or newer there. Repairs what a lost webhook left behind. Throws Unavailable when the site gives no answer.
Task<SyncReport> reconcile_learners(CourseCatalogue& catalogue, user::ProfileDirectory& profiles);

/// Does it every `interval`, by one process at a time. While the site is away it is postponed to the next time.
void schedule_reconciliation(jobs::Scheduler& scheduler, CourseCatalogue& catalogue, user::ProfileDirectory& profiles,
                             std::chrono::seconds interval);

}  // namespace tt::course
