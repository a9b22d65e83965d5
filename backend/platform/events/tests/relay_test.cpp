#include "platform/events/relay.hpp"

#include "platform/events/outbox_sql.hpp"
#include "platform/events/relay_sql.hpp"
#include "platform/events/tests/events_fixture.hpp"

#include <gmock/gmock.h>

#include <atomic>

namespace platform::events {
namespace {

using std::chrono::milliseconds;

constexpr const char* effect_count = "SELECT count(*) FROM effects";
// Per consumer and subject, the numbers in the order in which the effects were written.
constexpr const char* disorder = R"(
    SELECT count(*) FROM (
        SELECT (payload->>'number')::int AS number,
               lag((payload->>'number')::int) OVER (PARTITION BY consumer, subject ORDER BY n) AS before
        FROM effects) t
    WHERE number <= before)";

RelayConfig quick() {
    return {.poll_interval = milliseconds(100), .max_attempts = 3, .first_backoff = milliseconds(10)};
}

using RelayTest = EventsTest;

TEST_F(RelayTest, EveryQueryPrepares) {
    EXPECT_THAT(test_db->prepare_all(sql::relay_queries), ::testing::IsEmpty());
    EXPECT_THAT(test_db->prepare_all(sql::outbox_queries), ::testing::IsEmpty());
}

struct CourseOpened {
    static constexpr std::string_view topic = "test.happened";
    std::string course;
    int seats = 0;
    std::string subject() const { return course; }
};
BOOST_DESCRIBE_STRUCT(CourseOpened, (), (course, seats))

Task<void> append_typed(db::Database database) {
    db::Tx tx = co_await database.begin();
    const CourseOpened event{"c1", 12};
    co_await append(tx, event);
    co_await tx.commit();
}

TEST_F(RelayTest, AnEventReachesEveryConsumerOnceInItsRoleAndSoon) {
    Bus bus;
    bus.as("svc_events_test").subscribe("first", "test.happened", writer("first"));
    bus.subscribe("second", "test.happened", writer("second"));
    bus.subscribe("other", "test.other", writer("other"));
    Relay relay(runtime_.get(), database(), bus, {.poll_interval = milliseconds(10'000)});
    relay.start();
    ASSERT_TRUE(becomes("SELECT count(*) FROM integ.subscriptions", "3"));
    std::this_thread::sleep_for(milliseconds(100));  // the loops have found nothing and wait
    runtime_.run(append_typed(database()));
    EXPECT_TRUE(becomes(effect_count, "2"));
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.deliveries", "0"));
    EXPECT_EQ(test_db->scalar(
                  "SELECT role || ' ' || subject || ' ' || (payload->>'seats') FROM effects WHERE consumer = 'first'"),
              "svc_events_test c1 12");
    // By the hint, not by the poll; 100 ms is the promise, the rest is for a sanitizer on a busy machine.
    EXPECT_EQ(test_db->scalar("SELECT max(e.at - o.created_at) < interval '500 ms' FROM effects e, integ.outbox o"),
              "t");
    runtime_.run(relay.drain());
}

TEST_F(RelayTest, OneSubjectIsToldInOrderThoughManyAreAtWork) {
    Bus bus;
    bus.subscribe("first", "test.happened", writer("first"));
    Relay one(runtime_.get(), database(), bus, quick());
    Relay two(runtime_.get(), database(), bus, quick());
    one.start();
    two.start();
    for (int batch = 0; batch < 10; ++batch) {
        std::vector<NewEvent> events;
        for (int i = 0; i < 20; ++i) events.push_back(numbered("s" + std::to_string(i % 4), batch * 20 + i));
        tell(std::move(events));
    }
    EXPECT_TRUE(becomes(effect_count, "200"));
    EXPECT_EQ(test_db->scalar(disorder), "0");
    EXPECT_EQ(test_db->scalar("SELECT count(DISTINCT event_id) FROM effects"), "200");
    runtime_.run(one.drain());
    runtime_.run(two.drain());
}

TEST_F(RelayTest, APoisonEventIsParkedAndHoldsUpOnlyItsSubjectUntilThen) {
    Bus bus;
    bus.subscribe("first", "test.happened", [](db::Tx& tx, Event event) -> Task<void> {
        if (event.payload.find(": 13}") != std::string::npos) throw std::runtime_error("cannot digest 13");
        co_await write_effect(tx, "first", std::move(event));
    });
    bus.subscribe("second", "test.happened", writer("second"));
    Relay relay(runtime_.get(), database(), bus, quick());
    relay.start();
    tell({numbered("a", 13), numbered("a", 14), numbered("b", 15)});
    EXPECT_TRUE(becomes("SELECT count(*) FROM effects WHERE consumer = 'second'", "3"));
    EXPECT_TRUE(becomes("SELECT consumer || ' ' || attempts || ' ' || error FROM integ.dead_letters",
                        "first 3 cannot digest 13"));
    EXPECT_TRUE(becomes(
        "SELECT string_agg(payload->>'number', ' ' ORDER BY payload->>'number') FROM effects WHERE consumer = 'first'",
        "14 15"));
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.deliveries", "0"));
    runtime_.run(relay.drain());
}

TEST_F(RelayTest, AHandlerThatFailsOnceLeavesNoHalfEffect) {
    auto failures = std::make_shared<std::atomic<int>>(2);
    Bus bus;
    bus.subscribe("first", "test.happened", [failures](db::Tx& tx, Event event) -> Task<void> {
        co_await write_effect(tx, "first", std::move(event));
        if (failures->fetch_sub(1) > 0) throw std::runtime_error("after the effect");
    });
    Relay relay(runtime_.get(), database(), bus, quick());
    relay.start();
    tell({numbered("a", 1)});
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.inbox", "1"));
    EXPECT_EQ(test_db->scalar(effect_count), "1");
    runtime_.run(relay.drain());
}

TEST_F(RelayTest, AnEventDeliveredTwiceHasOneEffect) {
    Bus bus;
    bus.subscribe("first", "test.happened", writer("first"));
    Relay relay(runtime_.get(), database(), bus, quick());
    relay.start();
    tell({numbered("a", 1)});
    EXPECT_TRUE(becomes(effect_count, "1"));
    test_db->exec("UPDATE integ.outbox SET relayed_at = NULL");  // a replay
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.outbox WHERE relayed_at IS NULL", "0"));
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.deliveries", "0"));
    EXPECT_EQ(test_db->scalar(effect_count), "1");
    runtime_.run(relay.drain());
}

TEST_F(RelayTest, ARolledBackFactIsNeverTold) {
    runtime_.run([](db::Database database) -> Task<void> {
        db::Tx tx = co_await database.begin();
        co_await append(tx, numbered("a", 1));
    }(database()));
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM integ.outbox"), "0");
}

TEST_F(RelayTest, EffectsAreExactlyOnceThoughSessionsAreKilled) {
    Bus bus;
    bus.subscribe("first", "test.happened", writer("first"));
    bus.subscribe("second", "test.happened", writer("second"));
    Relay one(runtime_.get(), database(), bus, quick());
    Relay two(runtime_.get(), database(), bus, quick());
    one.start();
    two.start();
    int told = 0;
    for (int round = 0; round < 15; ++round) {
        std::vector<NewEvent> events;
        for (int i = 0; i < 10; ++i) events.push_back(numbered("s" + std::to_string(i % 3), round * 10 + i));
        try {
            tell(std::move(events));
            told += 10;
        } catch (const Unavailable&) {
            // Killed before or after its commit: counted below by what is in the outbox.
        }
        test_db->exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'events_pool'");
    }
    const int stored = std::stoi(test_db->scalar("SELECT count(*) FROM integ.outbox"));
    EXPECT_GE(stored, told);
    EXPECT_TRUE(becomes(effect_count, std::to_string(2 * stored)));
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.deliveries", "0"));
    EXPECT_EQ(test_db->scalar("SELECT count(DISTINCT (consumer, event_id)) FROM effects"), std::to_string(2 * stored));
    EXPECT_EQ(test_db->scalar(disorder), "0");
    runtime_.run(one.drain());
    runtime_.run(two.drain());
}

TEST_F(RelayTest, AConsumerThatDropsATopicIsNotOwedItAnyMore) {
    test_db->exec("INSERT INTO integ.subscriptions VALUES ('first', 'test.gone')");
    Bus bus;
    bus.subscribe("first", "test.happened", writer("first"));
    Relay relay(runtime_.get(), database(), bus, quick());
    relay.start();
    EXPECT_TRUE(becomes("SELECT string_agg(topic, ' ') FROM integ.subscriptions", "test.happened"));
    runtime_.run(relay.drain());
}

TEST_F(RelayTest, OldEventsArePrunedUnlessSomebodyIsStillOwedThem) {
    test_db->exec(R"(
        INSERT INTO integ.outbox (event_id, topic, payload, relayed_at)
        SELECT gen_random_uuid(), 'test.happened', '{}', now() - interval '40 days' FROM generate_series(1, 3);
        INSERT INTO integ.deliveries (consumer, outbox_id, subject, next_at)
        SELECT 'elsewhere', min(id), '', now() + interval '1 day' FROM integ.outbox;
        INSERT INTO integ.inbox (consumer, event_id, received_at)
        VALUES ('first', gen_random_uuid(), now() - interval '40 days'))");
    Relay relay(runtime_.get(), database(), Bus(), quick());
    relay.start();
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.outbox", "1"));
    EXPECT_TRUE(becomes("SELECT count(*) FROM integ.inbox", "0"));
    runtime_.run(relay.drain());
}

TEST(Bus, RefusesTwoRolesAndTwoHandlers) {
    Bus bus;
    const EventHandler handler = [](db::Tx&, Event) -> Task<void> { co_return; };
    bus.subscribe("first", "a", handler);
    EXPECT_THROW(bus.subscribe("first", "a", handler), std::logic_error);
    EXPECT_THROW(bus.as("svc_other").subscribe("first", "b", handler), std::logic_error);
    EXPECT_NO_THROW(bus.subscribe("first", "b", handler));
}

TEST_F(RelayTest, AnEventIsAFactAndNotADocument) {
    EXPECT_THROW(tell({{.topic = "test.happened", .payload = "\"" + std::string(payload_limit_bytes, 'x') + "\""}}),
                 std::length_error);
}

}  // namespace
}  // namespace platform::events
