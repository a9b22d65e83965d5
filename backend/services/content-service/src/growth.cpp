#include "services/content-service/src/growth.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "services/content-service/src/store/growth_quiz.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace tt::content {
namespace {

constexpr std::size_t token_bytes = 20;

Error session_not_found() {
    return {Code::not_found, "session_not_found", "This quiz session does not exist."};
}
Error quiz_not_found() {
    return {Code::not_found, "quiz_not_found", "There is no such quiz."};
}
Error not_complete() {
    return {Code::conflict, "quiz_incomplete", "This quiz has not been completed yet."};
}

PublicQuestion to_public(const QuizQuestion& question) {
    PublicQuestion shown{question.key, question.title, question.help, question.type, {}};
    for (const auto& option : question.options) shown.options.push_back({option.key, option.label});
    return shown;
}

Answers read_answers(const std::string& text) {
    Answers answers;
    const boost::json::value stored = boost::json::parse(text);  // named: the loop only borrows from it
    for (const auto& [question, options] : stored.as_object()) {
        for (const auto& option : options.as_array()) answers[question].emplace_back(option.as_string());
    }
    return answers;
}

std::string write_answers(const Answers& answers) {
    boost::json::object object;
    for (const auto& [question, options] : answers) {
        boost::json::array& list = object[question].emplace_array();
        for (const auto& option : options) list.emplace_back(option);
    }
    return boost::json::serialize(object);
}

std::vector<Score> read_scores(const std::string& text) {
    std::vector<Score> scores;
    const boost::json::value stored = boost::json::parse(text);
    for (const auto& item : stored.as_array()) {
        const auto& score = item.as_object();
        scores.push_back({std::string(score.at("dimension").as_string()), std::string(score.at("label").as_string()),
                          static_cast<int>(score.at("score").as_int64()),
                          static_cast<int>(score.at("max").as_int64())});
    }
    return scores;
}

std::string weakest_of(const std::vector<Score>& scores) {
    const auto share = [](const Score& score) { return score.max == 0 ? 1.0 : double(score.score) / score.max; };
    const auto weakest = std::min_element(scores.begin(), scores.end(),
                                          [&](const Score& a, const Score& b) { return share(a) < share(b); });
    return weakest == scores.end() ? std::string() : weakest->dimension;
}

}  // namespace

Task<QuizDefinition> Growth::definition_of(std::string slug, int version) {
    auto quiz = co_await store::quiz_version(site_, slug, version);
    if (!quiz) throw std::runtime_error("quiz " + slug + " has lost version " + std::to_string(version));
    co_return std::move(*quiz);
}

Task<Result<PublicQuiz>> Growth::quiz(std::string slug) {
    const auto quiz = co_await store::live_quiz(site_, std::move(slug));
    if (!quiz) co_return quiz_not_found();
    PublicQuiz shown{quiz->slug, quiz->title, quiz->intro, {}};
    for (const auto& question : quiz->questions) shown.questions.push_back(to_public(question));
    co_return shown;
}

Task<Result<std::string>> Growth::start(std::string slug, std::string utm_json) {
    const auto quiz = co_await store::live_quiz(site_, std::move(slug));
    if (!quiz) co_return quiz_not_found();
    std::string token = crypto::random_token(token_bytes);
    store::NewSession session{.id = uuid_v7(),
                              .quiz_slug = quiz->slug,
                              .quiz_version = quiz->version,
                              .token_sha256 = crypto::sha256(token),
                              .utm_json = std::move(utm_json),
                              .started_at = clock_.now()};
    co_await store::start_session(site_, std::move(session));
    co_return token;
}

Task<Result<AnswerReceipt>> Growth::answer(std::string token, std::string question, std::vector<std::string> options) {
    const std::string digest = crypto::sha256(token);
    // Everything else is read before the row is locked: who holds a connection never waits for a second one, or
    // requests of one session could take all connections and wait for each other.
    const auto session = co_await store::find_result(site_, digest);
    if (!session) co_return session_not_found();
    const auto quiz = co_await definition_of(session->quiz_slug, session->quiz_version);
    if (const auto checked = check_answer(quiz, question, options); !checked) co_return checked.error();

    db::Tx tx = co_await site_.begin();
    const auto row = co_await store::lock_result(tx, digest);
    if (!row) co_return session_not_found();
    Answers answers = read_answers(row->answers);
    if (row->completed_at) {
        if (answers[question] != options) {
            co_return Error{Code::conflict, "quiz_completed", "This quiz is completed; its answers cannot change."};
        }
        co_return AnswerReceipt{static_cast<int>(answers.size()), static_cast<int>(quiz.questions.size())};
    }
    answers[question] = std::move(options);
    co_await store::save_answers(tx, row->id, write_answers(answers));
    co_await tx.commit();
    co_return AnswerReceipt{static_cast<int>(answers.size()), static_cast<int>(quiz.questions.size())};
}

