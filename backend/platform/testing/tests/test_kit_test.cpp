#include "platform/db/admin_connection.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace platform::testing {
namespace {

const std::filesystem::path migrations = std::filesystem::path(TT_SOURCE_DIR) / "database/migrations/platform";

TEST(TestDb, IsMigratedFreshAndGoneAfterwards) {
    std::string name;
    {
        const TestDb first(migrations);
        const TestDb second(migrations);
        name = first.name();
        first.exec("INSERT INTO integ.subscriptions VALUES ('a', 'b')");
        EXPECT_EQ(first.scalar("SELECT count(*) FROM integ.subscriptions"), "1");
        EXPECT_EQ(second.scalar("SELECT count(*) FROM integ.subscriptions"), "0");
    }
    db::AdminConnection server(test_server_url());
    EXPECT_THAT(server.query("SELECT FROM pg_database WHERE datname = $1", {name}), ::testing::IsEmpty());
}

TEST(TestDb, IsQuickOnceItsTemplateIsThere) {
    const TestDb first(migrations);
    const auto start = std::chrono::steady_clock::now();
    const TestDb second(migrations);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

TEST(TestDb, NamesTheQueriesThatDoNotPrepare) {
    const TestDb database(migrations);
    const db::Query queries[] = {{"good", "SELECT consumer FROM integ.inbox WHERE event_id = $1"},
                                 {"bad", "SELECT nothing FROM integ.inbox"}};
    EXPECT_THAT(database.prepare_all(queries),
                ::testing::ElementsAre(::testing::StartsWith("bad: line 1: column \"nothing\" does not exist")));
}

TEST(RunTask, GivesTheValueOrTheException) {
    EXPECT_EQ(run_task([]() -> Task<int> { co_return 7; }()), 7);
    EXPECT_THROW(run_task([]() -> Task<void> {
                     throw std::runtime_error("no");
                     co_return;
                 }()),
                 std::runtime_error);
}

TEST(FakeClock, StandsStillUntilMoved) {
    FakeClock clock;
    const Time before = clock.now();
    EXPECT_EQ(clock.now(), before);
    clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(clock.now() - before, std::chrono::seconds(5));
}

}  // namespace
}  // namespace platform::testing
