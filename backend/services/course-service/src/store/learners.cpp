#include "services/course-service/src/store/learners.hpp"

#include "platform/json/json.hpp"
#include "services/course-service/src/store/learners_sql.hpp"

namespace tt::course::store {

Task<std::optional<Learner>> find_learner(db::Database database, UserId user) {
    return database.maybe_one<Learner>(sql::find_learner, user);
}

Task<std::size_t> upsert_learners(db::Tx& tx, std::vector<LearnerProfile> profiles, Time now) {
    const std::string document = json::write(profiles);
    const auto changed = co_await tx.execute(sql::upsert_learners, document, now);
    co_return static_cast<std::size_t>(changed);
}

Task<void> erase_learner(db::Tx& tx, UserId user, Time now) {
    co_await tx.execute(sql::erase_learner, user, now);
}

Task<std::vector<SyncBucket>> learner_buckets(db::Database database) {
    return database.many<SyncBucket>(sql::learner_buckets);
}

}  // namespace tt::course::store
