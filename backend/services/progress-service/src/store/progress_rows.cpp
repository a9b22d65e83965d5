#include "services/progress-service/src/store/progress_rows.hpp"

#include "platform/json/json.hpp"

#include <stdexcept>

namespace tt::progress::store {

struct EventData {
    std::optional<int> from_ms;
    std::optional<int> to_ms;
    std::optional<int> position_ms;
    std::optional<int> duration_ms;
    std::optional<QuizId> quiz_id;
    std::optional<bool> passed;
};
BOOST_DESCRIBE_STRUCT(EventData, (), (from_ms, to_ms, position_ms, duration_ms, quiz_id, passed))

}  // namespace tt::progress::store

namespace platform::json {
using tt::progress::store::EventData;
inline constexpr Rule when_present{.omit_when_null = true};
template <>
inline constexpr Rule rule<&EventData::from_ms> = when_present;
template <>
inline constexpr Rule rule<&EventData::to_ms> = when_present;
template <>
inline constexpr Rule rule<&EventData::position_ms> = when_present;
template <>
inline constexpr Rule rule<&EventData::duration_ms> = when_present;
template <>
inline constexpr Rule rule<&EventData::quiz_id> = when_present;
template <>
inline constexpr Rule rule<&EventData::passed> = when_present;
}  // namespace platform::json

namespace tt::progress::store {
namespace {

BlockFold to_fold(const BlockRow& row) {
    auto watched = Watched::from_multirange(row.watched);
    if (!watched) throw std::logic_error("unreadable multirange: " + row.watched);
    return {std::move(*watched), row.duration_ms, row.submitted, row.passed, row.revision, row.updated_at};
}

LessonFold to_fold(const LessonRow& row) {
    LessonFold fold;
    fold.completed = row.state == "completed";
    fold.completed_at = row.completed_at;
    fold.completion_ppm = row.completion_ppm;
    fold.position_ms = row.position_ms;
    fold.position_block_id = row.position_block_id;
    if (row.position_at) {
        fold.position_order = {*row.position_at, row.position_seq.value_or(0), row.position_event_id.value_or(Uuid{})};
    }
    fold.last_event_id = row.last_event_id;
    fold.revision = row.revision;
    fold.updated_at = row.updated_at;
    return fold;
}

void note_last_lesson(CourseRow& row, const ProgressEvent& event) {
    if (!event.lesson_id || !is_client_verb(event.verb)) return;
    const EventOrder order{event.occurred_at, event.client_seq, event.event_id};
    if (row.last_lesson_at) {
        const EventOrder known{*row.last_lesson_at, row.last_lesson_seq.value_or(0),
                               row.last_lesson_event.value_or(Uuid{})};
        if (order <= known) return;
    }
    row.last_lesson_id = event.lesson_id;
    row.last_lesson_at = event.occurred_at;
    row.last_lesson_seq = event.client_seq;
    row.last_lesson_event = event.event_id;
}

}  // namespace

Lessons to_lessons(const std::vector<LessonRow>& lessons, const std::vector<BlockRow>& blocks) {
    Lessons result;
    for (const auto& row : lessons) result[row.lesson_id] = {row.course_id, to_fold(row)};
    for (const auto& row : blocks) {
        CourseLesson& lesson = result[row.lesson_id];
        lesson.course_id = row.course_id;
        lesson.fold.blocks[row.block_id] = to_fold(row);
    }
    return result;
}

LessonRow to_row(LessonId id, const CourseLesson& lesson) {
    const LessonFold& fold = lesson.fold;
    LessonRow row{.lesson_id = id,
                  .course_id = lesson.course_id,
                  .state = fold.completed ? "completed" : "started",
                  .completion_ppm = fold.completion_ppm,
                  .completed_at = fold.completed_at,
                  .position_ms = fold.position_ms,
                  .position_block_id = fold.position_block_id,
                  .position_at = {},
                  .position_seq = {},
                  .position_event_id = {},
                  .last_event_id = fold.last_event_id,
                  .revision = fold.revision,
                  .updated_at = fold.updated_at};
    if (fold.position_ms) {
        row.position_at = fold.position_order.occurred_at;
        row.position_seq = fold.position_order.client_seq;
        row.position_event_id = fold.position_order.event_id;
    }
    return row;
}

std::vector<BlockRow> to_block_rows(LessonId id, const CourseLesson& lesson) {
    std::vector<BlockRow> rows;
    for (const auto& [block_id, fold] : lesson.fold.blocks) {
        rows.push_back({id, block_id, lesson.course_id, fold.watched.to_multirange(), fold.watched.measure_ms(),
                        fold.duration_ms, fold.submitted, fold.passed, fold.revision, fold.updated_at});
    }
    return rows;
}

json::Raw event_data(const ProgressEvent& event) {
    return {json::write(
        EventData{event.from_ms, event.to_ms, event.position_ms, event.duration_ms, event.quiz_id, event.passed})};
}

ProgressEvent to_event(const EventRow& row) {
    const auto verb = parse_verb(row.verb);
    const auto data = json::parse<EventData>(row.data.text);
    if (!verb || !data) throw std::logic_error("unreadable progress event " + to_string(row.event_id));
    return {.event_id = row.event_id,
            .course_id = row.course_id,
            .lesson_id = row.lesson_id,
            .block_id = row.block_id,
            .verb = *verb,
            .from_ms = data->from_ms,
            .to_ms = data->to_ms,
            .position_ms = data->position_ms,
            .duration_ms = data->duration_ms,
            .quiz_id = data->quiz_id,
            .passed = data->passed,
            .occurred_at = row.occurred_at,
            .received_at = row.received_at,
            .client_seq = row.client_seq,
            .completion_ppm = row.completion_ppm,
            .completes = row.completes};
}

void note_event(CourseRow& row, const ProgressEvent& event) {
    note_last_lesson(row, event);
    row.revision += 1;
    row.updated_at = std::max(row.updated_at, event.received_at);
}

}  // namespace tt::progress::store
