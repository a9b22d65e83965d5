#pragma once

#include "platform/db/database.hpp"
#include "services/progress-service/contract/progress_client.hpp"
#include "services/progress-service/src/catalogue.hpp"
#include "services/progress-service/src/store/progress_store.hpp"

#include <functional>
#include <vector>

/// Takes in what learners do: appends events, merges them into the rows that are read, and keeps each course's
/// standing, all in one transaction.
namespace tt::progress {

/// One event as a client sent it, checked for its types only.
struct Report {
    Uuid event_id;
    std::string verb;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    std::optional<BlockId> block_id;
    std::optional<int> from_ms;
    std::optional<int> to_ms;
    std::optional<int> position_ms;
    std::optional<int> duration_ms;
    Time occurred_at{};
    std::optional<Uuid> device_id;
    std::int64_t client_seq = 0;
};

struct Rejected {
    Uuid event_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Rejected, (), (event_id, reason))

/// Every sent event is in exactly one of the first three.
struct ReportOutcome {
    std::vector<Uuid> accepted;
    std::vector<Uuid> duplicates;
    std::vector<Rejected> rejected;
    std::vector<LessonState> lessons;
    std::vector<CourseProgress> courses;
};
BOOST_DESCRIBE_STRUCT(ReportOutcome, (), (accepted, duplicates, rejected, lessons, courses))

/// An event with the rules of its course.
struct PlacedEvent {
    store::StoredEvent stored;
    CourseRulesPtr rules;
};

/// What applying events changed.
struct Applied {
    std::set<Uuid> duplicates;  // by the id the sender gave
    std::vector<Rejected> rejected;
    store::Lessons lessons;
    std::vector<store::CourseRow> courses;
    std::vector<CourseId> completed_now;
};

class ProgressLog {
public:
    ProgressLog(db::Database database, Catalogue& catalogue, const Clock& clock);

    /// Errors: none that concern the whole batch; each event has its own fate.
    Task<ReportOutcome> report(UserId user, std::vector<Report> reports);

    /// Merges events inside the caller's transaction (an attempt that was graded). Lock order: attempt before course.
    Task<Applied> apply(db::Tx& tx, UserId user, std::vector<PlacedEvent> events);

    /// Computes the standing anew from what is stored; needed where the catalogue changed and nothing was reported.
    Task<Applied> refresh(UserId user, CourseRulesPtr rules);

    /// Runs after the commit that completed a course, in the request that did it; must not throw.
    using OnCompleted = std::function<Task<void>(UserId, CourseId)>;
    void on_completed(OnCompleted listener) { on_completed_ = std::move(listener); }
    Task<void> tell_completed(UserId user, std::vector<CourseId> courses);

    Task<std::vector<CourseProgress>> course_progress(UserId user, std::vector<CourseId> courses);
    Task<std::vector<LessonState>> lesson_states(UserId user, CourseId course);

private:
    struct Batch;
    struct Course;

    Task<Course> admit(UserId user, CourseId course, const std::vector<Report>& reports);
    static void place(Batch& batch, const Report& report, const Course& course);
    Task<Applied> refresh_in(db::Tx& tx, UserId user, CourseRulesPtr rules);
    Task<Result<CourseRulesPtr>> rules_for(CourseId course, const std::vector<Report>& reports);
    Task<void> settle_courses(db::Tx& tx, const std::vector<PlacedEvent>& events, store::CourseFacts facts,
                              Applied& applied);
    Task<void> settle(db::Tx& tx, store::CourseRow& row, CourseRulesPtr rules, Standing standing, Applied& applied);
    Task<void> announce_completion(db::Tx& tx, store::CourseRow row, CourseRulesPtr rules);
    Task<std::vector<CourseProgress>> to_progress(UserId user, std::vector<store::CourseRow> rows);

    db::Database database_;
    Catalogue& catalogue_;
    const Clock& clock_;
    OnCompleted on_completed_;
};

/// Writes a standing into the stored row; passed and completed never go back.
void put_standing(store::CourseRow& row, const CourseRules& rules, const Standing& standing);

}  // namespace tt::progress
