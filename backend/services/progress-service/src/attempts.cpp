#include "services/progress-service/src/attempts.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/progress-service/contract/progress_events.hpp"
#include "services/progress-service/src/answer_codec.hpp"
#include "services/progress-service/src/domain/grading.hpp"
#include "services/progress-service/src/views.hpp"

#include <algorithm>
#include <cstring>

namespace tt::progress {
namespace {

constexpr int stored_points_decimals = 4;  // numeric(14,4)
constexpr int start_tries = 4;             // each lost race means that somebody else's start or hand-in succeeded

std::int64_t random_seed() {
    const std::string bytes = crypto::random_bytes(sizeof(std::int64_t));
    std::int64_t seed = 0;
    std::memcpy(&seed, bytes.data(), sizeof(seed));
    return seed;
}

Error not_found(std::string reason) {
    return Error{Code::not_found, std::move(reason)};
}

std::vector<PoolQuestion> gradable_pool(const course::QuizDefinition& quiz) {
    std::vector<PoolQuestion> pool;
    for (const auto& question : quiz.questions) {
        if (!is_gradable(question.type)) continue;
        pool.push_back({question.question_id, question.revision, question.points, question.pool_key,
                        static_cast<int>(question.options.size())});
    }
    return pool;
}

PaperOptions paper_options(const course::QuizDefinition& quiz) {
    return {.shuffle_questions = quiz.shuffle_questions,
            .shuffle_options = quiz.shuffle_options,
            .draw_count = quiz.draw_count};
}

/// Questions in one attempt; every seed draws equally many.
int paper_size(const course::QuizDefinition& quiz) {
    return static_cast<int>(draw_paper(gradable_pool(quiz), paper_options(quiz), 0).size());
}

template <class E>
E enum_or(const std::string& text, E otherwise) {
    E value = otherwise;
    return boost::describe::enum_from_string(text.c_str(), value) ? value : otherwise;
}

/// A word the catalogue does not know holds back, it does not release.
ReviewRules review_rules(const course::ReviewPolicy& policy) {
    return {enum_or(policy.score, Release::never), enum_or(policy.correctness, Release::never),
            enum_or(policy.key, Release::never), enum_or(policy.explanation, Release::never)};
}

FrozenPolicy frozen_policy(const course::QuizDefinition& quiz, const std::optional<course::Learner>& learner) {
    return {.time_limit_seconds = quiz.time_limit_seconds,
            .max_attempts = quiz.max_attempts,
            .grace_seconds = quiz.grace_seconds,
            .closes_at = quiz.closes_at,
            .pass_percent = quiz.pass_percent,
            .review = review_rules(quiz.review_policy),
            .decimal_mark = learner ? decimal_mark_of(learner->locale) : DecimalMark::unknown};
}

std::string max_points(const std::vector<PaperItem>& items) {
    Exact sum = 0;
    for (const auto& item : items) sum += exact(item.points);
    return to_fixed(sum, stored_points_decimals);
}

StartFacts start_facts(const course::QuizDefinition& quiz, const std::vector<store::AttemptRow>& attempts, Time now) {
    StartFacts facts{.now = now,
                     .opens_at = quiz.opens_at,
                     .closes_at = quiz.closes_at,
                     .max_attempts = quiz.max_attempts,
                     .attempts_used = count(attempts).used,
                     .retry_delay_seconds = quiz.retry_delay_seconds,
                     .last_submitted_at = {}};
    for (const auto& attempt : attempts) {
        if (attempt.submitted_at) facts.last_submitted_at = std::max(facts.last_submitted_at, attempt.submitted_at);
    }
    return facts;
}

struct NewAttempt {
    store::AttemptRow row;
    std::vector<PaperItem> items;
};

NewAttempt make_attempt(const course::QuizDefinition& quiz, const course::Enrollment& enrollment,
                        const std::optional<course::Learner>& learner, Time now) {
    NewAttempt made;
    store::AttemptRow& row = made.row;
    row.user_id = enrollment.user_id;
    row.id = AttemptId::make();
    row.quiz_id = quiz.id;
    row.course_id = quiz.course_id;
    row.lesson_id = quiz.lesson_id;
    row.enrollment_id = enrollment.id;
    row.status = "in_progress";
    row.seed = random_seed();
    row.policy = {json::write(frozen_policy(quiz, learner))};
    row.started_at = now;
    row.deadline_at = deadline_of({.started_at = now,
                                   .time_limit_seconds = quiz.time_limit_seconds,
                                   .extra_time_percent = learner ? learner->extra_time_percent : 0,
                                   .closes_at = quiz.closes_at,
                                   .close_policy = enum_or(quiz.close_policy, ClosePolicy::hard_close)});
    if (row.deadline_at) row.finalize_at = *row.deadline_at + std::chrono::seconds(quiz.grace_seconds);
    made.items = draw_paper(gradable_pool(quiz), paper_options(quiz), row.seed);
    row.items_sha256 = {crypto::sha256(canonical_paper(made.items))};
    row.max_points = max_points(made.items);
    return made;
}

std::vector<course::QuestionRef> refs_of(const std::vector<store::ItemRow>& items) {
    std::vector<course::QuestionRef> refs;
    for (const auto& item : items) refs.push_back({item.question_id, item.question_revision});
    return refs;
}

PlacedEvent graded_event(const store::AttemptRow& row, CourseRulesPtr rules, Time now) {
    PlacedEvent placed{.stored = {}, .rules = std::move(rules)};
    ProgressEvent& event = placed.stored.event;
    event.event_id = uuid_v7();
    event.course_id = row.course_id;
    event.verb = Verb::quiz_graded;
    event.quiz_id = row.quiz_id;
    event.passed = row.passed;
    event.occurred_at = now;
    event.received_at = now;
    if (const QuizRule* quiz = placed.rules->find_quiz(row.quiz_id)) {
        event.lesson_id = quiz->lesson_id;
        event.block_id = quiz->block_id;
    }
    return placed;
}

/// Revisions are never deleted, so a missing one is a broken catalogue and nothing the learner can act on.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error("catalogue: " + result.error().reason);
    return std::move(*result);
}

}  // namespace

