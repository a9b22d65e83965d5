#include "services/content-service/tests/support/content_kit.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace tt::content::testing {
namespace {

/// The service as a process runs it: with its worker and its schedules.
class RunningContent : public ContentTest {
protected:
    static void SetUpTestSuite() {
        ContentTest::SetUpTestSuite();
        const auto platform = kit().pool.database("svc_platform");
        worker_ = std::make_unique<jobs::Worker>(kit().runtime.get(), platform,
                                                 jobs::WorkerConfig{.poll_interval = std::chrono::milliseconds(50)});
        scheduler_ = std::make_unique<jobs::Scheduler>(kit().runtime.get(), platform);
        kit().service.work(*worker_);
        kit().service.schedule(*scheduler_);
        worker_->start();
        scheduler_->start();
    }
    static void TearDownTestSuite() {
        kit().run(scheduler_->drain());
        kit().run(worker_->drain());
        kit().runtime.stop();
        scheduler_.reset();
        worker_.reset();
        ContentTest::TearDownTestSuite();
    }

    static std::vector<mail::Message> wait_for_mail(const std::string& email) {
        for (int i = 0; i < 300 && kit().mailer.sent_to(email).empty(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return kit().mailer.sent_to(email);
    }

private:
    static inline std::unique_ptr<jobs::Worker> worker_;
    static inline std::unique_ptr<jobs::Scheduler> scheduler_;
};

TEST_F(RunningContent, ASubscriptionSendsItsMail) {
    kit().post("/api/v1/newsletter/subscriptions", R"({"email":"worker@example.com"})");
    const auto mails = wait_for_mail("worker@example.com");
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_THAT(mails[0].html, ::testing::HasSubstr("http://site.test/newsletter/confirm?token="));
}

TEST_F(RunningContent, AContactMessageReachesTheTeam) {
    kit().post("/api/v1/contact", R"({"name":"Jane","email":"jane@example.com","message":"Hello"})");
    const auto mails = wait_for_mail("team@site.test");
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].subject, "[contact] Message from the website");
}

TEST_F(RunningContent, ARowOfTheDataApiGetsItsMailWithinSeconds) {
    const db::Context anon{.role = "anon"};
    const db::Query insert{"test_insert", "INSERT INTO newsletter_subscribers (email) VALUES ('data@example.com')"};
    kit().run(kit().site.run(anon, insert, {}));
    EXPECT_EQ(wait_for_mail("data@example.com").size(), 1U);
}

TEST_F(RunningContent, TextThatPostgresqlCannotStoreIsRefusedNotAnError) {
    const std::vector<Call> calls{
        {"POST", "/api/v1/contact", "{\"name\":\"a\\u0000\",\"email\":\"a@b.de\",\"message\":\"m\"}"},
        {"POST", "/api/v1/newsletter/subscriptions", "{\"email\":\"a@b.de\",\"name\":\"\\u0000\"}"},
        {"POST", "/api/v1/quizzes/growth/sessions", "{\"utm\":{\"a\\u0000\":1}}"},
        {"POST", "/api/v1/quizzes/growth/sessions", "{\"utm\":{\"a\":\"\\u0000\"}}"},
        {"POST", "/api/v1/quizzes/growth/sessions", "{\"utm\":{\"a\":\"\\ud800\"}}"},
        {"POST", "/api/v1/quizzes/growth/sessions", "{\"utm\":\"" + std::string(1, '\xFF') + "\"}"},
        {"GET", "/api/v1/posts/%00"},
        {"GET", "/api/v1/posts?tag=%00"},
        {"GET", "/api/v1/quiz-results/%FF"},
        {"GET", "/api/v1/newsletter/unsubscribe/%00"},
        {"POST", "/u/%FF"},
    };
    kit().seed();
    for (const auto& call : calls) {
        const auto answer = kit().call(call);
        EXPECT_LT(answer.status, 500U) << call.target << call.body << answer.text;
    }
}

}  // namespace
}  // namespace tt::content::testing
