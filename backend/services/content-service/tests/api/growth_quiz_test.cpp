#include "services/content-service/src/store/growth_quiz.hpp"
#include "services/content-service/tests/support/content_kit.hpp"

#include <gmock/gmock.h>
#include <set>

namespace tt::content::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Task<void> mirror(db::Database site, store::MirroredCourse course) {
    db::Tx tx = co_await site.begin();
    co_await store::mirror_course(tx, std::move(course));
    co_await tx.commit();
}

class GrowthApi : public ContentTest {
protected:
    static void SetUpTestSuite() {
        ContentTest::SetUpTestSuite();
        kit().seed();
        kit().run(mirror(kit().site, {.course_id = uuid_v7(),
                                      .slug = "growth-marketing-foundations",
                                      .title = "Foundations",
                                      .subtitle = std::nullopt,
                                      .level = "beginner",
                                      .version_no = 1}));
    }

    static std::string start() {
        const auto started = kit().post("/api/v1/quizzes/growth/sessions", R"({"utm":{"source":"test"}})");
        EXPECT_EQ(started.status, 201U) << started.text;
        return started.str("token");
    }
    static Call answer_call(const std::string& token, const std::string& question, const std::string& options) {
        return {"PUT", "/api/v1/quiz-sessions/" + token + "/answers/" + question, R"({"options":)" + options + "}"};
    }
    static Answer answer(const std::string& token, const std::string& question, const std::string& options) {
        return kit().call(answer_call(token, question, options));
    }
    /// The first option of every question.
    static void answer_all(const std::string& token) {
        const auto quiz = kit().get("/api/v1/quizzes/growth");
        for (const auto& question : quiz["questions"].as_array()) {
            const boost::json::array options{question.at("options").at(0).at("key")};
            answer(token, std::string(question.at("key").as_string()), boost::json::serialize(options));
        }
    }
    static std::string completed_session() {
        const auto token = start();
        answer_all(token);
        EXPECT_EQ(complete(token).status, 200U);
        return token;
    }
    static Call complete_call(const std::string& token) {
        return {"POST", "/api/v1/quiz-sessions/" + token + "/complete", "{}"};
    }
    static Answer complete(const std::string& token) { return kit().call(complete_call(token)); }
    static Answer claim(const std::string& token, std::optional<UserId> user) {
        return kit().call({"POST", "/api/v1/quiz-results/" + token + "/claim", "", user});
    }
};

TEST_F(GrowthApi, TheQuizShowsNoPointsAndNoRules) {
    const auto quiz = kit().get("/api/v1/quizzes/growth");
    EXPECT_EQ(quiz.status, 200U);
    EXPECT_EQ(quiz["questions"].as_array().size(), 8U);
    EXPECT_THAT(quiz.text, Not(HasSubstr("points")));
    EXPECT_THAT(quiz.text, Not(HasSubstr("min_percent")));
    EXPECT_EQ(kit().get("/api/v1/quizzes/other").str("code"), "quiz_not_found");
    EXPECT_EQ(kit().post("/api/v1/quizzes/other/sessions", "{}").status, 404U);
}

TEST_F(GrowthApi, TheTokenIsStoredOnlyAsItsHash) {
    const auto token = start();
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM quiz_results WHERE quiz_results::text LIKE '%" + token + "%'"), "0");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM quiz_results WHERE token_sha256 = sha256('" + token + "')"), "1");
}

TEST_F(GrowthApi, TheSameAnswerAgainChangesNothing) {
    const auto token = start();
    const auto first = answer(token, "customer", R"(["job"])");
    EXPECT_EQ(first["answered"].as_int64(), 1);
    EXPECT_EQ(first["total"].as_int64(), 8);
    EXPECT_EQ(answer(token, "customer", R"(["job"])").text, first.text);
    EXPECT_EQ(answer(token, "customer", R"(["rough"])")["answered"].as_int64(), 1);
}

TEST_F(GrowthApi, SixteenAnswersAtOnceAllArrive) {
    const auto token = start();
    for (const auto& one : kit().call_at_once(answer_call(token, "customer", R"(["job"])"), 16)) {
        EXPECT_EQ(one.status, 200U) << one.text;
    }
    EXPECT_EQ(answer(token, "offer", R"(["proof"])")["answered"].as_int64(), 2);
}

TEST_F(GrowthApi, BadAnswersAreNamed) {
    const auto token = start();
    EXPECT_EQ(answer(token, "nothing", R"(["job"])").str("code"), "question_unknown");
    EXPECT_EQ(answer(token, "customer", R"(["nobody"])").str("code"), "answer_invalid");
    EXPECT_EQ(answer(token, "customer", R"(["job","rough"])").str("code"), "answer_invalid");
    EXPECT_EQ(answer(token, "customer", "[]").status, 400U);
    EXPECT_EQ(answer("wrong-token", "customer", R"(["job"])").str("code"), "session_not_found");
    EXPECT_EQ(
        kit().post("/api/v1/quizzes/growth/sessions", R"({"utm":{"x":")" + std::string(3000, 'x') + "\"}}").status,
        400U);
}