/// All that marking needs besides the answers, fetched before the transaction begins.
struct Attempts::Grading {
    store::AttemptRow row;
    std::string reason;
    std::vector<course::QuestionRevision> questions;
    std::vector<course::AnswerKey> keys;
    CourseRulesPtr rules;
};

Attempts::Attempts(db::Database database, Catalogue& catalogue, ProgressLog& progress, const Clock& clock)
    : database_(std::move(database)), catalogue_(catalogue), progress_(progress), clock_(clock) {}

bool Attempts::is_over(const store::AttemptRow& row) const {
    return row.is_open() && row.finalize_at && clock_.now() > *row.finalize_at;
}

Task<Result<course::Enrollment>> Attempts::enrolled(UserId user, CourseId course) {
    const auto enrollment = co_await catalogue_.courses().find_enrollment(user, course);
    if (!enrollment) co_return Error{Code::permission_denied, "not_enrolled", "Join the course first."};
    if (!is_active(*enrollment, clock_.now())) co_return Error{Code::permission_denied, "enrollment_not_active"};
    co_return *enrollment;
}

Task<Result<StartedAttempt>> Attempts::start(UserId user, QuizId quiz_id) {
    auto quiz = co_await catalogue_.courses().quiz(quiz_id);
    if (!quiz) co_return quiz.error();
    auto enrollment = co_await enrolled(user, quiz->course_id);
    if (!enrollment) co_return enrollment.error();
    bool created = false;
    auto row = co_await start_row(user, std::move(*quiz), std::move(*enrollment), created);
    if (!row) co_return row.error();
    AttemptView attempt = co_await view(std::move(*row));
    co_return StartedAttempt{std::move(attempt), created};
}

Task<Result<store::AttemptRow>> Attempts::start_row(UserId user, course::QuizDefinition quiz,
                                                    course::Enrollment enrollment, bool& created) {
    const auto known = co_await catalogue_.courses().learner(user);
    const auto learner = known ? std::optional(*known) : std::nullopt;
    if (gradable_pool(quiz).empty()) co_return Error{Code::conflict, "quiz_has_no_questions"};
    for (int attempt = 0; attempt < start_tries; ++attempt) {
        db::Tx tx = co_await database_.begin();
        const auto attempts = co_await store::attempts_of_quiz(tx, user, quiz.id);
        const auto open = std::find_if(attempts.begin(), attempts.end(), [](const auto& row) { return row.is_open(); });
        if (open != attempts.end()) {
            co_await tx.commit();
            if (!is_over(*open)) co_return *open;
            co_await finish(*open, "deadline");
            continue;
        }
        const auto allowed = may_start(start_facts(quiz, attempts, clock_.now()));
        if (!allowed) co_return allowed.error();
        NewAttempt made = make_attempt(quiz, enrollment, learner, clock_.now());
        made.row.attempt_no = attempts.empty() ? 1 : attempts.back().attempt_no + 1;
        const store::AttemptRow row = made.row;
        created = co_await store::insert_attempt(tx, std::move(made.row), std::move(made.items));
        if (!created) continue;  // a parallel start was faster: read its attempt
        co_await tx.commit();
        co_return row;
    }
    throw Unavailable("an attempt could not be started for contention");
}

