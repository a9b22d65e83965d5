#pragma once

#include "services/progress-service/src/domain/exact.hpp"

#include <optional>
#include <string>
#include <vector>

/// The grade of a course from its graded quizzes, and the rule that ends a course.
namespace tt::progress {

struct GradedQuiz {
    std::optional<std::string> category_id{};
    Exact weight = 1;                     // among the quizzes of one category
    std::optional<Exact> earned_share{};  // 0..1; absent = not handed in, which counts as 0 in the end
};

struct GradeCategoryRule {
    std::string id;
    Exact weight;
    int drop_lowest = 0;
};

struct CourseGrade {
    bool is_graded = false;  // the course has at least one graded quiz
    bool anything_handed_in = false;
    Exact percent;  // of the whole course; what is not handed in yet counts as zero
};

/// Weighted over the categories that have quizzes (their weights are scaled to 1). Quizzes without a category share
/// what the named categories leave of 1; when no category exists they are the whole grade.
CourseGrade course_grade(const std::vector<GradedQuiz>& quizzes, const std::vector<GradeCategoryRule>& categories);

/// When a course counts as done and earns its certificate.
enum class CertificateRule { none, completed, passed, completed_and_passed };

struct CompletionFacts {
    int lessons_required = 0;
    int lessons_completed = 0;
    bool is_graded = false;
    bool is_passed = false;  // the grade reached the pass mark
};

/// Nothing required and nothing graded is never done. A course without graded work is passed by completing it.
bool is_course_complete(CertificateRule rule, const CompletionFacts& facts);

/// Parts per million, rounded down, so that only a complete course shows 100 %.
int completion_ppm(int done, int required);

}  // namespace tt::progress