TEST_F(GrowthApi, AnIncompleteQuizHasNoResult) {
    const auto token = start();
    answer(token, "customer", R"(["job"])");
    const auto refused = complete(token);
    EXPECT_EQ(refused.status, 409U);
    EXPECT_EQ(refused.str("code"), "quiz_incomplete");
    EXPECT_EQ(kit().get("/api/v1/quiz-results/" + token).status, 409U);
    EXPECT_EQ(claim(token, UserId::make()).status, 409U);
    EXPECT_EQ(kit().get("/api/v1/quiz-results/unknown").status, 404U);
    EXPECT_EQ(complete("unknown").status, 404U);
}

TEST_F(GrowthApi, CompletingAgainReturnsTheFirstResult) {
    const auto token = completed_session();
    const auto first = kit().get("/api/v1/quiz-results/" + token);
    kit().clock.advance(std::chrono::hours(1));
    EXPECT_EQ(complete(token).text, first.text);
    EXPECT_EQ(first["profile"].at("key").as_string(), "starter");
    EXPECT_EQ(first["scores"].as_array().size(), 5U);
    const auto& course = first["recommended_courses"].at(0);
    EXPECT_EQ(course.at("url").as_string(), "http://academy.test/courses/growth-marketing-foundations");
    EXPECT_EQ(course.at("title").as_string(), "Foundations");
}

TEST_F(GrowthApi, SixteenCompletionsAtOnceAreOneResult) {
    const auto token = start();
    answer_all(token);
    std::set<std::string> results;
    for (const auto& one : kit().call_at_once(complete_call(token), 16)) {
        EXPECT_EQ(one.status, 200U) << one.text;
        results.insert(one.text);
    }
    EXPECT_EQ(results.size(), 1U);
}

TEST_F(GrowthApi, AfterCompletionOnlyTheSameAnswerIsAccepted) {
    const auto token = start();
    answer_all(token);
    complete(token);
    EXPECT_EQ(answer(token, "customer", R"(["everyone"])").status, 200U);
    const auto refused = answer(token, "customer", R"(["job"])");
    EXPECT_EQ(refused.status, 409U);
    EXPECT_EQ(refused.str("code"), "quiz_completed");
}

TEST_F(GrowthApi, TheFirstAccountKeepsTheResult) {
    const auto token = completed_session();
    const auto first = UserId::make(), second = UserId::make();
    EXPECT_EQ(claim(token, std::nullopt).status, 401U);
    EXPECT_EQ(claim(token, first)["claimed"], true);
    EXPECT_EQ(claim(token, first).status, 200U);
    const auto refused = claim(token, second);
    EXPECT_EQ(refused.status, 409U);
    EXPECT_EQ(refused.str("code"), "result_claimed");
    EXPECT_EQ(kit().call({.target = "/api/v1/me/quiz-results", .user = first})["items"].as_array().size(), 1U);
    EXPECT_EQ(kit().call({.target = "/api/v1/me/quiz-results", .user = second})["items"].as_array().size(), 0U);
    EXPECT_EQ(kit().get("/api/v1/me/quiz-results").status, 401U);
}

TEST_F(GrowthApi, AListOfOwnResultsGivesNoTokenAway) {
    const auto token = completed_session();
    const auto user = UserId::make();
    claim(token, user);
    const auto list = kit().call({.target = "/api/v1/me/quiz-results", .user = user});
    EXPECT_EQ(list["items"].at(0).at("token").as_string(), "");
}

TEST_F(GrowthApi, ANewCourseDoesNotChangeAnOldResult) {
    const auto token = completed_session();
    const auto before = kit().get("/api/v1/quiz-results/" + token).text;
    kit().run(mirror(kit().site, {.course_id = uuid_v7(),
                                  .slug = "another",
                                  .title = "Another",
                                  .subtitle = "",
                                  .level = "all",
                                  .version_no = 1}));
    EXPECT_EQ(kit().get("/api/v1/quiz-results/" + token).text, before);
    kit().database.exec("DELETE FROM cms.course_mirror WHERE slug = 'another'");
}

TEST_F(GrowthApi, ALateCourseEventDoesNotUndoANewerOne) {
    const auto id = uuid_v7();
    for (const int version : {2, 3, 1}) {
        kit().run(mirror(kit().site, {.course_id = id,
                                      .slug = "ordered",
                                      .title = "v" + std::to_string(version),
                                      .subtitle = std::nullopt,
                                      .level = "all",
                                      .version_no = version}));
    }
    EXPECT_EQ(kit().scalar("SELECT title FROM cms.course_mirror WHERE slug = 'ordered'"), "v3");
    kit().database.exec("DELETE FROM cms.course_mirror WHERE slug = 'ordered'");
}

TEST_F(GrowthApi, ARunningSessionKeepsTheVersionItBeganWith) {
    const auto token = start();
    auto quiz = kit().run(store::live_quiz(kit().site, "growth")).value();
    quiz.version = 2;
    quiz.questions.resize(1);
    Growth growth(kit().site, kit().clock, "http://academy.test");
    EXPECT_TRUE(kit().run(growth.save(quiz)).value());
    EXPECT_EQ(kit().get("/api/v1/quizzes/growth")["questions"].as_array().size(), 1U);
    EXPECT_EQ(answer(token, "numbers", R"(["value","cost"])")["total"].as_int64(), 8);
    EXPECT_FALSE(kit().run(growth.save(quiz)).value());
    kit().database.exec(
        "UPDATE cms.growth_quizzes SET is_live = false WHERE version = 2;"
        "UPDATE cms.growth_quizzes SET is_live = true WHERE version = 1");
}

}  // namespace
}  // namespace tt::content::testing
