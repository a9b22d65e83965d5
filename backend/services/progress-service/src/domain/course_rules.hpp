#pragma once

#include "services/progress-service/src/domain/attempt_rules.hpp"
#include "services/progress-service/src/domain/course_grade.hpp"
#include "services/progress-service/src/domain/lesson_fold.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// One published version of a course, reduced to what progress and grades depend on.
namespace tt::progress {

struct QuizRule {
    QuizId id;
    std::optional<LessonId> lesson_id{};
    std::optional<BlockId> block_id{};
    bool is_graded = false;  // counts towards the grade
    std::optional<std::string> category_id{};
    Exact weight = 1;
    AttemptPolicy attempt_policy = AttemptPolicy::highest;
};

struct CourseRules {
    CourseId id;
    Uuid version_id;
    std::string slug;
    std::string title;
    int duration_seconds = 0;
    Exact pass_percent;
    CertificateRule certificate_rule = CertificateRule::completed_and_passed;
    std::vector<LessonRule> lessons{};
    std::vector<QuizRule> quizzes{};
    std::vector<GradeCategoryRule> categories{};

    const LessonRule* find_lesson(LessonId lesson) const;
    const QuizRule* find_quiz(QuizId quiz) const;
};

using CourseRulesPtr = std::shared_ptr<const CourseRules>;

/// Where a learner stands, computed from what is complete and what was graded.
struct Standing {
    int lessons_required = 0;
    int lessons_completed = 0;
    int completion_ppm = 0;
    std::optional<Exact> grade_percent{};  // nothing until graded work was handed in
    bool passed = false;
    bool complete = false;
};

Standing standing_of(const CourseRules& rules, const std::set<LessonId>& completed,
                     const std::map<QuizId, std::vector<AttemptScore>>& graded);

}  // namespace tt::progress
