#include "services/progress-service/src/progress_log.hpp"

#include "platform/events/outbox.hpp"
#include "platform/jobs/jobs.hpp"
#include "services/progress-service/contract/progress_events.hpp"
#include "services/progress-service/src/certificate_job.hpp"
#include "services/progress-service/src/domain/intake.hpp"
#include "services/progress-service/src/views.hpp"

#include <algorithm>

namespace tt::progress {
namespace {

constexpr int stored_grade_decimals = 6;  // numeric(9,6)

/// Two requests stored one id at the same time under different courses: as good as a serialization failure.
db::SqlError lost_race() {
    db::SqlError error("an event id was stored by a parallel request");
    error.sqlstate = "40001";
    return error;
}

Uuid sent_id(const store::StoredEvent& stored) {
    return stored.client_event_id.value_or(stored.event.event_id);
}

store::LockRequest lock_request(UserId user, const std::vector<PlacedEvent>& events) {
    store::LockRequest request{.user = user, .courses = {}, .event_ids = {}, .client_event_ids = {}, .lessons = {}};
    std::set<CourseId> courses;
    std::set<LessonId> lessons;
    for (const auto& [stored, rules] : events) {
        courses.insert(stored.event.course_id);
        if (stored.event.lesson_id) lessons.insert(*stored.event.lesson_id);
        request.event_ids.push_back(stored.event.event_id);
        if (stored.client_event_id) request.client_event_ids.push_back(*stored.client_event_id);
        request.now = std::max(request.now, stored.event.received_at);
    }
    request.courses.assign(courses.begin(), courses.end());
    request.lessons.assign(lessons.begin(), lessons.end());
    return request;
}

/// Merges what is new into `state`; returns the events to store and the lessons they changed.
store::Merged merge(std::vector<PlacedEvent> events, store::LockedState& state, Applied& applied) {
    store::Merged merged;
    std::set<CourseId> courses;
    for (auto& [stored, rules] : events) {
        ProgressEvent& event = stored.event;
        if (state.known.contains(sent_id(stored))) {
            applied.duplicates.insert(sent_id(stored));
            continue;
        }
        if (const LessonRule* rule = event.lesson_id ? rules->find_lesson(*event.lesson_id) : nullptr) {
            store::CourseLesson& lesson = state.lessons[*event.lesson_id];
            if (is_too_scattered(event, lesson.fold)) {
                applied.rejected.push_back({sent_id(stored), "too_many_segments"});
                continue;
            }
            lesson.course_id = event.course_id;
            receive(event, *rule, lesson.fold);
            merged.lessons[*event.lesson_id] = lesson;
        }
        courses.insert(event.course_id);
        merged.events.push_back(std::move(stored));
    }
    merged.courses.assign(courses.begin(), courses.end());
    for (auto& [id, lesson] : merged.lessons) lesson = state.lessons[id];
    return merged;
}

store::StoredEvent server_event(const store::CourseRow& row, Verb verb, Time now) {
    store::StoredEvent stored;
    stored.event.event_id = uuid_v7();
    stored.event.course_id = row.course_id;
    stored.event.verb = verb;
    stored.event.occurred_at = now;
    stored.event.received_at = now;
    return stored;
}

ProgressEvent to_event(const Report& report, Verb verb, Time now) {
    return {.event_id = report.event_id,
            .course_id = report.course_id,
            .lesson_id = report.lesson_id,
            .block_id = report.block_id,
            .verb = verb,
            .from_ms = report.from_ms,
            .to_ms = report.to_ms,
            .position_ms = report.position_ms,
            .duration_ms = report.duration_ms,
            .quiz_id = {},
            .passed = {},
            .occurred_at = report.occurred_at,
            .received_at = now,
            .client_seq = report.client_seq};
}

}  // namespace

/// Why reports for a course are refused, or what they are judged by.
struct ProgressLog::Course {
    std::string refusal;
    CourseRulesPtr rules;
    Time enrolled_at{};
};

/// A request on its way from the wire to the log.
struct ProgressLog::Batch {
    Time now{};
    std::vector<PlacedEvent> events;
    ReportOutcome outcome;
};

ProgressLog::ProgressLog(db::Database database, Catalogue& catalogue, const Clock& clock)
    : database_(std::move(database)), catalogue_(catalogue), clock_(clock) {}

void put_standing(store::CourseRow& row, const CourseRules& rules, const Standing& standing) {
    row.course_version_id = rules.version_id;
    row.lessons_required = standing.lessons_required;
    row.lessons_completed = standing.lessons_completed;
    row.completion_ppm = standing.completion_ppm;
    row.grade_percent.reset();
    if (standing.grade_percent) row.grade_percent = to_fixed(*standing.grade_percent, stored_grade_decimals);
}

Task<Result<CourseRulesPtr>> ProgressLog::rules_for(CourseId course, const std::vector<Report>& reports) {
    const auto rules = co_await catalogue_.rules(course);
    if (!rules) co_return rules.error();
    for (const auto& report : reports) {
        const bool is_new = report.course_id == course && report.lesson_id && !(*rules)->find_lesson(*report.lesson_id);
        if (is_new) co_return co_await catalogue_.fresh_rules(course);
    }
    co_return *rules;
}

Task<ProgressLog::Course> ProgressLog::admit(UserId user, CourseId id, const std::vector<Report>& reports) {
    Course course;
    const auto enrollment = co_await catalogue_.courses().find_enrollment(user, id);
    if (!enrollment) {
        course.refusal = enrollment.error().reason;
        co_return course;
    }
    const auto rules = co_await rules_for(id, reports);
    if (!rules) {
        course.refusal = rules.error().reason;
        co_return course;
    }
    course.rules = *rules;
    course.enrolled_at = enrollment->enrolled_at;
    if (!is_active(*enrollment, clock_.now())) course.refusal = "enrollment_not_active";
    co_return course;
}

void ProgressLog::place(Batch& batch, const Report& report, const Course& course) {
    const auto verb = parse_verb(report.verb);
    ProgressEvent event = to_event(report, verb.value_or(Verb::lesson_opened), batch.now);
    std::string refusal = course.refusal;
    if (refusal.empty() && (!verb || !is_client_verb(*verb))) refusal = "unknown_verb";
    if (refusal.empty()) refusal = refusal_of(event, *course.rules);
    if (!refusal.empty()) {
        batch.outcome.rejected.push_back({report.event_id, std::move(refusal)});
        return;
    }
    event.occurred_at = clamp_occurred(event.occurred_at, course.enrolled_at, batch.now);
    store::StoredEvent stored{std::move(event), report.device_id, {}};
    if (!is_believable_id(report.event_id, batch.now)) {
        stored.client_event_id = report.event_id;
        stored.event.event_id = uuid_v7();
    }
    batch.events.push_back({std::move(stored), course.rules});
}

Task<ReportOutcome> ProgressLog::report(UserId user, std::vector<Report> reports) {
    Batch batch{.now = clock_.now(), .events = {}, .outcome = {}};
    std::map<CourseId, Course> courses;
    std::set<Uuid> seen;
    for (const auto& report : reports) {
        if (!seen.insert(report.event_id).second) {
            batch.outcome.duplicates.push_back(report.event_id);
            continue;
        }
        if (!courses.contains(report.course_id)) {
            Course course = co_await admit(user, report.course_id, reports);
            courses.emplace(report.course_id, std::move(course));
        }
        place(batch, report, courses.at(report.course_id));
    }
    if (batch.events.empty()) co_return std::move(batch.outcome);

    const auto run = [&](db::Tx& tx) { return apply(tx, user, batch.events); };
    Applied applied = co_await database_.transact(run);

    ReportOutcome outcome = std::move(batch.outcome);
    std::set<Uuid> refused;
    for (auto& rejection : applied.rejected) {
        refused.insert(rejection.event_id);
        outcome.rejected.push_back(std::move(rejection));
    }
    for (const auto& placed : batch.events) {
        const Uuid id = sent_id(placed.stored);
        if (refused.contains(id)) continue;
        (applied.duplicates.contains(id) ? outcome.duplicates : outcome.accepted).push_back(id);
    }
    co_await tell_completed(user, std::move(applied.completed_now));
    for (const auto& [id, lesson] : applied.lessons) outcome.lessons.push_back(to_state(id, lesson.fold));
    outcome.courses = co_await to_progress(user, std::move(applied.courses));
    co_return outcome;
}

Task<Applied> ProgressLog::apply(db::Tx& tx, UserId user, std::vector<PlacedEvent> events) {
    auto request = lock_request(user, events);
    auto state = co_await store::lock_and_load(tx, std::move(request));
    Applied applied;
    store::Merged merged = merge(events, state, applied);
    for (auto& row : state.courses) {
        for (const auto& stored : merged.events) {
            if (stored.event.course_id == row.course_id) store::note_event(row, stored.event);
        }
    }
    applied.lessons = std::move(state.lessons);
    applied.courses = std::move(state.courses);
    if (merged.events.empty()) co_return applied;

    const auto sent = static_cast<std::int64_t>(merged.events.size());
    auto saved = co_await store::save_merged(tx, user, std::move(merged));
    if (saved.inserted != sent) throw lost_race();
    co_await settle_courses(tx, events, std::move(saved.facts), applied);
    co_return applied;
}

Task<void> ProgressLog::settle_courses(db::Tx& tx, const std::vector<PlacedEvent>& events, store::CourseFacts facts,
                                       Applied& applied) {
    std::map<CourseId, CourseRulesPtr> rules;
    for (const auto& placed : events) rules[placed.rules->id] = placed.rules;
    for (auto& row : applied.courses) {
        const auto& course_rules = rules.at(row.course_id);
        Standing standing = standing_of(*course_rules, facts.completed[row.course_id], facts.graded[row.course_id]);
        co_await settle(tx, row, course_rules, std::move(standing), applied);
    }
}

Task<void> ProgressLog::settle(db::Tx& tx, store::CourseRow& row, CourseRulesPtr rules, Standing standing,
                               Applied& applied) {
    const Time now = clock_.now();
    put_standing(row, *rules, standing);
    std::vector<store::StoredEvent> decisions;
    if (standing.passed && !row.passed) {
        row.passed = true;
        row.passed_at = now;
        decisions.push_back(server_event(row, Verb::course_passed, now));
    }
    if (standing.complete && !row.completed_at) {
        row.completed_at = now;
        decisions.push_back(server_event(row, Verb::course_completed, now));
        applied.completed_now.push_back(row.course_id);
    }
    const bool completed = !decisions.empty() && decisions.back().event.verb == Verb::course_completed;
    for (const auto& decision : decisions) store::note_event(row, decision.event);
    if (!decisions.empty()) co_await store::insert_events(tx, row.user_id, std::move(decisions));
    co_await store::save_course(tx, row);
    if (completed) co_await announce_completion(tx, row, std::move(rules));
}

Task<void> ProgressLog::announce_completion(db::Tx& tx, store::CourseRow row, CourseRulesPtr rules) {
    CourseCompleted event{row.user_id, row.course_id, rules->version_id, *row.completed_at};
    co_await events::append(tx, std::move(event));
    if (rules->certificate_rule == CertificateRule::none) co_return;
    // The request that completes the course issues the certificate right after it commits; the job is for the case
    // that the process dies in between.
    co_await jobs::enqueue(tx, certificate_job(row.user_id, row.course_id));
}

Task<void> ProgressLog::tell_completed(UserId user, std::vector<CourseId> courses) {
    if (!on_completed_) co_return;
    for (const auto& course : courses) co_await on_completed_(user, course);
}

Task<Applied> ProgressLog::refresh(UserId user, CourseRulesPtr rules) {
    const auto run = [&](db::Tx& tx) { return refresh_in(tx, user, rules); };
    co_return co_await database_.transact(run);
}

Task<Applied> ProgressLog::refresh_in(db::Tx& tx, UserId user, CourseRulesPtr rules) {
    store::LockRequest request{.user = user,
                               .courses = {rules->id},
                               .event_ids = {},
                               .client_event_ids = {},
                               .lessons = {},
                               .now = clock_.now()};
    auto state = co_await store::lock_and_load(tx, std::move(request));
    std::vector<CourseId> courses{rules->id};
    auto facts = co_await store::course_facts(tx, user, std::move(courses));
    Applied applied;
    applied.courses = std::move(state.courses);
    Standing standing = standing_of(*rules, facts.completed[rules->id], facts.graded[rules->id]);
    co_await settle(tx, applied.courses.front(), rules, std::move(standing), applied);
    co_return applied;
}

Task<std::vector<CourseProgress>> ProgressLog::to_progress(UserId user, std::vector<store::CourseRow> rows) {
    std::vector<CourseId> ids;
    for (const auto& row : rows) ids.push_back(row.course_id);
    const auto certificates = co_await store::live_certificates(database_, user, ids);
    std::vector<CourseProgress> result;
    for (const auto& row : rows) result.push_back(to_course_progress(row, certificates));
    co_return result;
}

Task<std::vector<CourseProgress>> ProgressLog::course_progress(UserId user, std::vector<CourseId> courses) {
    const auto stored = co_await store::course_rows(database_, user, courses);
    std::optional<store::CourseFacts> facts;
    std::vector<store::CourseRow> rows;
    for (const auto& course : courses) {
        const auto found = std::find_if(stored.begin(), stored.end(),
                                        [&](const store::CourseRow& row) { return row.course_id == course; });
        store::CourseRow row;
        if (found != stored.end()) row = *found;
        row.user_id = user;
        row.course_id = course;
        const auto rules = co_await catalogue_.rules(course);
        // The course was published anew since the row was written: show today's denominators.
        if (rules && row.course_version_id != (*rules)->version_id) {
            if (!facts) facts = co_await store::course_facts(database_, user, courses);
            put_standing(row, **rules, standing_of(**rules, facts->completed[course], facts->graded[course]));
        }
        rows.push_back(std::move(row));
    }
    co_return co_await to_progress(user, std::move(rows));
}

Task<std::vector<LessonState>> ProgressLog::lesson_states(UserId user, CourseId course) {
    const auto rows = co_await store::course_lesson_rows(database_, user, course);
    std::vector<LessonState> states;
    for (const auto& row : rows) states.push_back({row.lesson_id, row.state, row.completion_ppm, row.position_ms});
    co_return states;
}

}  // namespace tt::progress