Task<Result<store::AttemptRow>> Attempts::current(UserId user, AttemptId attempt) {
    auto row = co_await store::find_attempt(database_, user, attempt);
    if (!row) co_return not_found("attempt_not_found");
    if (!is_over(*row)) co_return std::move(*row);
    store::AttemptRow finished = co_await finish(std::move(*row), "deadline");
    co_return finished;
}

Task<AttemptView> Attempts::view(store::AttemptRow row) {
    AttemptParts parts;
    parts.items = co_await store::attempt_items(database_, row.user_id, row.id);
    auto questions = co_await catalogue_.questions(refs_of(parts.items));
    parts.questions = must(std::move(questions));
    if (!row.is_open()) {
        std::vector<QuizId> quizzes{row.quiz_id};
        const auto attempts = co_await store::attempts_of_quizzes(database_, row.user_id, std::move(quizzes));
        parts.counts = count(attempts);
        if (shows_keys(row, parts.counts, clock_.now())) {
            auto keys = co_await catalogue_.courses().answer_keys(refs_of(parts.items));
            parts.keys = must(std::move(keys));
        }
    }
    parts.row = std::move(row);
    co_return to_view(parts, clock_.now());
}

Task<Result<AttemptView>> Attempts::find(UserId user, AttemptId attempt) {
    auto row = co_await current(user, attempt);
    if (!row) co_return row.error();
    AttemptView shown = co_await view(std::move(*row));
    co_return shown;
}

Task<Result<AnswerSaved>> Attempts::answer(UserId user, AttemptId attempt, int slot, json::Raw response,
                                           std::int64_t client_seq) {
    auto row = co_await current(user, attempt);
    if (!row) co_return row.error();
    if (!row->is_open()) co_return Error{Code::conflict, "attempt_closed", "This attempt has been handed in."};
    const auto items = co_await store::attempt_items(database_, user, attempt);
    const auto item = std::find_if(items.begin(), items.end(), [&](const auto& i) { return i.slot == slot; });
    if (item == items.end()) co_return not_found("slot_not_found");
    std::vector<course::QuestionRef> refs{{item->question_id, item->question_revision}};
    auto questions = co_await catalogue_.questions(std::move(refs));
    const auto found = must(std::move(questions));
    auto cleaned = clean_response(to_question(found.front()), response);
    if (!cleaned) co_return cleaned.error();

    const store::Answer answer{.user = user,
                               .attempt = attempt,
                               .slot = slot,
                               .client_seq = client_seq,
                               .response = std::move(*cleaned),
                               .received_at = clock_.now()};
    const auto run = [&](db::Tx& tx) { return answer_in(tx, answer); };
    auto saved = co_await database_.transact(run);
    co_return saved;
}

Task<Result<AnswerSaved>> Attempts::answer_in(db::Tx& tx, store::Answer answer) {
    const Time received_at = answer.received_at;
    const auto row = co_await store::share_attempt(tx, answer.user, answer.attempt);
    if (!row) co_return not_found("attempt_not_found");
    // Receipt counts: an answer that arrived in time is taken although the row was locked for a moment.
    const bool late = row->finalize_at && received_at > *row->finalize_at;
    if (!row->is_open() || late) co_return Error{Code::conflict, "attempt_closed", "This attempt has been handed in."};
    const auto state = co_await store::save_answer(tx, std::move(answer));
    if (!state) co_return not_found("slot_not_found");
    co_return AnswerSaved{state->slot, state->response_seq, state->answered_at, clock_.now()};
}

Task<Result<AttemptView>> Attempts::submit(UserId user, AttemptId attempt) {
    auto row = co_await current(user, attempt);
    if (!row) co_return row.error();
    store::AttemptRow done = std::move(*row);
    if (done.is_open()) done = co_await finish(std::move(done), "learner");
    AttemptView shown = co_await view(std::move(done));
    co_return shown;
}

Task<store::AttemptRow> Attempts::finish(store::AttemptRow row, std::string reason) {
    Grading grading{.row = row, .reason = std::move(reason), .questions = {}, .keys = {}, .rules = {}};
    const auto items = co_await store::attempt_items(database_, row.user_id, row.id);
    auto questions = co_await catalogue_.questions(refs_of(items));
    grading.questions = must(std::move(questions));
    auto keys = co_await catalogue_.courses().answer_keys(refs_of(items));
    grading.keys = must(std::move(keys));
    const auto rules = co_await catalogue_.rules(row.course_id);
    if (rules) grading.rules = *rules;
    const auto run = [&](db::Tx& tx) { return finish_in(tx, grading); };
    Finished finished = co_await database_.transact(run);
    co_await progress_.tell_completed(row.user_id, std::move(finished.completed_now));
    co_return std::move(finished.row);
}

