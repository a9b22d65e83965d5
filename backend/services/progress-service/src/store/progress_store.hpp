#pragma once

#include "platform/db/database.hpp"
#include "services/progress-service/src/domain/course_rules.hpp"
#include "services/progress-service/src/store/progress_rows.hpp"

#include <set>
#include <vector>

/// SQL of progress. Functions that lock or save several things send them in one flush.
namespace tt::progress::store {

/// An event ready to be stored.
struct StoredEvent {
    ProgressEvent event;
    std::optional<Uuid> device_id;
    std::optional<Uuid> client_event_id;  // the id the client gave, where the server had to give another
};

struct LockRequest {
    UserId user;
    std::vector<CourseId> courses;
    std::vector<Uuid> event_ids;
    std::vector<Uuid> client_event_ids;
    std::vector<LessonId> lessons;
    Time now{};
};

struct LockedState {
    std::vector<CourseRow> courses;
    std::set<Uuid> known;  // ids, given by client or server, that are stored already
    Lessons lessons;
};

/// Locks the learner's rows of these courses (made when missing) and reads what the events will be merged into.
Task<LockedState> lock_and_load(db::Tx& tx, LockRequest request);

/// What a course's standing is computed from.
struct CourseFacts {
    std::map<CourseId, std::set<LessonId>> completed;
    std::map<CourseId, std::map<QuizId, std::vector<AttemptScore>>> graded;
};

struct Merged {
    std::vector<StoredEvent> events;
    Lessons lessons;
    std::vector<CourseId> courses;
};

struct Saved {
    std::int64_t inserted = 0;  // fewer than sent: somebody stored one of the ids meanwhile
    CourseFacts facts;
};

Task<Saved> save_merged(db::Tx& tx, UserId user, Merged merged);
Task<CourseFacts> course_facts(db::Tx& tx, UserId user, std::vector<CourseId> courses);
Task<CourseFacts> course_facts(const db::Database& database, UserId user, std::vector<CourseId> courses);
Task<void> insert_events(db::Tx& tx, UserId user, std::vector<StoredEvent> events);
Task<void> save_course(db::Tx& tx, CourseRow row);

Task<std::vector<CourseRow>> course_rows(const db::Database& database, UserId user, std::vector<CourseId> courses);
Task<std::vector<LessonRow>> course_lesson_rows(const db::Database& database, UserId user, CourseId course);
Task<std::vector<LiveCertificate>> live_certificates(const db::Database& database, UserId user,
                                                     std::vector<CourseId> courses);

/// All that is stored of one learner in one course, under the course's lock.
struct CourseHistory {
    std::optional<CourseRow> row;
    Lessons lessons;
    std::vector<ProgressEvent> events;
};
Task<CourseHistory> lock_history(db::Tx& tx, UserId user, CourseId course, Time now);
Task<void> save_lessons(db::Tx& tx, UserId user, Lessons lessons);
Task<void> delete_lessons(db::Tx& tx, UserId user, std::vector<LessonId> lessons);
Task<void> delete_blocks(db::Tx& tx, UserId user, std::vector<LessonId> lessons, std::vector<BlockId> blocks);

struct LearnerCourse {
    UserId user_id;
    CourseId course_id;
};
BOOST_DESCRIBE_STRUCT(LearnerCourse, (), (user_id, course_id))

Task<std::vector<LearnerCourse>> learners_with_progress(const db::Database& database, LearnerCourse after,
                                                        std::optional<UserId> user, std::optional<CourseId> course,
                                                        int limit);
Task<void> create_partitions(const db::Database& database, Time first_month, int months);

}  // namespace tt::progress::store
