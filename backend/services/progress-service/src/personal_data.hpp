#pragma once

#include "platform/db/database.hpp"
#include "platform/events/event.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/storage/object_store.hpp"
#include "shared/types/personal_data.hpp"

namespace tt::progress {

/// Files of erased learners that still have to be removed from the store.
inline constexpr std::string_view erased_files_queue = "progress.erased_files";

/// Progress with its log, attempts with answers, certificates.
Task<PersonalData> personal_data_of(db::Database academy, PersonalDataOwner owner);

/// Consumer of user.deleted: everything goes, certificates are withdrawn without their name, and course-service is told
/// (progress.erased), because attempts point at enrollments.
Task<void> erase_learner(db::Tx& tx, events::Event event, Time now);

/// Handles a job of erased_files_queue.
Task<void> remove_erased_files(storage::ObjectStore& objects, jobs::Job job);

}  // namespace tt::progress
