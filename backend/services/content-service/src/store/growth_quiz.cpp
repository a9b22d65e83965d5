#include "services/content-service/src/store/growth_quiz.hpp"

#include "platform/crypto/encoding.hpp"
#include "services/content-service/src/store/growth_quiz_sql.hpp"

#include <stdexcept>

namespace tt::content::store {
namespace {

struct StoredQuiz {
    std::string slug;
    int version = 1;
    std::string definition;
};
BOOST_DESCRIBE_STRUCT(StoredQuiz, (), (slug, version, definition))

Task<std::optional<QuizDefinition>> read(Task<std::optional<StoredQuiz>> pending) {
    const auto row = co_await std::move(pending);
    if (!row) co_return std::nullopt;
    auto quiz = json::parse<QuizDefinition>(row->definition);
    if (!quiz) throw std::runtime_error("stored quiz " + row->slug + " does not parse: " + quiz.error().message);
    co_return std::move(*quiz);
}

db::Bytea bytes(const std::string& text) {
    return db::Bytea{text};
}

}  // namespace

Task<std::optional<QuizDefinition>> live_quiz(const db::Database& site, std::string slug) {
    return read(site.maybe_one<StoredQuiz>(sql::live_quiz, slug));
}

Task<std::optional<QuizDefinition>> quiz_version(const db::Database& site, std::string slug, int version) {
    return read(site.maybe_one<StoredQuiz>(sql::quiz_version, slug, version));
}

Task<bool> save_quiz(const db::Database& site, QuizDefinition quiz) {
    db::Tx tx = co_await site.begin();
    const std::string definition = json::write(quiz);
    const auto created = co_await tx.execute(sql::save_quiz, quiz.slug, quiz.version, definition);
    const auto retired = co_await tx.execute(sql::retire_quizzes, quiz.slug, quiz.version);
    const auto promoted = co_await tx.execute(sql::make_quiz_live, quiz.slug, quiz.version);
    co_await tx.commit();
    co_return created + retired + promoted > 0;
}

Task<void> start_session(const db::Database& site, NewSession session) {
    co_await site.execute(sql::start_session, session.id, session.quiz_slug, session.quiz_version,
                          bytes(session.token_sha256), session.utm_json, session.started_at);
}

Task<std::optional<ResultRow>> find_result(const db::Database& site, std::string token_sha256) {
    return site.maybe_one<ResultRow>(sql::find_result, bytes(token_sha256));
}

Task<std::optional<ResultRow>> lock_result(db::Tx& tx, std::string token_sha256) {
    return tx.maybe_one<ResultRow>(sql::lock_result, bytes(token_sha256));
}

Task<void> save_answers(db::Tx& tx, Uuid id, std::string answers_json) {
    co_await tx.execute(sql::save_answers, id, answers_json);
}

Task<void> complete_result(db::Tx& tx, CompletedResult result) {
    co_await tx.execute(sql::complete_result, result.id, result.scores_json, result.profile, result.course_slugs,
                        result.email, result.completed_at);
}

Task<bool> claim_result(const db::Database& site, Uuid id, UserId user, Time at) {
    const auto claimed = co_await site.execute(sql::claim_result, id, user, at);
    co_return claimed > 0;
}

Task<std::vector<ResultRow>> results_of_user(const db::Database& site, UserId user) {
    return site.many<ResultRow>(sql::results_of_user, user);
}

Task<void> mirror_course(db::Tx& tx, MirroredCourse course) {
    co_await tx.execute(sql::mirror_course, course.course_id, course.slug, course.title, course.subtitle, course.level,
                        course.duration_seconds, course.lesson_count, course.version_no);
}

Task<std::vector<OfferedCourse>> mirrored_courses(const db::Database& site) {
    return site.many<OfferedCourse>(sql::mirrored_courses);
}

}  // namespace tt::content::store
