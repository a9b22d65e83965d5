#pragma once

#include "platform/http/signing_client.hpp"
#include "platform/json/json.hpp"
#include "shared/types/ids.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What other services may ask about courses, enrollments and quiz definitions. The structs are also the JSON between
/// two processes. Marks, weights and percentages are exact decimals as text; they never pass through a double.
namespace tt::course {

struct Enrollment {
    EnrollmentId id;
    UserId user_id;
    CourseId course_id;
    std::optional<Uuid> course_version_id;  ///< the published version when the learner joined
    std::string status;                     ///< active | pending_payment | expired | refunded | revoked | withdrawn
    Time enrolled_at{};
    std::optional<Time> expires_at;
    std::optional<Time> completed_at;
};
BOOST_DESCRIBE_STRUCT(Enrollment, (),
                      (id, user_id, course_id, course_version_id, status, enrolled_at, expires_at, completed_at))

struct EnrollOutcome {
    Enrollment enrollment;
    bool created = false;  ///< false: the caller was enrolled already
};
BOOST_DESCRIBE_STRUCT(EnrollOutcome, (), (enrollment, created))

struct GradeCategory {
    Uuid id;
    std::string name;
    std::string weight;  ///< 0..1
    int drop_lowest = 0;
    int min_count = 0;
};
BOOST_DESCRIBE_STRUCT(GradeCategory, (), (id, name, weight, drop_lowest, min_count))

struct StructureModule {
    ModuleId id;
    std::optional<ModuleId> parent_id;  ///< a section inside a chapter
    std::string title;
    std::optional<Uuid> grade_category_id;
};
BOOST_DESCRIBE_STRUCT(StructureModule, (), (id, parent_id, title, grade_category_id))

struct StructureBlock {
    BlockId id;
    std::string kind;
    std::optional<QuizId> quiz_id;
    std::optional<int> duration_ms;  ///< of a video whose length is known
};
BOOST_DESCRIBE_STRUCT(StructureBlock, (), (id, kind, quiz_id, duration_ms))

struct StructureLesson {
    LessonId id;
    ModuleId module_id;
    std::string slug;
    std::string title;
    std::string kind;
    bool is_preview = false;
    bool required = true;
    std::string completion_rule;  ///< view | video_percent | quiz_pass | submit | manual | all_blocks
    int completion_threshold_ppm = 1'000'000;
    int est_seconds = 0;
    std::optional<Uuid> grade_category_id;  ///< of the lesson's module
    std::vector<StructureBlock> blocks;     ///< flat, children after their parent
};
BOOST_DESCRIBE_STRUCT(StructureLesson, (),
                      (id, module_id, slug, title, kind, is_preview, required, completion_rule,
                       completion_threshold_ppm, est_seconds, grade_category_id, blocks))

struct QuestionRef {
    QuestionId question_id;
    int revision = 0;
    auto operator<=>(const QuestionRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuestionRef, (), (question_id, revision))

struct StructureQuiz {
    QuizId id;
    std::optional<LessonId> lesson_id;
    std::string title;
    std::string mode;  ///< inline | graded | survey
    std::optional<Uuid> grade_category_id;
    std::string weight;
    std::string pass_percent;
    std::string attempt_policy;  ///< highest | latest | first | average
    std::vector<QuestionRef> questions;
};
BOOST_DESCRIBE_STRUCT(StructureQuiz, (),
                      (id, lesson_id, title, mode, grade_category_id, weight, pass_percent, attempt_policy, questions))

/// One published version of a course, as frozen in its manifest. Modules and lessons are in reading order.
struct CourseStructure {
    CourseId course_id;
    Uuid course_version_id;
    int version_no = 0;
    std::string slug;
    std::string title;
    std::string language;
    std::string pass_percent;
    std::string certificate_rule;  ///< none | completed | passed | completed_and_passed
    int duration_seconds = 0;
    std::vector<GradeCategory> grade_categories;
    std::vector<StructureModule> modules;
    std::vector<StructureLesson> lessons;
    std::vector<StructureQuiz> quizzes;
};
BOOST_DESCRIBE_STRUCT(CourseStructure, (),
                      (course_id, course_version_id, version_no, slug, title, language, pass_percent, certificate_rule,
                       duration_seconds, grade_categories, modules, lessons, quizzes))

struct QuestionOption {
    std::string id;
    std::string html;
};
BOOST_DESCRIBE_STRUCT(QuestionOption, (), (id, html))

/// A frozen question as a learner may see it; nothing here tells what is right.
struct QuestionRevision {
    QuestionId question_id;
    int revision = 0;
    std::string type;
    std::string prompt_html;
    std::vector<QuestionOption> options;
    std::string points;
    std::string partial_credit;  ///< none | proportional | right_minus_wrong
    std::string negative_points;
    std::vector<std::string> hints;
    std::optional<std::string> pool_key;  ///< only inside a QuizDefinition
};
BOOST_DESCRIBE_STRUCT(QuestionRevision, (),
                      (question_id, revision, type, prompt_html, options, points, partial_credit, negative_points,
                       hints, pool_key))

/// When a learner gets to see what: never | after_submit | after_last_attempt_or_close.
struct ReviewPolicy {
    std::string score = "after_submit";
    std::string correctness = "after_submit";
    std::string key = "after_last_attempt_or_close";
    std::string explanation = "after_submit";
};
BOOST_DESCRIBE_STRUCT(ReviewPolicy, (), (score, correctness, key, explanation))

struct QuizDefinition {
    QuizId id;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    std::string title;
    std::string mode;
    std::optional<Uuid> grade_category_id;
    std::optional<int> time_limit_seconds;
    int max_attempts = 0;  ///< 0 = unlimited
    std::string attempt_policy;
    int retry_delay_seconds = 0;
    std::optional<Time> opens_at;
    std::optional<Time> closes_at;
    std::string close_policy;  ///< hard_close | start_window
    int grace_seconds = 0;
    bool shuffle_questions = false;
    bool shuffle_options = false;
    std::optional<int> draw_count;  ///< how many of the pooled questions one attempt gets
    std::string pass_percent;
    std::string weight;
    ReviewPolicy review_policy;
    std::vector<QuestionRevision> questions;
};
BOOST_DESCRIBE_STRUCT(QuizDefinition, (),
                      (id, course_id, lesson_id, title, mode, grade_category_id, time_limit_seconds, max_attempts,
                       attempt_policy, retry_delay_seconds, opens_at, closes_at, close_policy, grace_seconds,
                       shuffle_questions, shuffle_options, draw_count, pass_percent, weight, review_policy, questions))

/// What is right. Shapes of answer_key by question type:
///   single_choice, true_false, dropdown  {"option":"b"}
///   multiple_choice                      {"options":["a","c"]}
///   numeric      {"answers":[{"value":"3.5","tolerance":{"type":"none|absolute|relative|range","value":"0.1",
///                "low":"3","high":"4"}}]}; a relative tolerance is a fraction, "0.05" = 5 %
///   short_text   {"accept":["paris"],"case_sensitive":false,"regex":["^colou?r$"]}
/// feedback: {"options":{"a":"<p>…</p>"},"correct":"<p>…</p>","incorrect":"<p>…</p>"}, every member optional.
struct AnswerKey {
    QuestionId question_id;
    int revision = 0;
    json::Raw answer_key;
    json::Raw feedback;
    std::optional<std::string> explanation_html;
};
BOOST_DESCRIBE_STRUCT(AnswerKey, (), (question_id, revision, answer_key, feedback, explanation_html))

struct Learner {
    UserId user_id;
    std::string display_name;  ///< empty while the account has told no name
    std::string locale;
    std::string timezone;
    int extra_time_percent = 0;
    std::string status;  ///< active | suspended | erased
};
BOOST_DESCRIBE_STRUCT(Learner, (), (user_id, display_name, locale, timezone, extra_time_percent, status))

class CourseClient {
public:
    virtual ~CourseClient() = default;

