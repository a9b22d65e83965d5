#include "services/course-service/src/store/quizzes.hpp"

#include "platform/json/json.hpp"
#include "services/course-service/src/store/quizzes_sql.hpp"

namespace tt::course::store {

namespace {

struct StoredQuiz {
    QuizId id;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    std::string title;
    std::string mode;
    std::optional<Uuid> grade_category_id;
    std::optional<int> time_limit_seconds;
    int max_attempts = 0;
    std::string attempt_policy;
    int retry_delay_seconds = 0;
    std::optional<Time> opens_at;
    std::optional<Time> closes_at;
    std::string close_policy;
    int grace_seconds = 0;
    bool shuffle_questions = false;
    bool shuffle_options = false;
    std::optional<int> draw_count;
    std::string pass_percent;
    std::string weight;
    json::Raw review_policy;
};
BOOST_DESCRIBE_STRUCT(StoredQuiz, (),
                      (id, course_id, lesson_id, title, mode, grade_category_id, time_limit_seconds, max_attempts,
                       attempt_policy, retry_delay_seconds, opens_at, closes_at, close_policy, grace_seconds,
                       shuffle_questions, shuffle_options, draw_count, pass_percent, weight, review_policy))

struct StoredQuestion {
    QuestionId question_id;
    int revision = 0;
    std::string type;
    std::string prompt_html;
    json::Raw options;
    std::string points;
    std::string partial_credit;
    std::string negative_points;
    json::Raw hints;
    std::optional<std::string> pool_key;
};
BOOST_DESCRIBE_STRUCT(StoredQuestion, (),
                      (question_id, revision, type, prompt_html, options, points, partial_credit, negative_points,
                       hints, pool_key))

/// The writer made these columns from the same structs: a mismatch is a bug, and value() throws.
QuestionRevision to_revision(StoredQuestion row) {
    return {row.question_id,
            row.revision,
            std::move(row.type),
            std::move(row.prompt_html),
            json::parse<std::vector<QuestionOption>>(row.options.text).value(),
            std::move(row.points),
            std::move(row.partial_credit),
            std::move(row.negative_points),
            json::parse<std::vector<std::string>>(row.hints.text).value(),
            std::move(row.pool_key)};
}

std::vector<QuestionRevision> to_revisions(std::vector<StoredQuestion> rows) {
    std::vector<QuestionRevision> revisions;
    revisions.reserve(rows.size());
    for (auto& row : rows) revisions.push_back(to_revision(std::move(row)));
    return revisions;
}

QuizDefinition to_definition(StoredQuiz row, std::vector<QuestionRevision> questions) {
    QuizDefinition quiz;
    quiz.id = row.id;
    quiz.course_id = row.course_id;
    quiz.lesson_id = row.lesson_id;
    quiz.title = std::move(row.title);
    quiz.mode = std::move(row.mode);
    quiz.grade_category_id = row.grade_category_id;
    quiz.time_limit_seconds = row.time_limit_seconds;
    quiz.max_attempts = row.max_attempts;
    quiz.attempt_policy = std::move(row.attempt_policy);
    quiz.retry_delay_seconds = row.retry_delay_seconds;
    quiz.opens_at = row.opens_at;
    quiz.closes_at = row.closes_at;
    quiz.close_policy = std::move(row.close_policy);
    quiz.grace_seconds = row.grace_seconds;
    quiz.shuffle_questions = row.shuffle_questions;
    quiz.shuffle_options = row.shuffle_options;
    quiz.draw_count = row.draw_count;
    quiz.pass_percent = std::move(row.pass_percent);
    quiz.weight = std::move(row.weight);
    quiz.review_policy = json::parse<ReviewPolicy>(row.review_policy.text).value();
    quiz.questions = std::move(questions);
    return quiz;
}

struct RefArrays {
    std::vector<Uuid> question_ids;
    std::vector<int> revisions;
};

RefArrays to_arrays(const std::vector<QuestionRef>& refs) {
    RefArrays arrays;
    for (const auto& ref : refs) {
        arrays.question_ids.push_back(ref.question_id.value);
        arrays.revisions.push_back(ref.revision);
    }
    return arrays;
}

}  // namespace

Task<std::optional<QuizDefinition>> find_quiz(db::Database database, QuizId id) {
    auto quiz = co_await database.maybe_one<StoredQuiz>(sql::find_quiz, id);
    if (!quiz) co_return std::nullopt;
    auto questions = co_await database.many<StoredQuestion>(sql::questions_of_quiz, id);
    co_return to_definition(std::move(*quiz), to_revisions(std::move(questions)));
}

Task<std::vector<QuestionRevision>> question_revisions(db::Database database, std::vector<QuestionRef> questions) {
    const auto asked = to_arrays(questions);
    auto rows = co_await database.many<StoredQuestion>(sql::question_revisions, asked.question_ids, asked.revisions);
    co_return to_revisions(std::move(rows));
}

Task<std::vector<AnswerKey>> answer_keys(db::Database grader, std::vector<QuestionRef> questions) {
    const auto asked = to_arrays(questions);
    auto keys = co_await grader.many<AnswerKey>(sql::answer_keys, asked.question_ids, asked.revisions);
    co_return keys;
}

}  // namespace tt::course::store
