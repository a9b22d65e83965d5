#pragma once

#include "platform/db/database.hpp"
#include "services/progress-service/src/catalogue.hpp"
#include "services/progress-service/src/store/progress_store.hpp"

#include <string>
#include <vector>

/// Recomputes the materialised rows from the log and compares. Without differences the rows are what the events say.
namespace tt::progress {

/// Both empty: everyone.
struct RebuildScope {
    std::optional<UserId> user;
    std::optional<CourseId> course;
};

struct RebuildReport {
    std::int64_t courses = 0;  // learner × course
    std::int64_t events = 0;
    std::int64_t lessons = 0;
    std::int64_t refreshed = 0;  // rows of an older course version, brought up to date: not a difference
    std::int64_t differences = 0;
    std::vector<std::string> details;  // of the first max_details differences
};
BOOST_DESCRIBE_STRUCT(RebuildReport, (), (courses, events, lessons, refreshed, differences, details))

class Rebuild {
public:
    Rebuild(db::Database database, Catalogue& catalogue, const Clock& clock);

    /// Compares, and writes the recomputed rows where they differ. One transaction per learner and course, under the
    /// lock that reports take, so it may run while the service does.
    Task<RebuildReport> run(RebuildScope scope);

    static constexpr int page_size = 500;            // learners read ahead
    static constexpr std::size_t max_details = 100;  // enough to see a pattern

private:
    Task<RebuildReport> rebuild_one(db::Tx& tx, store::LearnerCourse target, CourseRulesPtr rules);
    Task<void> repair(db::Tx& tx, UserId user, store::Lessons stored, store::Lessons computed);

    db::Database database_;
    Catalogue& catalogue_;
    const Clock& clock_;
};

}  // namespace tt::progress
