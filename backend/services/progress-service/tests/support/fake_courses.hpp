#pragma once

#include "services/course-service/contract/course_client.hpp"

#include <map>
#include <set>

namespace tt::progress::testing {

/// A catalogue in memory: one course with three lessons (read, watch, pass) and a graded quiz of five questions, one of
/// each kind. Tests change its members before they call.
class FakeCourses final : public course::CourseClient {
public:
    FakeCourses();

    Task<Result<course::EnrollOutcome>> enroll(UserId caller, CourseId course) override;
    Task<Result<course::Enrollment>> find_enrollment(UserId user, CourseId course) override;
    Task<Result<course::CourseStructure>> structure(CourseId course) override;
    Task<Result<CourseId>> course_by_slug(std::string slug) override;
    Task<Result<course::QuizDefinition>> quiz(QuizId quiz) override;
    Task<Result<std::vector<course::QuestionRevision>>> question_revisions(
        std::vector<course::QuestionRef> questions) override;
    Task<Result<std::vector<course::AnswerKey>>> answer_keys(std::vector<course::QuestionRef> questions) override;
    Task<Result<course::Learner>> learner(UserId user) override;

    course::CourseStructure course;
    course::QuizDefinition definition;
    std::map<QuestionId, course::AnswerKey> keys;
    std::map<UserId, course::Enrollment> enrollments;
    std::map<UserId, course::Learner> learners;
    LessonId reading = LessonId::make();
    LessonId watching = LessonId::make();
    LessonId passing = LessonId::make();
    BlockId video = BlockId::make();

private:
    void add_question(std::string type, std::vector<course::QuestionOption> options, std::string points,
                      std::string key);
    void add_lesson(LessonId id, std::string rule, course::StructureBlock block);
};

}  // namespace tt::progress::testing
