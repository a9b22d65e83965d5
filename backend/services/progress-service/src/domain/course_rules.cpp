#include "services/progress-service/src/domain/course_rules.hpp"

#include <algorithm>

namespace tt::progress {
namespace {

CourseGrade grade_of(const CourseRules& rules, const std::map<QuizId, std::vector<AttemptScore>>& graded) {
    std::vector<GradedQuiz> quizzes;
    for (const auto& quiz : rules.quizzes) {
        if (!quiz.is_graded) continue;
        const auto attempts = graded.find(quiz.id);
        std::optional<Exact> share;
        if (attempts != graded.end()) share = counted_share(quiz.attempt_policy, attempts->second);
        quizzes.push_back({quiz.category_id, quiz.weight, std::move(share)});
    }
    return course_grade(quizzes, rules.categories);
}

}  // namespace

const LessonRule* CourseRules::find_lesson(LessonId lesson) const {
    const auto found =
        std::find_if(lessons.begin(), lessons.end(), [&](const LessonRule& l) { return l.id == lesson; });
    return found == lessons.end() ? nullptr : &*found;
}

const QuizRule* CourseRules::find_quiz(QuizId quiz) const {
    const auto found = std::find_if(quizzes.begin(), quizzes.end(), [&](const QuizRule& q) { return q.id == quiz; });
    return found == quizzes.end() ? nullptr : &*found;
}

Standing standing_of(const CourseRules& rules, const std::set<LessonId>& completed,
                     const std::map<QuizId, std::vector<AttemptScore>>& graded) {
    Standing standing;
    for (const auto& lesson : rules.lessons) {
        if (!lesson.required) continue;
        ++standing.lessons_required;
        standing.lessons_completed += completed.contains(lesson.id) ? 1 : 0;
    }
    standing.completion_ppm = completion_ppm(standing.lessons_completed, standing.lessons_required);
    const CourseGrade grade = grade_of(rules, graded);
    if (grade.anything_handed_in) standing.grade_percent = grade.percent;
    const bool reached = grade.is_graded && grade.percent >= rules.pass_percent;
    standing.complete = is_course_complete(rules.certificate_rule, {.lessons_required = standing.lessons_required,
                                                                    .lessons_completed = standing.lessons_completed,
                                                                    .is_graded = grade.is_graded,
                                                                    .is_passed = reached});
    standing.passed = grade.is_graded ? reached : standing.complete;
    return standing;
}

}  // namespace tt::progress