    /// Enrolls the caller; enrolling twice returns the first enrollment.
    /// Errors: course_not_found (404), course_not_open (409), payment_required (402).
    virtual Task<Result<EnrollOutcome>> enroll(UserId caller, CourseId course) = 0;

    /// Errors: not_enrolled (404).
    virtual Task<Result<Enrollment>> find_enrollment(UserId user, CourseId course) = 0;

    /// The published version. Errors: course_not_found (404), also for a course that was never published.
    virtual Task<Result<CourseStructure>> structure(CourseId course) = 0;

    /// Errors: course_not_found (404).
    virtual Task<Result<CourseId>> course_by_slug(std::string slug) = 0;

    /// Errors: quiz_not_found (404), also for a quiz of an unpublished lesson.
    virtual Task<Result<QuizDefinition>> quiz(QuizId quiz) = 0;

    /// In the asked order. Errors: question_not_found (404) when one of them does not exist.
    virtual Task<Result<std::vector<QuestionRevision>>> question_revisions(std::vector<QuestionRef> questions) = 0;

    /// In the asked order; for graders only. Errors: question_not_found (404).
    virtual Task<Result<std::vector<AnswerKey>>> answer_keys(std::vector<QuestionRef> questions) = 0;

    /// Errors: learner_not_found (404).
    virtual Task<Result<Learner>> learner(UserId user) = 0;
};

/// The same over HTTP, for a course-service in another process.
/// Throws http::ClientError when the service does not answer or answers with something else than the errors above.
std::unique_ptr<CourseClient> make_http_course_client(http::SigningClient http, std::string base_url);

}  // namespace tt::course
