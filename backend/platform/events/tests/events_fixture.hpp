#pragma once

#include "platform/db/pool.hpp"
#include "platform/events/outbox.hpp"
#include "platform/events/relay.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace platform::events {

/// A database per suite, emptied per test; a runtime and pool per test.
class EventsTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        test_db = new testing::TestDb(std::filesystem::path(TT_SOURCE_DIR) / "database/migrations/platform");
        test_db->exec(R"(
            CALL integ.create_service_role('svc_events_test', 'postgres');
            CREATE TABLE effects (n bigint GENERATED ALWAYS AS IDENTITY, consumer text, event_id uuid, subject text,
                                  payload jsonb, role text DEFAULT current_user, at timestamptz DEFAULT now());
            GRANT ALL ON effects TO svc_events_test, svc_platform;)");
    }
    static void TearDownTestSuite() { delete test_db; }

    EventsTest() : pool_(runtime_.get(), db::PoolConfig{.conninfo = test_db->url(), .name = "events_pool"}) {
        test_db->exec(R"(TRUNCATE effects RESTART IDENTITY;
                         TRUNCATE integ.outbox, integ.deliveries, integ.webhook_deliveries, integ.inbox,
                                  integ.dead_letters, integ.subscriptions, integ.webhook_endpoints)");
    }

    void TearDown() override { runtime_.stop(); }

    db::Database database() const { return pool_.database("svc_platform"); }

    static Task<void> append_and_commit(db::Database database, std::vector<NewEvent> events) {
        db::Tx tx = co_await database.begin();
        for (auto& event : events) co_await append(tx, std::move(event));
        co_await tx.commit();
    }

    void tell(std::vector<NewEvent> events) { runtime_.run(append_and_commit(database(), std::move(events))); }

    static NewEvent numbered(std::string subject, int number) {
        return {.topic = "test.happened",
                .subject = std::move(subject),
                .payload = R"({"number":)" + std::to_string(number) + "}"};
    }

    /// The effect of most tests: one row.
    static Task<void> write_effect(db::Tx& tx, std::string consumer, Event event) {
        constexpr db::Query query{"write_effect",
                                  "INSERT INTO effects (consumer, event_id, subject, payload) VALUES ($1, $2, $3, $4)"};
        co_await tx.execute(query, consumer, event.id, event.subject, event.payload);
    }

    static EventHandler writer(std::string consumer) {
        return [consumer](db::Tx& tx, Event event) { return write_effect(tx, consumer, std::move(event)); };
    }

    static ::testing::AssertionResult becomes(const std::string& sql, const std::string& expected) {
        std::string last;
        for (int i = 0; i < 1000; ++i) {
            last = test_db->scalar(sql);
            if (last == expected) return ::testing::AssertionSuccess();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return ::testing::AssertionFailure() << sql << " stays " << last << ", not " << expected;
    }

    static inline testing::TestDb* test_db = nullptr;
    testing::TestRuntime runtime_{2};
    db::Pool pool_;
};

}  // namespace platform::events
