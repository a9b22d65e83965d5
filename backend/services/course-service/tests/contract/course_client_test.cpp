#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "services/course-service/src/internal_api.hpp"
#include "services/course-service/tests/support/course_kit.hpp"

/// One suite for both ways to ask the course-service: the object in this process, and the same over HTTP.
namespace tt::course::testing {
namespace {

constexpr const char* token = "service-token";

/// Stands for the authenticator: one token is another service, everything else is nobody.
Task<http::Response> identify(http::Request& request, const http::Handler& next) {
    Principal caller;
    if (request.header("authorization") == std::string("Bearer ") + token) caller.role = "service_role";
    request.attach(std::move(caller));
    co_return co_await next(request);
}

struct Peer {
    explicit Peer(CourseKit& kit) : api(kit.catalogue), client(kit.runtime.get()) {
        router.use(identify);
        api.mount(router);
        server = std::make_unique<http::Server>(kit.runtime.get(), http::ServerConfig{}, router);
        server->listen();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server->port()); }

    CourseInternalApi api;
    http::Router router;
    http::Client client;
    std::unique_ptr<http::Server> server;
};

http::SigningClient client_with(http::Client& client, std::string key) {
    return {client, [key](http::ClientRequest& request) { request.headers.set("Authorization", "Bearer " + key); }};
}

class CourseClientContract : public CourseTest, public ::testing::WithParamInterface<bool> {
protected:
    static void SetUpTestSuite() {
        CourseTest::SetUpTestSuite();
        peer_ = std::make_unique<Peer>(kit());
        remote_ = make_http_course_client(client_with(peer_->client, token), peer_->url());
    }
    static void TearDownTestSuite() {
        kit().run(peer_->server->drain(std::chrono::seconds(5)));
        kit().runtime.stop();
        remote_.reset();
        peer_.reset();
        CourseTest::TearDownTestSuite();
    }

    CourseClient& client() { return GetParam() ? *remote_ : kit().catalogue; }
    static Peer& peer() { return *peer_; }

private:
    static inline std::unique_ptr<Peer> peer_;
    static inline std::unique_ptr<CourseClient> remote_;
};

TEST_P(CourseClientContract, EnrollsOnceAndFindsItAgain) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    const auto first = kit().run(client().enroll(user, course)).value();
    const auto second = kit().run(client().enroll(user, course)).value();
    EXPECT_TRUE(first.created);
    EXPECT_FALSE(second.created);
    EXPECT_EQ(first.enrollment.id, second.enrollment.id);
    const auto found = kit().run(client().find_enrollment(user, course)).value();
    EXPECT_EQ(found.id, first.enrollment.id);
    EXPECT_EQ(found.enrolled_at, kit().clock.now());
    EXPECT_EQ(found.course_version_id, kit().structure(course).course_version_id);
}

TEST_P(CourseClientContract, SaysWhyEnrollingIsRefused) {
    auto draft = kit().unique_draft();
    draft.enrollment_mode = "paid";
    const auto paid = kit().run(client().enroll(UserId::make(), kit().publish(draft)));
    EXPECT_EQ(paid.error().code, Code::payment_required);
    EXPECT_EQ(paid.error().reason, "payment_required");
    draft = kit().unique_draft();
    draft.enrollment_mode = "closed";
    const auto closed = kit().run(client().enroll(UserId::make(), kit().publish(draft)));
    EXPECT_EQ(closed.error().code, Code::conflict);
    EXPECT_EQ(closed.error().reason, "course_not_open");
    const auto unknown = kit().run(client().enroll(UserId::make(), CourseId::make()));
    EXPECT_EQ(unknown.error().code, Code::not_found);
    EXPECT_EQ(unknown.error().reason, "course_not_found");
}

