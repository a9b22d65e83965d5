#pragma once

#include "platform/db/database.hpp"
#include "services/progress-service/src/attempt_views.hpp"
#include "services/progress-service/src/catalogue.hpp"
#include "services/progress-service/src/progress_log.hpp"

/// Quiz attempts: papers made by the server, answers saved one by one, handed in by the learner or by the clock.
namespace tt::progress {

struct StartedAttempt {
    AttemptView attempt;
    bool created = false;  // false: this one was open already
};

struct AnswerSaved {
    int slot = 0;
    std::int64_t client_seq = 0;  // of the answer that counts now
    std::optional<Time> saved_at;
    Time server_time{};
};
BOOST_DESCRIBE_STRUCT(AnswerSaved, (), (slot, client_seq, saved_at, server_time))

/// A finished attempt and what it completed.
struct Finished {
    store::AttemptRow row;
    std::vector<CourseId> completed_now;  // courses that this completed
};

class Attempts {
public:
    Attempts(db::Database database, Catalogue& catalogue, ProgressLog& progress, const Clock& clock);

    /// The open attempt, or a new one. Errors: quiz_not_found (404), not_enrolled, enrollment_not_active (403),
    /// quiz_not_open, quiz_closed, attempts_exhausted, retry_too_soon, quiz_has_no_questions (409).
    Task<Result<StartedAttempt>> start(UserId user, QuizId quiz);

    /// Errors: attempt_not_found (404), also for somebody else's.
    Task<Result<AttemptView>> find(UserId user, AttemptId attempt);

    /// Saved when it returns. An older client_seq than the saved one changes nothing and is told the newer.
    /// Errors: attempt_not_found, slot_not_found (404), attempt_closed (409), invalid_response (422).
    Task<Result<AnswerSaved>> answer(UserId user, AttemptId attempt, int slot, json::Raw response,
                                     std::int64_t client_seq);

    /// Handing in twice gives the same result. Errors: attempt_not_found.
    Task<Result<AttemptView>> submit(UserId user, AttemptId attempt);

    /// Errors: quiz_not_found, not_enrolled.
    Task<Result<AttemptList>> list(UserId user, QuizId quiz);

    Task<std::vector<QuizRules>> rules_for(UserId user, std::vector<QuizId> quizzes);

    /// Hands in what is over time; returns how many.
    Task<int> sweep();

    static constexpr int sweep_batch = 100;  // per run; the scheduler runs again seconds later

private:
    struct Grading;

    Task<Result<course::Enrollment>> enrolled(UserId user, CourseId course);
    Task<Result<store::AttemptRow>> start_row(UserId user, course::QuizDefinition quiz, course::Enrollment enrollment,
                                              bool& created);
    Task<Result<store::AttemptRow>> current(UserId user, AttemptId attempt);
    Task<AttemptView> view(store::AttemptRow row);
    Task<store::AttemptRow> finish(store::AttemptRow row, std::string reason);
    Task<Finished> finish_in(db::Tx& tx, const Grading& grading);
    Task<std::vector<CourseId>> note_graded(db::Tx& tx, store::AttemptRow row, CourseRulesPtr rules);
    Task<Result<AnswerSaved>> answer_in(db::Tx& tx, store::Answer answer);
    bool is_over(const store::AttemptRow& row) const;

    db::Database database_;
    Catalogue& catalogue_;
    ProgressLog& progress_;
    const Clock& clock_;
};

}  // namespace tt::progress
