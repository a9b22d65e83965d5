#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/contract/course_client.hpp"

namespace tt::course {

/// A profile as the site tells it; `version` is the profile's own counter and only grows.
struct LearnerProfile {
    UserId user_id;
    std::optional<std::string> display_name;
    std::string locale = "en";
    std::string timezone = "UTC";
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(LearnerProfile, (), (user_id, display_name, locale, timezone, version))

/// Fingerprint of the mirrored profiles whose user id ends in one byte, for the reconciliation with the site.
struct SyncBucket {
    int bucket = 0;
    std::int64_t count = 0;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(SyncBucket, (), (bucket, count, hash))

namespace store {

Task<std::optional<Learner>> find_learner(db::Database database, UserId user);

/// Returns how many rows are new or newer than before.
Task<std::size_t> upsert_learners(db::Tx& tx, std::vector<LearnerProfile> profiles, Time now);

/// What is left is that there was somebody: a message that comes late does not bring the person back.
Task<void> erase_learner(db::Tx& tx, UserId user, Time now);

/// Only buckets with at least one learner.
Task<std::vector<SyncBucket>> learner_buckets(db::Database database);

}  // namespace store
}  // namespace tt::course