TEST_P(CourseClientContract, WhatDoesNotExistIsNotFoundByItsReason) {
    EXPECT_EQ(kit().run(client().find_enrollment(UserId::make(), CourseId::make())).error().reason, "not_enrolled");
    EXPECT_EQ(kit().run(client().structure(CourseId::make())).error().reason, "course_not_found");
    EXPECT_EQ(kit().run(client().course_by_slug("no such course")).error().reason, "course_not_found");
    EXPECT_EQ(kit().run(client().quiz(QuizId::make())).error().reason, "quiz_not_found");
    EXPECT_EQ(kit().run(client().learner(UserId::make())).error().reason, "learner_not_found");
    const std::vector<QuestionRef> refs(1, QuestionRef{QuestionId::make(), 1});
    EXPECT_EQ(kit().run(client().question_revisions(refs)).error().reason, "question_not_found");
    EXPECT_EQ(kit().run(client().answer_keys(refs)).error().reason, "question_not_found");
}

TEST_P(CourseClientContract, TellsTheStructureExactly) {
    const auto draft = kit().unique_draft();
    const auto course = kit().publish(draft);
    const auto structure = kit().run(client().structure(course)).value();
    EXPECT_EQ(json::write(structure), json::write(kit().structure(course)));
    EXPECT_EQ(structure.pass_percent, "60.000") << "decimals stay text";
    EXPECT_EQ(kit().run(client().course_by_slug(draft.slug)).value(), course);
}

TEST_P(CourseClientContract, TellsQuizzesQuestionsAndKeysInTheAskedOrder) {
    const auto structure = kit().structure(kit().publish(kit().unique_draft()));
    const auto quiz = kit().run(client().quiz(structure.quizzes[0].id)).value();
    EXPECT_EQ(quiz.max_attempts, 2);
    EXPECT_EQ(quiz.review_policy.key, "after_last_attempt_or_close");
    ASSERT_EQ(quiz.questions.size(), 2u);
    EXPECT_EQ(quiz.questions[0].options[1].html, "Lyon");
    EXPECT_EQ(quiz.questions[1].points, "2.0000");

    const std::vector<QuestionRef> backwards{structure.quizzes[0].questions[1], structure.quizzes[0].questions[0]};
    const auto revisions = kit().run(client().question_revisions(backwards)).value();
    EXPECT_EQ(revisions[0].type, "numeric");
    EXPECT_EQ(revisions[1].type, "single_choice");
    const auto keys = kit().run(client().answer_keys(backwards)).value();
    EXPECT_EQ(keys[0].explanation_html, "<p>Add them.</p>");
    EXPECT_EQ(boost::json::parse(keys[1].answer_key.text).at("option").as_string(), "paris");
}

TEST_P(CourseClientContract, TellsALearner) {
    const auto user = UserId::make();
    std::vector<LearnerProfile> profiles(1, LearnerProfile{user, "Žofie Nováková", "cs", "Europe/Prague", 1});
    kit().run(kit().catalogue.upsert_learners(profiles));
    const auto learner = kit().run(client().learner(user)).value();
    EXPECT_EQ(learner.display_name, "Žofie Nováková");
    EXPECT_EQ(learner.locale, "cs");
}

INSTANTIATE_TEST_SUITE_P(Ways, CourseClientContract, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Http" : "Local"; });

class CourseInternal : public CourseTest {};

TEST_F(CourseInternal, IsForServicesOnly) {
    Peer peer(kit());
    const auto call = [&](std::string authorization) {
        http::ClientRequest request;
        request.method = "POST";
        request.url = peer.url() + "/internal/v1/answer-keys";
        request.headers.set("Content-Type", "application/json");
        if (!authorization.empty()) request.headers.set("Authorization", std::move(authorization));
        request.body = R"({"questions":[]})";
        return kit().run(peer.client.send(std::move(request))).status;
    };
    EXPECT_EQ(call(""), 401u);
    EXPECT_EQ(call("Bearer somebody"), 401u);
    EXPECT_EQ(call(std::string("Bearer ") + token), 200u);
    auto stranger = make_http_course_client(client_with(peer.client, "wrong"), peer.url());
    EXPECT_THROW(kit().run(stranger->learner(UserId::make())), Unavailable);
    kit().run(peer.server->drain(std::chrono::seconds(5)));
    kit().runtime.stop();  // the connections of the client end with their threads; this suite has no other test
}

}  // namespace
}  // namespace tt::course::testing
