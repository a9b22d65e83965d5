#pragma once

#include "platform/json/rule.hpp"
#include "services/progress-service/src/domain/lesson_fold.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>

/// Rows of the progress tables as the queries of progress.sql name them, and what they mean.
namespace tt::progress::store {

struct LessonRow {
    LessonId lesson_id;
    CourseId course_id;
    std::string state;
    int completion_ppm = 0;
    std::optional<Time> completed_at;
    std::optional<int> position_ms;
    std::optional<BlockId> position_block_id;
    std::optional<Time> position_at;
    std::optional<std::int64_t> position_seq;
    std::optional<Uuid> position_event_id;
    Uuid last_event_id;
    std::int64_t revision = 0;
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(LessonRow, (),
                      (lesson_id, course_id, state, completion_ppm, completed_at, position_ms, position_block_id,
                       position_at, position_seq, position_event_id, last_event_id, revision, updated_at))

struct BlockRow {
    LessonId lesson_id;
    BlockId block_id;
    CourseId course_id;
    std::string watched;
    int watched_ms = 0;
    std::optional<int> duration_ms;
    bool submitted = false;
    bool passed = false;
    std::int64_t revision = 0;
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(BlockRow, (),
                      (lesson_id, block_id, course_id, watched, watched_ms, duration_ms, submitted, passed, revision,
                       updated_at))

struct CourseRow {
    UserId user_id;
    CourseId course_id;
    std::optional<Uuid> course_version_id;
    int lessons_required = 0;
    int lessons_completed = 0;
    int completion_ppm = 0;
    std::optional<std::string> grade_percent;
    bool passed = false;
    std::optional<Time> passed_at;
    std::optional<Time> completed_at;
    std::optional<LessonId> last_lesson_id;
    std::optional<Time> last_lesson_at;
    std::optional<std::int64_t> last_lesson_seq;
    std::optional<Uuid> last_lesson_event;
    std::int64_t revision = 0;
    Time updated_at{};
    bool operator==(const CourseRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(CourseRow, (),
                      (user_id, course_id, course_version_id, lessons_required, lessons_completed, completion_ppm,
                       grade_percent, passed, passed_at, completed_at, last_lesson_id, last_lesson_at, last_lesson_seq,
                       last_lesson_event, revision, updated_at))

struct EventRow {
    Uuid event_id;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    std::optional<BlockId> block_id;
    std::string verb;
    json::Raw data;
    Time occurred_at{};
    Time received_at{};
    std::int64_t client_seq = 0;
    int completion_ppm = 0;
    bool completes = false;
};
BOOST_DESCRIBE_STRUCT(EventRow, (),
                      (event_id, course_id, lesson_id, block_id, verb, data, occurred_at, received_at, client_seq,
                       completion_ppm, completes))

struct CompletedLesson {
    CourseId course_id;
    LessonId lesson_id;
};
BOOST_DESCRIBE_STRUCT(CompletedLesson, (), (course_id, lesson_id))

struct GradedAttempt {
    CourseId course_id;
    QuizId quiz_id;
    std::string score_points;
    std::string max_points;
};
BOOST_DESCRIBE_STRUCT(GradedAttempt, (), (course_id, quiz_id, score_points, max_points))

struct LiveCertificate {
    CourseId course_id;
    std::string verification_code;
};
BOOST_DESCRIBE_STRUCT(LiveCertificate, (), (course_id, verification_code))

/// A lesson with the course it belongs to; blocks are inside the fold.
struct CourseLesson {
    CourseId course_id;
    LessonFold fold;
};
using Lessons = std::map<LessonId, CourseLesson>;

Lessons to_lessons(const std::vector<LessonRow>& lessons, const std::vector<BlockRow>& blocks);
LessonRow to_row(LessonId id, const CourseLesson& lesson);
std::vector<BlockRow> to_block_rows(LessonId id, const CourseLesson& lesson);

/// The data column: only the members an event has.
json::Raw event_data(const ProgressEvent& event);
ProgressEvent to_event(const EventRow& row);

/// Counts an event of the course, and moves "where the learner was last" to it when it is the newest report.
void note_event(CourseRow& row, const ProgressEvent& event);

}  // namespace tt::progress::store
