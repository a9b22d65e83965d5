#pragma once

#include "platform/db/database.hpp"
#include "services/content-service/src/domain/growth_quiz.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::content {

namespace store {
struct ResultRow;
}

// ---- what the quiz looks like from outside: no points, no rules

struct PublicOption {
    std::string key;
    std::string label;
};
BOOST_DESCRIBE_STRUCT(PublicOption, (), (key, label))

struct PublicQuestion {
    std::string key, title, help, type;
    std::vector<PublicOption> options;
};
BOOST_DESCRIBE_STRUCT(PublicQuestion, (), (key, title, help, type, options))

struct PublicQuiz {
    std::string slug, title, intro;
    std::vector<PublicQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(PublicQuiz, (), (slug, title, intro, questions))

struct AnswerReceipt {
    int answered = 0;
    int total = 0;
};
BOOST_DESCRIBE_STRUCT(AnswerReceipt, (), (answered, total))

struct ResultProfile {
    std::string key, title, summary;
    std::vector<std::string> advice;
};
BOOST_DESCRIBE_STRUCT(ResultProfile, (), (key, title, summary, advice))

struct RecommendedCourse {
    std::string slug, title, reason, url;
};
BOOST_DESCRIBE_STRUCT(RecommendedCourse, (), (slug, title, reason, url))

struct QuizResult {
    std::string token;  ///< empty in a list of one's own results
    ResultProfile profile{};
    std::vector<Score> scores{};
    std::vector<RecommendedCourse> recommended_courses{};
    Time completed_at{};
    bool claimed = false;
};
BOOST_DESCRIBE_STRUCT(QuizResult, (), (token, profile, scores, recommended_courses, completed_at, claimed))

/// The growth quiz: a session is a row of public.quiz_results, known to the visitor by a secret token of which only
/// the hash is stored. Answers are idempotent and may change until the session is completed; the result never does.
class Growth {
public:
    Growth(db::Database site, const Clock& clock, std::string academy_url)
        : site_(std::move(site)), clock_(clock), academy_url_(std::move(academy_url)) {}

    /// Error: quiz_not_found.
    Task<Result<PublicQuiz>> quiz(std::string slug);
    /// Returns the session's token. Error: quiz_not_found.
    Task<Result<std::string>> start(std::string slug, std::string utm_json);
    /// Errors: session_not_found, question_unknown, answer_invalid, quiz_completed (409).
    Task<Result<AnswerReceipt>> answer(std::string token, std::string question, std::vector<std::string> options);
    /// Completing twice returns the first result. Errors: session_not_found, quiz_incomplete (409).
    Task<Result<QuizResult>> complete(std::string token, std::optional<std::string> email);
    /// Errors: session_not_found, quiz_incomplete.
    Task<Result<QuizResult>> result(std::string token);
    /// The first account to claim it keeps it. Errors: session_not_found, quiz_incomplete, result_claimed (409).
    Task<Result<QuizResult>> claim(std::string token, UserId user);
    Task<std::vector<QuizResult>> results_of(UserId user);

    Task<Result<bool>> save(QuizDefinition quiz);

private:
    Task<QuizDefinition> definition_of(std::string slug, int version);
    /// Computes and stores the result unless it is there. Error: quiz_incomplete.
    Task<Result<void>> finish(store::ResultRow session, std::string digest, std::optional<std::string> email);
    Task<QuizResult> to_result(store::ResultRow row, std::string token);

    db::Database site_;
    const Clock& clock_;
    std::string academy_url_;
};

}  // namespace tt::content
