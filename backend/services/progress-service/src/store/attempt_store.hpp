#pragma once

#include "platform/db/database.hpp"
#include "platform/json/rule.hpp"
#include "services/progress-service/src/domain/paper.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

/// SQL of quiz attempts. Points stay decimal text.
namespace tt::progress::store {

struct AttemptRow {
    UserId user_id;
    AttemptId id;
    QuizId quiz_id;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    EnrollmentId enrollment_id;
    int attempt_no = 0;
    std::string status;
    std::int64_t seed = 0;
    json::Raw policy;
    db::Bytea items_sha256;
    Time started_at{};
    std::optional<Time> deadline_at;
    std::optional<Time> finalize_at;
    std::optional<Time> submitted_at;
    std::optional<std::string> submit_reason;
    std::optional<std::string> score_points;
    std::string max_points;
    std::optional<bool> passed;

    bool is_open() const { return status == "in_progress"; }
    /// Counts against the limit.
    bool is_used() const { return status != "void"; }
};
BOOST_DESCRIBE_STRUCT(AttemptRow, (),
                      (user_id, id, quiz_id, course_id, lesson_id, enrollment_id, attempt_no, status, seed, policy,
                       items_sha256, started_at, deadline_at, finalize_at, submitted_at, submit_reason, score_points,
                       max_points, passed))

struct ItemRow {
    int slot = 0;
    QuestionId question_id;
    int question_revision = 0;
    std::vector<int> option_order;
    std::string points_possible;
    std::optional<json::Raw> response;
    std::int64_t response_seq = 0;
    std::optional<Time> answered_at;
    std::optional<std::string> points_awarded;
    std::optional<bool> is_correct;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (),
                      (slot, question_id, question_revision, option_order, points_possible, response, response_seq,
                       answered_at, points_awarded, is_correct))

struct AnswerState {
    int slot = 0;
    std::int64_t response_seq = 0;
    std::optional<Time> answered_at;
};
BOOST_DESCRIBE_STRUCT(AnswerState, (), (slot, response_seq, answered_at))

struct Answer {
    UserId user;
    AttemptId attempt;
    int slot = 0;
    std::int64_t client_seq = 0;
    std::optional<json::Raw> response;  // nothing takes the answer back
    Time received_at{};
};

struct ItemMark {
    int slot = 0;
    std::string points;
    bool is_correct = false;
};

struct Finish {
    UserId user;
    AttemptId attempt;
    Time at{};
    std::string reason;  // learner | deadline | admin
    std::string score;
    bool passed = false;
    std::vector<ItemMark> marks;
};

struct DueAttempt {
    UserId user_id;
    AttemptId id;
};
BOOST_DESCRIBE_STRUCT(DueAttempt, (), (user_id, id))

Task<std::optional<AttemptRow>> open_attempt(db::Tx& tx, UserId user, QuizId quiz);
Task<std::optional<AttemptRow>> find_attempt(const db::Database& database, UserId user, AttemptId attempt);
Task<std::optional<AttemptRow>> lock_attempt(db::Tx& tx, UserId user, AttemptId attempt);
Task<std::optional<AttemptRow>> share_attempt(db::Tx& tx, UserId user, AttemptId attempt);
Task<std::vector<AttemptRow>> attempts_of_quizzes(const db::Database& database, UserId user,
                                                  std::vector<QuizId> quizzes);
Task<std::vector<AttemptRow>> attempts_of_quiz(db::Tx& tx, UserId user, QuizId quiz);

/// False when a parallel start was faster.
Task<bool> insert_attempt(db::Tx& tx, AttemptRow row, std::vector<PaperItem> items);

Task<std::vector<ItemRow>> attempt_items(const db::Database& database, UserId user, AttemptId attempt);
Task<std::vector<ItemRow>> attempt_items(db::Tx& tx, UserId user, AttemptId attempt);

/// Appends the answer and makes it the current one if it is the newest; tells what is current now, or nothing when
/// the attempt has no such slot.
Task<std::optional<AnswerState>> save_answer(db::Tx& tx, Answer answer);

/// Writes marks and score. The caller holds the attempt's lock.
Task<void> finish_attempt(db::Tx& tx, Finish finish);

Task<std::vector<DueAttempt>> due_attempts(const db::Database& database, Time now, int limit);

}  // namespace tt::progress::store
