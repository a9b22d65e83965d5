#include "platform/events/relay.hpp"
#include "services/course-service/tests/support/course_kit.hpp"

#include <thread>

namespace tt::course::testing {
namespace {

/// The service with the relay of its database running.
class ServiceEvents : public CourseTest {
protected:
    static void SetUpTestSuite() {
        CourseTest::SetUpTestSuite();
        events::Bus bus;
        kit().service.subscribe(bus);
        events::RelayConfig config;
        config.poll_interval = std::chrono::milliseconds(50);
        config.max_attempts = 2;
        config.first_backoff = std::chrono::milliseconds(10);
        relay_ = std::make_unique<events::Relay>(kit().runtime.get(), kit().pool.database("svc_platform"), bus, config);
        relay_->start();
    }
    static void TearDownTestSuite() {
        kit().run(relay_->drain());
        kit().runtime.stop();
        relay_.reset();
        CourseTest::TearDownTestSuite();
    }

    static void tell(const std::string& topic, UserId user, const std::string& payload) {
        kit().database.exec("INSERT INTO integ.outbox (event_id, topic, subject, payload) VALUES ('" +
                            to_string(uuid_v7()) + "', '" + topic + "', '" + to_string(user) + "', '" + payload + "')");
    }

    /// What `sql` gives once it gives `expected`, or after 10 s.
    static std::string eventually(const std::string& sql, const std::string& expected) {
        std::string last;
        for (int i = 0; i < 200; ++i) {
            last = kit().database.scalar(sql);
            if (last == expected) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return last;
    }

    static std::string name_of(UserId user) {
        return "SELECT display_name FROM academy.learners WHERE user_id = '" + to_string(user) + "'";
    }
    static std::string profile(UserId user, const std::string& name, int version) {
        return R"({"user_id":")" + to_string(user) + R"(","display_name":")" + name +
               R"(","locale":"en","timezone":"UTC","something_new":true,"version":)" + std::to_string(version) + "}";
    }

private:
    static inline std::unique_ptr<events::Relay> relay_;
};

TEST_F(ServiceEvents, AProfileChangeReachesTheLearner) {
    const auto user = UserId::make();
    tell("user.created", user, R"({"user_id":")" + to_string(user) + R"("})");
    tell("profile.updated", user, profile(user, "Ada", 1));
    EXPECT_EQ(eventually(name_of(user), "Ada"), "Ada");
}

TEST_F(ServiceEvents, ALateProfileDoesNotUndoANewerOne) {
    const auto user = UserId::make();
    tell("profile.updated", user, profile(user, "New", 5));
    tell("profile.updated", user, profile(user, "Old", 4));
    tell("user.created", user, R"({"user_id":")" + to_string(user) + R"("})");
    const std::string done =
        "SELECT count(*) FROM integ.inbox WHERE consumer = 'course.learners' AND event_id IN "
        "(SELECT event_id FROM integ.outbox WHERE subject = '" +
        to_string(user) + "')";
    EXPECT_EQ(eventually(done, "3"), "3");
    EXPECT_EQ(kit().database.scalar(name_of(user)), "New");
}

TEST_F(ServiceEvents, ACompletedCourseIsMarkedOnceAndStays) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    kit().run(kit().catalogue.enroll(user, course)).value();
    const std::string about = R"({"user_id":")" + to_string(user) + R"(","course_id":")" + to_string(course) + "\"";
    tell("course.completed", user, about + R"(,"completed_at":"2026-01-02T03:04:05Z"})");
    tell("course.completed", user, about + R"(,"completed_at":"2026-02-02T03:04:05Z"})");
    const std::string completed =
        "SELECT completed_at AT TIME ZONE 'UTC' FROM enrollments WHERE user_id = '" + to_string(user) + "'";
    EXPECT_EQ(eventually(completed, "2026-01-02 03:04:05"), "2026-01-02 03:04:05");
    const std::string waiting = "SELECT count(*) FROM integ.deliveries WHERE subject = '" + to_string(user) + "'";
    EXPECT_EQ(eventually(waiting, "0"), "0");
    EXPECT_EQ(kit().database.scalar(completed), "2026-01-02 03:04:05");
}

TEST_F(ServiceEvents, AnEventWithoutAUserIsParkedForAnOperator) {
    const auto user = UserId::make();
    tell("profile.updated", user, R"({"user_id":"nobody"})");
    EXPECT_EQ(eventually("SELECT count(*) FROM integ.dead_letters WHERE subject = '" + to_string(user) + "'", "1"),
              "1");
}

using EnrollmentErasure = ServiceEvents;

TEST_F(EnrollmentErasure, ALearnerIsForgottenAndDoesNotComeBack) {
    const auto user = UserId::make();
    tell("profile.updated", user, profile(user, "Ada", 3));
    EXPECT_EQ(eventually(name_of(user), "Ada"), "Ada");
    tell("user.deleted", user, R"({"user_id":")" + to_string(user) + R"(","email_sha256":""})");
    tell("profile.updated", user, profile(user, "Ada again", 9));
    const std::string status =
        "SELECT status || coalesce(display_name, '') FROM academy.learners WHERE user_id = '" + to_string(user) + "'";
    EXPECT_EQ(eventually(status, "erased"), "erased");
    const std::string waiting = "SELECT count(*) FROM integ.deliveries WHERE subject = '" + to_string(user) + "'";
    EXPECT_EQ(eventually(waiting, "0"), "0");
    EXPECT_EQ(kit().database.scalar(status), "erased");
    for (const auto& bucket : kit().run(kit().catalogue.learner_buckets())) {
        EXPECT_NE(bucket.bucket, user.value.bytes[15]) << "the site has no such profile to compare with";
    }
}

TEST_F(EnrollmentErasure, SomebodyNeverHeardOfIsErasedBeforeTheyCome) {
    const auto user = UserId::make();
    tell("user.deleted", user, R"({"user_id":")" + to_string(user) + R"("})");
    tell("profile.updated", user, profile(user, "Late", 1));
    const std::string waiting = "SELECT count(*) FROM integ.deliveries WHERE subject = '" + to_string(user) + "'";
    eventually("SELECT count(*) FROM academy.learners WHERE user_id = '" + to_string(user) + "'", "1");
    EXPECT_EQ(eventually(waiting, "0"), "0");
    EXPECT_EQ(kit().database.scalar(name_of(user)), "");
}

TEST_F(EnrollmentErasure, EnrollmentsAreExportedAndGoWhenProgressIsGone) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    kit().run(kit().catalogue.enroll(user, course)).value();
    const auto data = kit().run(kit().service.personal_data({user, "ada@example.com"}));
    ASSERT_EQ(data.parts.size(), 1U);
    EXPECT_NE(data.parts[0].data.text.find(to_string(course)), std::string::npos);
    const std::string enrolled = "SELECT count(*) FROM enrollments WHERE user_id = '" + to_string(user) + "'";
    tell("user.deleted", user, R"({"user_id":")" + to_string(user) + R"("})");
    const std::string status = "SELECT status FROM academy.learners WHERE user_id = '" + to_string(user) + "'";
    EXPECT_EQ(eventually(status, "erased"), "erased");
    EXPECT_EQ(kit().database.scalar(enrolled), "1") << "attempts may still point at it";
    tell("progress.erased", user, R"({"user_id":")" + to_string(user) + R"("})");
    EXPECT_EQ(eventually(enrolled, "0"), "0");
}

}  // namespace
}  // namespace tt::course::testing
