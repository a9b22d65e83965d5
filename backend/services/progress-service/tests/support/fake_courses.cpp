#include "services/progress-service/tests/support/fake_courses.hpp"

namespace tt::progress::testing {

using course::QuestionOption;

FakeCourses::FakeCourses() {
    course.course_id = CourseId::make();
    course.course_version_id = uuid_v7();
    course.slug = "tactics";
    course.title = "Tactics of Growth";
    course.pass_percent = "60";
    course.certificate_rule = "completed_and_passed";
    course.duration_seconds = 5400;

    definition.id = QuizId::make();
    definition.course_id = course.course_id;
    definition.lesson_id = passing;
    definition.title = "Final";
    definition.mode = "graded";
    definition.max_attempts = 2;
    definition.attempt_policy = "highest";
    definition.close_policy = "hard_close";
    definition.grace_seconds = 5;
    definition.pass_percent = "60";
    definition.weight = "1";
    const std::vector<QuestionOption> letters{{"a", "A"}, {"b", "B"}, {"c", "C"}};
    add_question("single_choice", letters, "1", R"({"option":"b"})");
    add_question("multiple_choice", letters, "3", R"({"options":["a","c"]})");
    add_question("true_false", {{"t", "True"}, {"f", "False"}}, "1", R"({"option":"t"})");
    add_question("numeric", {}, "2", R"({"answers":[{"value":"3.5","tolerance":{"type":"absolute","value":"0.1"}}]})");
    add_question("short_text", {}, "3", R"({"accept":["Paris"],"case_sensitive":false})");

    add_lesson(reading, "view", {BlockId::make(), "html", {}, {}});
    add_lesson(watching, "video_percent", {video, "video", {}, 100'000});
    course.lessons.back().completion_threshold_ppm = 900'000;
    add_lesson(passing, "quiz_pass", {BlockId::make(), "quiz", definition.id, {}});

    course::StructureQuiz quiz{definition.id, passing, "Final", "graded", {}, "1", "60", "highest", {}};
    for (const auto& question : definition.questions) quiz.questions.push_back({question.question_id, 1});
    course.quizzes.push_back(quiz);
}

void FakeCourses::add_question(std::string type, std::vector<QuestionOption> options, std::string points,
                               std::string key) {
    course::QuestionRevision question;
    question.question_id = QuestionId::make();
    question.revision = 1;
    question.type = std::move(type);
    question.prompt_html = "<p>Question</p>";
    question.options = std::move(options);
    question.points = std::move(points);
    question.partial_credit = "right_minus_wrong";
    question.negative_points = "0";
    keys[question.question_id] = {question.question_id,
                                  1,
                                  {std::move(key)},
                                  {R"({"correct":"<p>Well played</p>","incorrect":"<p>Look again</p>"})"},
                                  "<p>Because of the secret explanation</p>"};
    definition.questions.push_back(std::move(question));
}

void FakeCourses::add_lesson(LessonId id, std::string rule, course::StructureBlock block) {
    course::StructureLesson lesson;
    lesson.id = id;
    lesson.title = rule;
    lesson.completion_rule = std::move(rule);
    lesson.blocks.push_back(std::move(block));
    course.lessons.push_back(std::move(lesson));
}

Task<Result<course::EnrollOutcome>> FakeCourses::enroll(UserId, CourseId) {
    co_return Error{Code::conflict, "course_not_open"};
}

Task<Result<course::Enrollment>> FakeCourses::find_enrollment(UserId user, CourseId id) {
    const auto found = enrollments.find(user);
    if (found == enrollments.end() || found->second.course_id != id) co_return Error{Code::not_found, "not_enrolled"};
    co_return found->second;
}

Task<Result<course::CourseStructure>> FakeCourses::structure(CourseId id) {
    if (id != course.course_id) co_return Error{Code::not_found, "course_not_found"};
    co_return course;
}

Task<Result<CourseId>> FakeCourses::course_by_slug(std::string slug) {
    if (slug != course.slug) co_return Error{Code::not_found, "course_not_found"};
    co_return course.course_id;
}

Task<Result<course::QuizDefinition>> FakeCourses::quiz(QuizId id) {
    if (id != definition.id) co_return Error{Code::not_found, "quiz_not_found"};
    co_return definition;
}

Task<Result<std::vector<course::QuestionRevision>>> FakeCourses::question_revisions(
    std::vector<course::QuestionRef> questions) {
    std::vector<course::QuestionRevision> found;
    for (const auto& ref : questions) {
        for (const auto& question : definition.questions) {
            if (question.question_id == ref.question_id) found.push_back(question);
        }
    }
    if (found.size() != questions.size()) co_return Error{Code::not_found, "question_not_found"};
    co_return found;
}

Task<Result<std::vector<course::AnswerKey>>> FakeCourses::answer_keys(std::vector<course::QuestionRef> questions) {
    std::vector<course::AnswerKey> found;
    for (const auto& ref : questions) {
        if (!keys.contains(ref.question_id)) co_return Error{Code::not_found, "question_not_found"};
        found.push_back(keys.at(ref.question_id));
    }
    co_return found;
}

Task<Result<course::Learner>> FakeCourses::learner(UserId user) {
    const auto found = learners.find(user);
    if (found == learners.end()) co_return Error{Code::not_found, "learner_not_found"};
    co_return found->second;
}

}  // namespace tt::progress::testing
