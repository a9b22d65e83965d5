#include "platform/http/server.hpp"
#include "services/progress-service/src/internal_api.hpp"
#include "services/progress-service/tests/support/progress_kit.hpp"

namespace tt::progress::testing {
namespace {

/// The contract once as the service object and once over HTTP: the same answers.
class ProgressClientContract : public ::testing::TestWithParam<bool> {
protected:
    static void SetUpTestSuite() {
        kit_ = new ProgressKit;
        internal_ = new ProgressInternalApi(kit_->service);
        router_ = new http::Router;
        router_->use([](http::Request& request, const http::Handler& next) -> Task<http::Response> {
            Principal caller;
            if (request.header("Authorization") == "Bearer service-key") caller.role = "service_role";
            request.attach(std::move(caller));
            return next(request);
        });
        internal_->mount(*router_);
        server_ = new http::Server(kit_->runtime.get(), {}, *router_);
        kit_->run(listen());
        http_ = new http::Client(kit_->runtime.get());
    }
    static void TearDownTestSuite() {
        kit_->run(server_->drain(std::chrono::milliseconds(200)));
        kit_->runtime.stop();
        delete http_;
        delete server_;
        delete router_;
        delete internal_;
        delete kit_;
    }
    static Task<void> listen() {
        server_->listen();
        co_return;
    }

    static std::unique_ptr<ProgressClient> remote(std::string token) {
        const http::SigningClient signing(
            *http_, [token](http::ClientRequest& request) { request.headers.set("Authorization", "Bearer " + token); });
        return make_http_progress_client(signing, "http://127.0.0.1:" + std::to_string(server_->port()));
    }
    ProgressClient& client() { return GetParam() ? *remote_ : static_cast<ProgressClient&>(kit_->service); }

    inline static ProgressKit* kit_ = nullptr;
    inline static ProgressInternalApi* internal_ = nullptr;
    inline static http::Router* router_ = nullptr;
    inline static http::Server* server_ = nullptr;
    inline static http::Client* http_ = nullptr;
    std::unique_ptr<ProgressClient> remote_ = remote("service-key");
    CourseId course_ = kit_->courses.course.course_id;
};

TEST_P(ProgressClientContract, ALearnerWhoDidNothingStandsAtZero) {
    const UserId user = kit_->enrolled();
    const auto standings = kit_->run(client().course_progress(user, {course_}));
    ASSERT_EQ(standings.size(), 1U);
    EXPECT_EQ(standings.front().course_id, course_);
    EXPECT_EQ(standings.front().lessons_required, 3);
    EXPECT_EQ(standings.front().lessons_completed, 0);
    EXPECT_FALSE(standings.front().grade_percent);
    EXPECT_FALSE(standings.front().certificate);
    EXPECT_TRUE(kit_->run(client().lesson_states(user, course_)).empty());
}

TEST_P(ProgressClientContract, AFinishedCourseIsToldWhole) {
    const UserId user = kit_->enrolled();
    kit_->complete(user);
    const auto standing = kit_->run(client().course_progress(user, {course_})).front();
    EXPECT_EQ(standing.completion_ppm, 1'000'000);
    EXPECT_EQ(standing.grade_percent->text, "100");
    EXPECT_TRUE(standing.passed);
    EXPECT_TRUE(standing.completed_at);
    EXPECT_EQ(standing.last_lesson_id, kit_->courses.watching);
    EXPECT_TRUE(standing.certificate);
    EXPECT_EQ(kit_->run(client().lesson_states(user, course_)).size(), 3U);
    const auto rules = kit_->run(client().quiz_rules_for(user, {kit_->courses.definition.id})).front();
    EXPECT_EQ(rules.attempts_used, 1);
    EXPECT_EQ(rules.pass_percent.text, "60");
    EXPECT_EQ(rules.best_score_percent->text, "100");
    EXPECT_EQ(rules.title, "Final");
}

TEST_P(ProgressClientContract, FractionsKeepTheirDigits) {
    const UserId user = kit_->enrolled();
    const auto attempt = kit_->started(user);
    kit_->answer_all(user, attempt);
    kit_->answer(user, attempt, 2, R"({"options":["a"]})", 2);
    kit_->call("POST", "/api/v1/attempts/" + std::string(attempt.at("id").as_string()) + "/submit", {}, user);
    EXPECT_EQ(kit_->run(client().course_progress(user, {course_})).front().grade_percent->text, "85");
    EXPECT_EQ(kit_->run(client().quiz_rules_for(user, {kit_->courses.definition.id})).front().best_score_percent->text,
              "85");
}

TEST_P(ProgressClientContract, UnknownThingsAreEmpty) {
    const UserId user = UserId::make();
    EXPECT_TRUE(kit_->run(client().lesson_states(user, CourseId::make())).empty());
    EXPECT_TRUE(kit_->run(client().quiz_rules_for(user, {QuizId::make()})).empty());
    EXPECT_EQ(kit_->run(client().course_progress(user, {CourseId::make()})).front().lessons_required, 0);
}

INSTANTIATE_TEST_SUITE_P(InProcessAndHttp, ProgressClientContract, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Http" : "InProcess"; });

class ProgressInternalAccess : public ProgressClientContract {};

TEST_P(ProgressInternalAccess, OnlyServicesMayAsk) {
    const auto stranger = remote("somebody");
    EXPECT_THROW(kit_->run(stranger->course_progress(UserId::make(), {course_})), Unavailable);
}

INSTANTIATE_TEST_SUITE_P(Http, ProgressInternalAccess, ::testing::Values(true));

}  // namespace
}  // namespace tt::progress::testing
