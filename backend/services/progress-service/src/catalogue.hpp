#pragma once

#include "services/course-service/contract/course_client.hpp"
#include "services/progress-service/src/domain/course_rules.hpp"

#include <map>
#include <mutex>
#include <unordered_map>

/// What this service needs of the catalogue, with short memory: rules of a course for some seconds, frozen questions
/// for as long as there is room (a revision never changes). Answer keys are never kept.
namespace tt::progress {

bool is_gradable(std::string_view question_type);

class Catalogue {
public:
    Catalogue(course::CourseClient& courses, const Clock& clock);

    course::CourseClient& courses() { return courses_; }

    /// At most max_age old. Errors: course_not_found.
    Task<Result<CourseRulesPtr>> rules(CourseId course);
    /// As published now: asked for when the remembered rules do not know a lesson.
    Task<Result<CourseRulesPtr>> fresh_rules(CourseId course);

    /// In the asked order. Errors: question_not_found.
    Task<Result<std::vector<course::QuestionRevision>>> questions(std::vector<course::QuestionRef> refs);

    static constexpr std::chrono::seconds max_age{5};     // how long an edit may take to reach learners
    static constexpr std::size_t max_courses = 10'000;    // about 20 kB each
    static constexpr std::size_t max_questions = 50'000;  // about 2 kB each

private:
    struct Remembered {
        CourseRulesPtr rules;
        Time read_at;
    };

    void remember(const CourseRulesPtr& rules);
    void remember(std::vector<course::QuestionRevision> questions);
    std::map<course::QuestionRef, course::QuestionRevision> remembered(const std::vector<course::QuestionRef>& refs);

    course::CourseClient& courses_;
    const Clock& clock_;
    std::mutex mutex_;
    std::unordered_map<CourseId, Remembered> rules_;
    std::map<course::QuestionRef, course::QuestionRevision> questions_;
};

}  // namespace tt::progress
