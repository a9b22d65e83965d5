#include "platform/events/relay.hpp"
#include "services/content-service/tests/support/content_kit.hpp"

#include <fstream>
#include <thread>

namespace tt::content::testing {
namespace {

class ContentSeeds : public ContentTest {};

TEST_F(ContentSeeds, LoadingTwiceChangesNothing) {
    EXPECT_GE(kit().seed(), 6U);
    EXPECT_EQ(kit().seed(), 0U);
    EXPECT_EQ(kit().get("/api/v1/posts/draft-pricing-notes").status, 404U);
    kit().clock.set(parse_rfc3339("2027-01-01T00:00:00Z").value());
    EXPECT_GE(kit().get("/api/v1/posts?limit=50")["items"].as_array().size(), 4U);
}

TEST_F(ContentSeeds, AFolderWithoutAQuizIsAnError) {
    const auto failed = kit().run(kit().service.seed("/nonexistent"));
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().reason, "seed_unreadable");
}

TEST_F(ContentSeeds, APublishedCourseIsMirroredThroughTheBus) {
    events::Bus bus;
    kit().service.subscribe(bus);
    events::Relay relay(kit().runtime.get(), kit().pool.database("svc_platform"), bus,
                        {.poll_interval = std::chrono::milliseconds(50)});
    relay.start();
    const auto id = to_string(uuid_v7());
    kit().database.exec("INSERT INTO integ.outbox (event_id, topic, subject, payload, origin) VALUES ('" +
                        to_string(uuid_v7()) + "', 'course.published', '" + id + R"(', '{"course_id":")" + id +
                        R"(","slug":"s","title":"From afar","subtitle":null,"level":"all","language":"en",)"
                        R"("duration_seconds":60,"lesson_count":2,"version_no":1,"new_member":[]}', )" +
                        "'academy')");
    std::string title;
    for (int i = 0; i < 200 && title.empty(); ++i) {
        title = kit().scalar("SELECT title FROM cms.course_mirror WHERE course_id = '" + id + "'");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(title, "From afar");
    kit().run(relay.drain());
}

}  // namespace
}  // namespace tt::content::testing