Task<Result<void>> Growth::finish(store::ResultRow session, std::string digest, std::optional<std::string> email) {
    const auto quiz = co_await definition_of(session.quiz_slug, session.quiz_version);
    const auto offered = co_await store::mirrored_courses(site_);
    db::Tx tx = co_await site_.begin();
    const auto row = co_await store::lock_result(tx, std::move(digest));
    if (!row) co_return session_not_found();
    if (row->completed_at) co_return Result<void>();  // another request was faster
    const auto outcome = evaluate(quiz, read_answers(row->answers));
    if (!outcome) co_return outcome.error();
    store::CompletedResult completed{.id = row->id,
                                     .scores_json = json::write(outcome->scores),
                                     .profile = outcome->profile,
                                     .course_slugs = {},
                                     .email = std::move(email),
                                     .completed_at = clock_.now()};
    for (const auto& advice : recommend(quiz, outcome->weakest_dimension, offered)) {
        completed.course_slugs.push_back(advice.slug);
    }
    co_await store::complete_result(tx, std::move(completed));
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<QuizResult>> Growth::complete(std::string token, std::optional<std::string> email) {
    std::string digest = crypto::sha256(token);
    auto session = co_await store::find_result(site_, digest);
    if (!session) co_return session_not_found();
    if (!session->completed_at) {
        const auto finished = co_await finish(std::move(*session), std::move(digest), std::move(email));
        if (!finished) co_return finished.error();
    }
    co_return co_await result(std::move(token));
}

Task<Result<QuizResult>> Growth::result(std::string token) {
    auto row = co_await store::find_result(site_, crypto::sha256(token));
    if (!row) co_return session_not_found();
    if (!row->completed_at) co_return not_complete();
    co_return co_await to_result(std::move(*row), std::move(token));
}

Task<Result<QuizResult>> Growth::claim(std::string token, UserId user) {
    const auto row = co_await store::find_result(site_, crypto::sha256(token));
    if (!row) co_return session_not_found();
    if (!row->completed_at) co_return not_complete();
    const bool is_free = co_await store::claim_result(site_, row->id, user, clock_.now());
    if (!is_free && row->user_id != user) {
        co_return Error{Code::conflict, "result_claimed", "This result belongs to another account."};
    }
    co_return co_await result(std::move(token));
}

Task<std::vector<QuizResult>> Growth::results_of(UserId user) {
    auto rows = co_await store::results_of_user(site_, user);
    std::vector<QuizResult> results;
    for (auto& row : rows) {
        auto result = co_await to_result(std::move(row), "");
        results.push_back(std::move(result));
    }
    co_return results;
}

Task<QuizResult> Growth::to_result(store::ResultRow row, std::string token) {
    const auto quiz = co_await definition_of(row.quiz_slug, row.quiz_version);
    QuizResult result{.token = std::move(token),
                      .scores = read_scores(row.scores.value()),
                      .completed_at = row.completed_at.value(),
                      .claimed = row.user_id.has_value()};
    if (const auto* profile = find_profile(quiz, row.profile.value_or(""))) {
        result.profile = {profile->key, profile->title, profile->summary, profile->advice};
    }
    // The courses chosen at completion, with titles as of now; a course that is gone is no longer recommended.
    auto offered = co_await store::mirrored_courses(site_);
    const auto& chosen = row.recommended_course_slugs;
    std::erase_if(offered, [&](const OfferedCourse& course) {
        return std::find(chosen.begin(), chosen.end(), course.slug) == chosen.end();
    });
    for (const auto& advice : recommend(quiz, weakest_of(result.scores), offered)) {
        result.recommended_courses.push_back(
            {advice.slug, advice.title, advice.reason, academy_url_ + "/courses/" + advice.slug});
    }
    co_return result;
}

Task<Result<bool>> Growth::save(QuizDefinition quiz) {
    if (const auto checked = check_definition(quiz); !checked) co_return checked.error();
    co_return co_await store::save_quiz(site_, std::move(quiz));
}

}  // namespace tt::content
