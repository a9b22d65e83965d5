#include "services/progress-service/src/rebuild.hpp"

#include "services/progress-service/src/progress_log.hpp"

namespace tt::progress {
namespace {

store::Lessons fold_lessons(const std::vector<ProgressEvent>& events) {
    store::Lessons lessons;
    for (const auto& event : events) {
        if (!event.lesson_id) continue;
        store::CourseLesson& lesson = lessons[*event.lesson_id];
        lesson.course_id = event.course_id;
        replay(event, lesson.fold);
    }
    return lessons;
}

void decide(store::CourseRow& row, const ProgressEvent& event) {
    const auto earliest = [&](std::optional<Time> known) {
        return std::min(known.value_or(event.received_at), event.received_at);
    };
    if (event.verb == Verb::course_passed) {
        row.passed = true;
        row.passed_at = earliest(row.passed_at);
    }
    if (event.verb == Verb::course_completed) row.completed_at = earliest(row.completed_at);
}

std::set<LessonId> completed_of(const store::Lessons& lessons) {
    std::set<LessonId> completed;
    for (const auto& [id, lesson] : lessons) {
        if (lesson.fold.completed) completed.insert(id);
    }
    return completed;
}

/// The row as the events make it, with the denominators of `rules` (of the stored row when the course is gone).
store::CourseRow fold_course(const store::CourseHistory& history, const store::Lessons& lessons,
                             const CourseRules* rules, const std::map<QuizId, std::vector<AttemptScore>>& graded) {
    const store::CourseRow& stored = *history.row;
    store::CourseRow row;
    row.user_id = stored.user_id;
    row.course_id = stored.course_id;
    if (rules) {
        put_standing(row, *rules, standing_of(*rules, completed_of(lessons), graded));
    } else {
        row.course_version_id = stored.course_version_id;
        row.lessons_required = stored.lessons_required;
        row.lessons_completed = stored.lessons_completed;
        row.completion_ppm = stored.completion_ppm;
        row.grade_percent = stored.grade_percent;
    }
    for (const auto& event : history.events) {
        store::note_event(row, event);
        decide(row, event);
    }
    return row;
}

/// Takes over what only depends on the course's version, so that the rest can be compared.
void take_standing(store::CourseRow& row, const store::CourseRow& from) {
    row.course_version_id = from.course_version_id;
    row.lessons_required = from.lessons_required;
    row.lessons_completed = from.lessons_completed;
    row.completion_ppm = from.completion_ppm;
    row.grade_percent = from.grade_percent;
}

class Differences {
public:
    Differences(RebuildReport& report, const store::LearnerCourse& target)
        : report_(report), where_("user " + to_string(target.user_id) + " course " + to_string(target.course_id)) {}

    void add(const std::string& what) {
        ++report_.differences;
        if (report_.details.size() < Rebuild::max_details) report_.details.push_back(where_ + ": " + what);
    }

private:
    RebuildReport& report_;
    std::string where_;
};

bool same(const store::CourseLesson& a, const store::CourseLesson& b) {
    return a.course_id == b.course_id && a.fold == b.fold;
}

void compare_lessons(const store::Lessons& stored, const store::Lessons& computed, Differences& differences) {
    for (const auto& [id, lesson] : computed) {
        const auto found = stored.find(id);
        if (found == stored.end()) differences.add("lesson " + to_string(id) + " is missing");
        if (found != stored.end() && !same(found->second, lesson))
            differences.add("lesson " + to_string(id) + " differs");
    }
    for (const auto& [id, lesson] : stored) {
        if (!computed.contains(id)) differences.add("lesson " + to_string(id) + " has no events");
    }
}

void merge(RebuildReport& sum, RebuildReport part) {
    sum.courses += part.courses;
    sum.events += part.events;
    sum.lessons += part.lessons;
    sum.refreshed += part.refreshed;
    sum.differences += part.differences;
    for (auto& detail : part.details) {
        if (sum.details.size() < Rebuild::max_details) sum.details.push_back(std::move(detail));
    }
}

}  // namespace

Rebuild::Rebuild(db::Database database, Catalogue& catalogue, const Clock& clock)
    : database_(std::move(database)), catalogue_(catalogue), clock_(clock) {}

Task<RebuildReport> Rebuild::run(RebuildScope scope) {
    RebuildReport report;
    store::LearnerCourse after{};
    while (true) {
        const auto page = co_await store::learners_with_progress(database_, after, scope.user, scope.course, page_size);
        for (const auto& target : page) {
            const auto known = co_await catalogue_.rules(target.course_id);
            const CourseRulesPtr rules = known ? *known : nullptr;
            const auto one = [&](db::Tx& tx) { return rebuild_one(tx, target, rules); };
            RebuildReport part = co_await database_.transact(one);
            merge(report, std::move(part));
        }
        if (page.size() < static_cast<std::size_t>(page_size)) co_return report;
        after = page.back();
    }
}

Task<RebuildReport> Rebuild::rebuild_one(db::Tx& tx, store::LearnerCourse target, CourseRulesPtr rules) {
    auto history = co_await store::lock_history(tx, target.user_id, target.course_id, clock_.now());
    std::vector<CourseId> courses{target.course_id};
    auto facts = co_await store::course_facts(tx, target.user_id, std::move(courses));
    const store::Lessons lessons = fold_lessons(history.events);
    const store::CourseRow computed = fold_course(history, lessons, rules.get(), facts.graded[target.course_id]);

    RebuildReport report{.courses = 1,
                         .events = static_cast<std::int64_t>(history.events.size()),
                         .lessons = static_cast<std::int64_t>(lessons.size()),
                         .refreshed = 0,
                         .differences = 0,
                         .details = {}};
    Differences differences(report, target);
    compare_lessons(history.lessons, lessons, differences);
    store::CourseRow stored = *history.row;
    if (stored.course_version_id != computed.course_version_id) {
        take_standing(stored, computed);
        report.refreshed = 1;
    }
    // Without events there is nothing to compare: the row was made by a request whose reports were all refused.
    if (!history.events.empty() && stored != computed) differences.add("the course row differs");
    if (report.differences > 0) co_await repair(tx, target.user_id, std::move(history.lessons), lessons);
    const bool rewrite = !history.events.empty() && (report.differences > 0 || report.refreshed > 0);
    if (rewrite) co_await store::save_course(tx, computed);
    co_return report;
}

Task<void> Rebuild::repair(db::Tx& tx, UserId user, store::Lessons stored, store::Lessons computed) {
    std::vector<LessonId> gone;
    std::vector<LessonId> block_lessons;
    std::vector<BlockId> gone_blocks;
    for (const auto& [id, lesson] : stored) {
        const auto kept = computed.find(id);
        if (kept == computed.end()) gone.push_back(id);
        for (const auto& [block, fold] : lesson.fold.blocks) {
            if (kept != computed.end() && kept->second.fold.blocks.contains(block)) continue;
            block_lessons.push_back(id);
            gone_blocks.push_back(block);
        }
    }
    if (!gone.empty()) co_await store::delete_lessons(tx, user, std::move(gone));
    if (!gone_blocks.empty()) co_await store::delete_blocks(tx, user, std::move(block_lessons), std::move(gone_blocks));
    co_await store::save_lessons(tx, user, std::move(computed));
}

}  // namespace tt::progress
