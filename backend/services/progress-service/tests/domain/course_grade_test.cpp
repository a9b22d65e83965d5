#include "services/progress-service/src/domain/course_grade.hpp"

#include <gtest/gtest.h>

namespace tt::progress {
namespace {

GradedQuiz quiz(const char* category, std::optional<Exact> share, Exact weight = 1) {
    GradedQuiz result{.weight = weight, .earned_share = share};
    if (*category) result.category_id = category;
    return result;
}

TEST(CourseGrade, NoGradedQuizIsNoGrade) {
    const auto grade = course_grade({}, {});
    EXPECT_FALSE(grade.is_graded);
    EXPECT_EQ(grade.percent, 0);
}

TEST(CourseGrade, WhatIsNotHandedInCountsAsZero) {
    const auto grade = course_grade({quiz("", Exact(1)), quiz("", std::nullopt)}, {});
    EXPECT_TRUE(grade.anything_handed_in);
    EXPECT_EQ(grade.percent, 50);
}

TEST(CourseGrade, CategoriesAreWeighted) {
    const std::vector<GradeCategoryRule> rules{{"home", exact("0.4"), 0}, {"exam", exact("0.6"), 0}};
    const auto grade =
        course_grade({quiz("home", Exact(1)), quiz("home", Exact(1, 2)), quiz("exam", Exact(1, 4))}, rules);
    EXPECT_EQ(grade.percent, 30 + 15);
}

TEST(CourseGrade, CategoriesWithoutQuizzesDoNotCount) {
    const std::vector<GradeCategoryRule> rules{{"home", exact("0.15"), 0}, {"exam", exact("0.75"), 0}};
    EXPECT_EQ(course_grade({quiz("home", Exact(1))}, rules).percent, 100);
}

TEST(CourseGrade, DropsTheLowestButNeverAll) {
    const std::vector<GradeCategoryRule> rules{{"home", Exact(1), 2}};
    EXPECT_EQ(course_grade({quiz("home", Exact(0)), quiz("home", Exact(1, 2)), quiz("home", Exact(1))}, rules).percent,
              100);
    EXPECT_EQ(course_grade({quiz("home", Exact(1, 2))}, rules).percent, 50);
}

TEST(CourseGrade, QuizWeightsCountInsideACategory) {
    EXPECT_EQ(course_grade({quiz("", Exact(1), 3), quiz("", Exact(0), 1)}, {}).percent, 75);
}

TEST(CourseGrade, UncategorisedWorkTakesTheRemainder) {
    const std::vector<GradeCategoryRule> rules{{"home", exact("0.75"), 0}};
    EXPECT_EQ(course_grade({quiz("home", Exact(1)), quiz("", Exact(0))}, rules).percent, 75);
    const std::vector<GradeCategoryRule> whole{{"home", Exact(1), 0}};
    EXPECT_EQ(course_grade({quiz("", Exact(1))}, whole).percent, 100);
}

TEST(CourseCompletion, FollowsTheCertificateRule) {
    using R = CertificateRule;
    const CompletionFacts done_failed{3, 3, true, false};
    const CompletionFacts done_passed{3, 3, true, true};
    const CompletionFacts passed_only{3, 1, true, true};
    const CompletionFacts ungraded_done{3, 3, false, false};
    const CompletionFacts empty{0, 0, false, false};
    EXPECT_TRUE(is_course_complete(R::completed, done_failed));
    EXPECT_FALSE(is_course_complete(R::completed_and_passed, done_failed));
    EXPECT_TRUE(is_course_complete(R::completed_and_passed, done_passed));
    EXPECT_FALSE(is_course_complete(R::completed_and_passed, passed_only));
    EXPECT_TRUE(is_course_complete(R::passed, passed_only));
    EXPECT_TRUE(is_course_complete(R::completed_and_passed, ungraded_done));
    EXPECT_TRUE(is_course_complete(R::passed, ungraded_done));
    for (const auto rule : {R::none, R::completed, R::passed, R::completed_and_passed}) {
        EXPECT_FALSE(is_course_complete(rule, empty));
    }
}

TEST(CompletionPpm, OnlyACompleteCourseShowsAHundredPercent) {
    EXPECT_EQ(completion_ppm(0, 0), 0);
    EXPECT_EQ(completion_ppm(2, 3), 666'666);
    EXPECT_EQ(completion_ppm(3, 3), 1'000'000);
    EXPECT_EQ(completion_ppm(999'999, 1'000'000), 999'999);
}

}  // namespace
}  // namespace tt::progress
