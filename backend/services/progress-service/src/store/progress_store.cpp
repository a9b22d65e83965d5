#include "services/progress-service/src/store/progress_store.hpp"

#include "services/progress-service/src/store/progress_sql.hpp"

#include <algorithm>

namespace tt::progress::store {
namespace {

/// The values of one column of many rows, for unnest().
template <class Row, class F>
db::Param column(const std::vector<Row>& rows, F value) {
    std::vector<std::decay_t<std::invoke_result_t<F&, const Row&>>> values;
    values.reserve(rows.size());
    for (const auto& row : rows) values.push_back(value(row));
    return db::to_param(values);
}

db::Statement insert_events_statement(UserId user, const std::vector<StoredEvent>& events) {
    using E = StoredEvent;
    return {sql::insert_events,
            {db::to_param(user), column(events, [](const E& e) { return e.event.event_id; }),
             column(events, [](const E& e) { return e.event.course_id; }),
             column(events, [](const E& e) { return e.event.lesson_id; }),
             column(events, [](const E& e) { return e.event.block_id; }),
             column(events, [](const E& e) { return std::string(to_text(e.event.verb)); }),
             column(events, [](const E& e) { return event_data(e.event); }),
             column(events, [](const E& e) { return e.event.occurred_at; }),
             column(events, [](const E& e) { return e.event.received_at; }),
             column(events, [](const E& e) { return e.device_id; }),
             column(events, [](const E& e) { return e.event.client_seq; }),
             column(events, [](const E& e) { return e.event.completion_ppm; }),
             column(events, [](const E& e) { return std::string(e.event.completes ? "t" : "f"); }),
             column(events, [](const E& e) { return e.client_event_id; })}};
}

db::Statement save_lessons_statement(UserId user, const Lessons& lessons) {
    std::vector<LessonRow> rows;
    for (const auto& [id, lesson] : lessons) rows.push_back(to_row(id, lesson));
    using R = LessonRow;
    return {
        sql::save_lesson_rows,
        {db::to_param(user), column(rows, [](const R& r) { return r.lesson_id; }),
         column(rows, [](const R& r) { return r.course_id; }), column(rows, [](const R& r) { return r.state; }),
         column(rows, [](const R& r) { return r.completion_ppm; }),
         column(rows, [](const R& r) { return r.completed_at; }),
         column(rows, [](const R& r) { return r.position_ms; }),
         column(rows, [](const R& r) { return r.position_block_id; }),
         column(rows, [](const R& r) { return r.position_at; }),
         column(rows, [](const R& r) { return r.position_seq; }),
         column(rows, [](const R& r) { return r.position_event_id; }),
         column(rows, [](const R& r) { return r.last_event_id; }), column(rows, [](const R& r) { return r.revision; }),
         column(rows, [](const R& r) { return r.updated_at; })}};
}

db::Statement save_blocks_statement(UserId user, const Lessons& lessons) {
    std::vector<BlockRow> rows;
    for (const auto& [id, lesson] : lessons) {
        auto blocks = to_block_rows(id, lesson);
        std::move(blocks.begin(), blocks.end(), std::back_inserter(rows));
    }
    using R = BlockRow;
    return {
        sql::save_block_rows,
        {db::to_param(user), column(rows, [](const R& r) { return r.lesson_id; }),
         column(rows, [](const R& r) { return r.block_id; }), column(rows, [](const R& r) { return r.course_id; }),
         column(rows, [](const R& r) { return r.watched; }), column(rows, [](const R& r) { return r.watched_ms; }),
         column(rows, [](const R& r) { return r.duration_ms; }),
         column(rows, [](const R& r) { return std::string(r.submitted ? "t" : "f"); }),
         column(rows, [](const R& r) { return std::string(r.passed ? "t" : "f"); }),
         column(rows, [](const R& r) { return r.revision; }), column(rows, [](const R& r) { return r.updated_at; })}};
}

CourseFacts to_facts(const db::Rows& completed, const db::Rows& graded) {
    CourseFacts facts;
    for (const auto& row : completed.many<CompletedLesson>()) facts.completed[row.course_id].insert(row.lesson_id);
    for (const auto& row : graded.many<GradedAttempt>()) {
        facts.graded[row.course_id][row.quiz_id].push_back({exact(row.score_points), exact(row.max_points)});
    }
    return facts;
}

}  // namespace

Task<LockedState> lock_and_load(db::Tx& tx, LockRequest request) {
    std::vector<db::Statement> statements{
        {sql::ensure_course_rows, db::make_params(request.user, request.courses, request.now)},
        {sql::lock_course_rows, db::make_params(request.user, request.courses)},
        {sql::known_events, db::make_params(request.user, request.event_ids)},
        {sql::known_client_events, db::make_params(request.user, request.client_event_ids)},
        {sql::lesson_rows, db::make_params(request.user, request.lessons)},
        {sql::block_rows, db::make_params(request.user, request.lessons)}};
    const auto rows = co_await tx.batch(std::move(statements));
    LockedState state;
    state.courses = rows[1].many<CourseRow>();
    for (const auto& id : rows[2].many<Uuid>()) state.known.insert(id);
    for (const auto& id : rows[3].many<Uuid>()) state.known.insert(id);
    state.lessons = to_lessons(rows[4].many<LessonRow>(), rows[5].many<BlockRow>());
    co_return state;
}

Task<Saved> save_merged(db::Tx& tx, UserId user, Merged merged) {
    std::vector<db::Statement> statements;
    statements.push_back(insert_events_statement(user, merged.events));
    statements.push_back(save_lessons_statement(user, merged.lessons));
    statements.push_back(save_blocks_statement(user, merged.lessons));
    statements.push_back({sql::completed_lessons, db::make_params(user, merged.courses)});
    statements.push_back({sql::graded_attempts, db::make_params(user, merged.courses)});
    const auto rows = co_await tx.batch(std::move(statements));
    co_return Saved{rows[0].affected(), to_facts(rows[3], rows[4])};
}

Task<CourseFacts> course_facts(db::Tx& tx, UserId user, std::vector<CourseId> courses) {
    std::vector<db::Statement> statements{{sql::completed_lessons, db::make_params(user, courses)},
                                          {sql::graded_attempts, db::make_params(user, courses)}};
    const auto rows = co_await tx.batch(std::move(statements));
    co_return to_facts(rows[0], rows[1]);
}

Task<CourseFacts> course_facts(const db::Database& database, UserId user, std::vector<CourseId> courses) {
    db::Tx tx = co_await database.begin();
    CourseFacts facts = co_await course_facts(tx, user, std::move(courses));
    co_await tx.commit();
    co_return facts;
}

Task<void> insert_events(db::Tx& tx, UserId user, std::vector<StoredEvent> events) {
    auto statement = insert_events_statement(user, events);
    const auto rows = co_await tx.query(statement.query, std::move(statement.params));
    if (rows.affected() != static_cast<std::int64_t>(events.size())) {
        throw std::logic_error("an event id made by the server was not new");
    }
}

Task<void> save_course(db::Tx& tx, CourseRow row) {
    co_await tx.execute(sql::save_course_row, row.user_id, row.course_id, row.course_version_id, row.lessons_required,
                        row.lessons_completed, row.completion_ppm, row.grade_percent, row.passed, row.passed_at,
                        row.completed_at, row.last_lesson_id, row.last_lesson_at, row.last_lesson_seq,
                        row.last_lesson_event, row.revision, row.updated_at);
}

Task<std::vector<CourseRow>> course_rows(const db::Database& database, UserId user, std::vector<CourseId> courses) {
    return database.many<CourseRow>(sql::course_rows, user, std::move(courses));
}

Task<std::vector<LessonRow>> course_lesson_rows(const db::Database& database, UserId user, CourseId course) {
    return database.many<LessonRow>(sql::course_lesson_rows, user, course);
}

Task<std::vector<LiveCertificate>> live_certificates(const db::Database& database, UserId user,
                                                     std::vector<CourseId> courses) {
    return database.many<LiveCertificate>(sql::live_certificates, user, std::move(courses));
}

Task<CourseHistory> lock_history(db::Tx& tx, UserId user, CourseId course, Time now) {
    const std::vector<CourseId> courses{course};
    std::vector<db::Statement> statements{{sql::ensure_course_rows, db::make_params(user, courses, now)},
                                          {sql::lock_course_rows, db::make_params(user, courses)},
                                          {sql::course_lesson_rows, db::make_params(user, course)},
                                          {sql::course_block_rows, db::make_params(user, course)},
                                          {sql::course_events, db::make_params(user, course)}};
    const auto rows = co_await tx.batch(std::move(statements));
    CourseHistory history;
    history.row = rows[1].maybe<CourseRow>();
    history.lessons = to_lessons(rows[2].many<LessonRow>(), rows[3].many<BlockRow>());
    for (const auto& row : rows[4].many<EventRow>()) history.events.push_back(to_event(row));
    co_return history;
}

Task<void> save_lessons(db::Tx& tx, UserId user, Lessons lessons) {
    std::vector<db::Statement> statements;
    statements.push_back(save_lessons_statement(user, lessons));
    statements.push_back(save_blocks_statement(user, lessons));
    co_await tx.batch(std::move(statements));
}

Task<void> delete_lessons(db::Tx& tx, UserId user, std::vector<LessonId> lessons) {
    co_await tx.execute(sql::delete_lesson_rows, user, std::move(lessons));
}

Task<void> delete_blocks(db::Tx& tx, UserId user, std::vector<LessonId> lessons, std::vector<BlockId> blocks) {
    co_await tx.execute(sql::delete_block_rows, user, std::move(lessons), std::move(blocks));
}

Task<std::vector<LearnerCourse>> learners_with_progress(const db::Database& database, LearnerCourse after,
                                                        std::optional<UserId> user, std::optional<CourseId> course,
                                                        int limit) {
    return database.many<LearnerCourse>(sql::learners_with_progress, after.user_id, after.course_id, user, course,
                                        limit);
}

Task<void> create_partitions(const db::Database& database, Time first_month, int months) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(first_month));
    const std::string date = std::to_string(int(day.year())) + "-" + std::to_string(unsigned(day.month())) + "-01";
    co_await database.execute(sql::create_partitions, date, months);
}

}  // namespace tt::progress::store