Task<Finished> Attempts::finish_in(db::Tx& tx, const Grading& grading) {
    auto locked = co_await store::lock_attempt(tx, grading.row.user_id, grading.row.id);
    Finished finished{.row = std::move(locked.value()), .completed_now = {}};
    store::AttemptRow& row = finished.row;
    if (!row.is_open()) co_return finished;
    const auto items = co_await store::attempt_items(tx, row.user_id, row.id);
    const Time now = clock_.now();
    const FrozenPolicy policy = to_policy(row);
    store::Finish finish{.user = row.user_id,
                         .attempt = row.id,
                         .at = row.deadline_at ? std::min(now, *row.deadline_at) : now,
                         .reason = grading.reason,
                         .score = {},
                         .passed = false,
                         .marks = {}};
    std::vector<Mark> marks;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Question question = to_question(grading.questions.at(i));
        const Key key = to_key(question.type, grading.keys.at(i).answer_key);
        Mark mark = grade(question, key, to_response(items[i].response), policy.decimal_mark);
        finish.marks.push_back({items[i].slot, to_fixed(mark.points, stored_points_decimals), mark.is_correct});
        marks.push_back(std::move(mark));
    }
    const Exact score = total(marks);
    finish.score = to_fixed(score, stored_points_decimals);
    finish.passed = is_pass(score, exact(row.max_points), exact(policy.pass_percent));
    row.status = "graded";
    row.submitted_at = finish.at;
    row.submit_reason = finish.reason;
    row.score_points = finish.score;
    row.passed = finish.passed;
    co_await store::finish_attempt(tx, std::move(finish));
    finished.completed_now = co_await note_graded(tx, row, grading.rules);
    co_return finished;
}

Task<std::vector<CourseId>> Attempts::note_graded(db::Tx& tx, store::AttemptRow row, CourseRulesPtr rules) {
    QuizGraded fact{row.user_id,         row.id,           row.quiz_id, row.course_id,
                    {*row.score_points}, {row.max_points}, *row.passed, *row.submitted_at};
    std::vector<CourseId> completed_now;
    // A course that was withdrawn meanwhile still gets its papers marked; there is only no progress to show.
    if (rules) {
        std::vector<PlacedEvent> events{graded_event(row, rules, clock_.now())};
        Applied applied = co_await progress_.apply(tx, row.user_id, std::move(events));
        completed_now = std::move(applied.completed_now);
    }
    co_await events::append(tx, std::move(fact));
    co_return completed_now;
}

Task<Result<AttemptList>> Attempts::list(UserId user, QuizId quiz_id) {
    const auto quiz = co_await catalogue_.courses().quiz(quiz_id);
    if (!quiz) co_return quiz.error();
    const auto enrollment = co_await enrolled(user, quiz->course_id);
    if (!enrollment) co_return enrollment.error();
    std::vector<QuizId> quizzes{quiz_id};
    auto attempts = co_await store::attempts_of_quizzes(database_, user, std::move(quizzes));
    for (auto& row : attempts) {
        if (is_over(row)) row = co_await finish(row, "deadline");
    }
    const Time now = clock_.now();
    AttemptList list;
    list.rules = to_rules_view(*quiz, paper_size(*quiz), attempts, now);
    const AttemptCounts counts = count(attempts);
    for (const auto& row : attempts) list.items.push_back(to_summary(row, counts, now));
    co_return list;
}

Task<std::vector<QuizRules>> Attempts::rules_for(UserId user, std::vector<QuizId> quizzes) {
    const auto attempts = co_await store::attempts_of_quizzes(database_, user, quizzes);
    std::vector<QuizRules> result;
    for (const auto& id : quizzes) {
        const auto quiz = co_await catalogue_.courses().quiz(id);
        if (!quiz) continue;
        std::vector<store::AttemptRow> own;
        for (const auto& row : attempts) {
            if (row.quiz_id == id) own.push_back(row);
        }
        result.push_back(to_rules_view(*quiz, paper_size(*quiz), own, clock_.now()));
    }
    co_return result;
}

Task<int> Attempts::sweep() {
    const auto due = co_await store::due_attempts(database_, clock_.now(), sweep_batch);
    int finished = 0;
    for (const auto& attempt : due) {
        try {
            const auto row = co_await current(attempt.user_id, attempt.id);
            finished += row && !row->is_open() ? 1 : 0;
        } catch (const std::exception& error) {
            // One broken paper must not keep the others open.
            log::error("quiz_attempt_not_finished",
                       {{"attempt_id", to_string(attempt.id)}, {"error.message", error.what()}});
        }
    }
    co_return finished;
}

}  // namespace tt::progress
