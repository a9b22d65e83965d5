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

}  // namespace
}  // namespace tt::course::testing
