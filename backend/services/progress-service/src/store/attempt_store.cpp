#include "services/progress-service/src/store/attempt_store.hpp"

#include "services/progress-service/src/store/attempts_sql.hpp"

namespace tt::progress::store {
namespace {

db::Statement insert_items_statement(const AttemptRow& row, const std::vector<PaperItem>& items) {
    std::vector<int> slots;
    std::vector<QuestionId> questions;
    std::vector<int> revisions;
    std::vector<std::string> orders;  // array literals: unnest() would flatten an array of arrays
    std::vector<std::string> points;
    for (const auto& item : items) {
        slots.push_back(item.slot);
        questions.push_back(item.question_id);
        revisions.push_back(item.revision);
        orders.push_back(*db::to_param(item.option_order));
        points.push_back(item.points);
    }
    return {sql::insert_items, db::make_params(row.user_id, row.id, slots, questions, revisions, orders, points)};
}

db::Statement save_marks_statement(const Finish& finish) {
    std::vector<int> slots;
    std::vector<std::string> points;
    std::vector<std::string> correct;
    for (const auto& mark : finish.marks) {
        slots.push_back(mark.slot);
        points.push_back(mark.points);
        correct.emplace_back(mark.is_correct ? "t" : "f");
    }
    return {sql::save_marks, db::make_params(finish.user, finish.attempt, slots, points, correct)};
}

}  // namespace

Task<std::optional<AttemptRow>> open_attempt(db::Tx& tx, UserId user, QuizId quiz) {
    return tx.maybe_one<AttemptRow>(sql::open_attempt, user, quiz);
}

Task<std::optional<AttemptRow>> find_attempt(const db::Database& database, UserId user, AttemptId attempt) {
    return database.maybe_one<AttemptRow>(sql::find_attempt, user, attempt);
}

Task<std::optional<AttemptRow>> lock_attempt(db::Tx& tx, UserId user, AttemptId attempt) {
    return tx.maybe_one<AttemptRow>(sql::lock_attempt, user, attempt);
}

Task<std::optional<AttemptRow>> share_attempt(db::Tx& tx, UserId user, AttemptId attempt) {
    return tx.maybe_one<AttemptRow>(sql::share_attempt, user, attempt);
}

Task<std::vector<AttemptRow>> attempts_of_quizzes(const db::Database& database, UserId user,
                                                  std::vector<QuizId> quizzes) {
    return database.many<AttemptRow>(sql::attempts_of_quizzes, user, std::move(quizzes));
}

Task<std::vector<AttemptRow>> attempts_of_quiz(db::Tx& tx, UserId user, QuizId quiz) {
    return tx.many<AttemptRow>(sql::attempts_of_quizzes, user, std::vector<QuizId>{quiz});
}

Task<bool> insert_attempt(db::Tx& tx, AttemptRow row, std::vector<PaperItem> items) {
    const auto inserted =
        co_await tx.execute(sql::insert_attempt, row.user_id, row.id, row.quiz_id, row.course_id, row.lesson_id,
                            row.enrollment_id, row.attempt_no, row.seed, row.policy, row.items_sha256, row.started_at,
                            row.deadline_at, row.finalize_at, row.max_points);
    if (inserted == 0) co_return false;
    auto statement = insert_items_statement(row, items);
    co_await tx.query(statement.query, std::move(statement.params));
    co_return true;
}

Task<std::vector<ItemRow>> attempt_items(const db::Database& database, UserId user, AttemptId attempt) {
    return database.many<ItemRow>(sql::attempt_items, user, attempt);
}

Task<std::vector<ItemRow>> attempt_items(db::Tx& tx, UserId user, AttemptId attempt) {
    return tx.many<ItemRow>(sql::attempt_items, user, attempt);
}

Task<std::optional<AnswerState>> save_answer(db::Tx& tx, Answer answer) {
    std::vector<db::Statement> statements{
        {sql::save_answer, db::make_params(answer.user, answer.attempt, answer.slot, answer.client_seq, answer.response,
                                           answer.received_at)},
        {sql::answer_state, db::make_params(answer.user, answer.attempt, answer.slot)}};
    const auto rows = co_await tx.batch(std::move(statements));
    auto state = rows[1].maybe<AnswerState>();
    if (!state) co_return state;
    co_await tx.execute(sql::insert_response, answer.user, answer.attempt, answer.slot, answer.client_seq,
                        answer.response, answer.received_at);
    co_return state;
}

Task<void> finish_attempt(db::Tx& tx, Finish finish) {
    std::vector<db::Statement> statements;
    statements.push_back(save_marks_statement(finish));
    statements.push_back({sql::finish_attempt, db::make_params(finish.user, finish.attempt, finish.at, finish.reason,
                                                               finish.score, finish.passed)});
    co_await tx.batch(std::move(statements));
}

Task<std::vector<DueAttempt>> due_attempts(const db::Database& database, Time now, int limit) {
    return database.many<DueAttempt>(sql::due_attempts, now, limit);
}

}  // namespace tt::progress::store
