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

/// What other services may ask about a learner's progress. The structs are also the JSON of the public API: a service
/// that shows progress embeds them in its own replies. Percentages and points are exact decimals written as JSON
/// numbers (json::Raw holds the digits); they never pass through a double.
namespace tt::progress {

struct CertificateRef {
    std::string verification_code;
};
BOOST_DESCRIBE_STRUCT(CertificateRef, (), (verification_code))

/// Standing in one course. All zero and nothing completed when the learner has not begun.
struct CourseProgress {
    CourseId course_id;
    int lessons_required = 0;
    int lessons_completed = 0;
    int completion_ppm = 0;                  // parts per million of the required lessons
    std::optional<json::Raw> grade_percent;  // absent while nothing graded was handed in
    bool passed = false;
    std::optional<Time> completed_at;
    std::optional<LessonId> last_lesson_id;
    std::optional<CertificateRef> certificate;
};
BOOST_DESCRIBE_STRUCT(CourseProgress, (),
                      (course_id, lessons_required, lessons_completed, completion_ppm, grade_percent, passed,
                       completed_at, last_lesson_id, certificate))

struct LessonState {
    LessonId lesson_id;
    std::string state;  // started | completed; a lesson never opened has no entry
    int completion_ppm = 0;
    std::optional<int> position_ms;
};
BOOST_DESCRIBE_STRUCT(LessonState, (), (lesson_id, state, completion_ppm, position_ms))

/// What the learner reads before starting a quiz, with the own attempts counted in.
struct QuizRules {
    QuizId id;
    std::string title;
    std::string mode;  // inline | graded | survey
    int question_count = 0;
    std::optional<int> time_limit_seconds;
    int max_attempts = 0;  // 0 = unlimited
    int attempts_used = 0;
    json::Raw pass_percent{"0"};
    std::optional<AttemptId> open_attempt_id;
    std::optional<json::Raw> best_score_percent;
};
BOOST_DESCRIBE_STRUCT(QuizRules, (),
                      (id, title, mode, question_count, time_limit_seconds, max_attempts, attempts_used, pass_percent,
                       open_attempt_id, best_score_percent))

class ProgressClient {
public:
    virtual ~ProgressClient() = default;

    /// One entry per asked course, in the asked order.
    virtual Task<std::vector<CourseProgress>> course_progress(UserId user, std::vector<CourseId> courses) = 0;

    /// Only lessons the learner has opened.
    virtual Task<std::vector<LessonState>> lesson_states(UserId user, CourseId course) = 0;

    /// One entry per quiz that exists, in the asked order.
    virtual Task<std::vector<QuizRules>> quiz_rules_for(UserId user, std::vector<QuizId> quizzes) = 0;
};

/// The same over HTTP, for a progress-service in another process.
/// Throws http::ClientError when the service does not answer or answers with an error.
std::unique_ptr<ProgressClient> make_http_progress_client(http::SigningClient http, std::string base_url);

}  // namespace tt::progress
