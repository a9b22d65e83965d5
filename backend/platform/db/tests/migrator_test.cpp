#include "platform/db/migrator.hpp"

#include "platform/db/admin_connection.hpp"
#include "platform/db/tests/pool_fixture.hpp"

#include <fstream>
#include <thread>

namespace platform::db {
namespace {

namespace fs = std::filesystem;

/// An empty database and an empty folder of migrations.
class MigratorTest : public ::testing::Test {
protected:
    MigratorTest() : name_("tt_test_" + std::to_string(::getpid()) + "_900") {
        folder_ = fs::temp_directory_path() / name_ / "shop";
        fs::create_directories(folder_);
        AdminConnection server(testing::test_server_url());
        server.exec("DROP DATABASE IF EXISTS " + name_);
        server.exec("CREATE DATABASE " + name_);
        url_ = testing::url_with_database(testing::test_server_url(), name_);
    }

    ~MigratorTest() override {
        fs::remove_all(folder_.parent_path());
        AdminConnection(testing::test_server_url()).exec("DROP DATABASE " + name_ + " WITH (FORCE)");
    }

    void write(const std::string& file, const std::string& sql) const { std::ofstream(folder_ / file) << sql; }

    std::string reason() const {
        const auto outcome = migrate(url_, folder_);
        return outcome.has_error() ? outcome.error().reason : "ok";
    }

    std::string message() const {
        const auto outcome = migrate(url_, folder_);
        return outcome.has_error() ? outcome.error().message : "";
    }

    std::string name_;
    fs::path folder_;
    std::string url_;
};

TEST_F(MigratorTest, RunsEachFileOnceAndReportsProgress) {
    write("0001_first.sql", "CREATE TABLE a (id integer);");
    write("0002_second.sql", "ALTER TABLE a ADD COLUMN name text; INSERT INTO a VALUES (1, 'x');");
    std::vector<std::string> lines;
    const auto log = [&lines](std::string_view line) { lines.emplace_back(line); };
    const auto first = migrate(url_, folder_, log);
    ASSERT_TRUE(first.has_value()) << first.error().message;
    EXPECT_EQ(first->applied, 2U);
    EXPECT_EQ(lines, (std::vector<std::string>{"migrating shop/0001_first", "migrating shop/0002_second"}));
    const auto second = migrate(url_, folder_, log);
    EXPECT_EQ(second->applied, 0U);
    EXPECT_EQ(second->total, 2U);
    write("0003_third.sql", "DROP TABLE a;");
    EXPECT_EQ(migrate(url_, folder_)->applied, 1U);
}

TEST_F(MigratorTest, ThePlatformsFolderComesFirst) {
    fs::create_directories(folder_.parent_path() / "platform");
    std::ofstream(folder_.parent_path() / "platform/0001_base.sql") << "CREATE SCHEMA base;";
    write("0001_own.sql", "CREATE TABLE base.a (id integer);");
    EXPECT_EQ(reason(), "ok");
}

TEST_F(MigratorTest, AFailingFileLeavesNothingBehindAndNamesItsLine) {
    write("0001_first.sql", "CREATE TABLE a (id integer);");
    write("0002_bad.sql", "CREATE TABLE b (id integer);\nINSERT INTO nowhere VALUES (1);\n");
    const auto outcome = migrate(url_, folder_);
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().reason, "migration_failed");
    EXPECT_NE(outcome.error().message.find("shop/0002_bad.sql, line 2"), std::string::npos) << outcome.error().message;
    EXPECT_NE(outcome.error().message.find("nowhere"), std::string::npos);
    AdminConnection check(url_);
    EXPECT_EQ(check.query("SELECT to_regclass('a')::text, to_regclass('b')::text")[0],
              (AdminConnection::Row{"a", std::nullopt}));
    write("0002_bad.sql", "CREATE TABLE b (id integer);");
    EXPECT_EQ(reason(), "ok");
}

TEST_F(MigratorTest, RefusesAnEditedMigrationBeforeChangingAnything) {
    write("0001_first.sql", "CREATE TABLE a (id integer);");
    ASSERT_EQ(reason(), "ok");
    write("0001_first.sql", "CREATE TABLE a (id bigint);");
    write("0002_second.sql", "CREATE TABLE b (id integer);");
    EXPECT_EQ(reason(), "migration_changed");
    EXPECT_NE(message().find("shop/0001_first"), std::string::npos);
    EXPECT_EQ(AdminConnection(url_).query("SELECT to_regclass('b')::text")[0][0], std::nullopt);
}

TEST_F(MigratorTest, RefusesADatabaseOfANewerProgram) {
    write("0001_first.sql", "CREATE TABLE a (id integer);");
    write("0002_second.sql", "CREATE TABLE b (id integer);");
    ASSERT_EQ(reason(), "ok");
    fs::remove(folder_ / "0002_second.sql");
    EXPECT_EQ(reason(), "schema_newer");
    EXPECT_NE(message().find("newer version"), std::string::npos);
}

TEST_F(MigratorTest, RefusesANumberThatComesTooLateAndNamesThatAreNoMigrations) {
    write("0001_first.sql", "CREATE TABLE a (id integer);");
    write("0003_third.sql", "CREATE TABLE c (id integer);");
    ASSERT_EQ(reason(), "ok");
    write("0002_second.sql", "CREATE TABLE b (id integer);");
    EXPECT_EQ(reason(), "migration_out_of_order");
    write("notes.sql", "");
    EXPECT_EQ(reason(), "migrations_unreadable");
    fs::remove(folder_ / "notes.sql");
    write("0003_again.sql", "");
    EXPECT_EQ(reason(), "migrations_unreadable");
}

TEST_F(MigratorTest, AFileCannotEndTheTransactionItRunsIn) {
    write("0001_first.sql", "CREATE TABLE a (id integer); COMMIT; CREATE TABLE b (id integer);");
    const std::string refusal = message();
    EXPECT_NE(refusal.find("must not contain COMMIT"), std::string::npos) << refusal;
}

TEST_F(MigratorTest, TwoAtOnceRunEachFileOnce) {
    write("0001_first.sql", "CREATE TABLE a (id integer); SELECT pg_sleep(0.2);");
    write("0002_second.sql", "CREATE TABLE b (id integer);");
    std::string reasons[4];
    std::vector<std::thread> threads;
    for (auto& slot : reasons) threads.emplace_back([this, &slot] { slot = reason(); });
    for (auto& thread : threads) thread.join();
    for (const auto& outcome : reasons) EXPECT_EQ(outcome, "ok");
}

TEST_F(MigratorTest, AnUnreachableDatabaseIsSaidPlainly) {
    write("0001_first.sql", "");
    const auto outcome = migrate("postgres://postgres@127.0.0.1:1/none", folder_);
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().reason, "database_unavailable");
}

TEST(Foundation, MigratesTwoDatabasesAtOnceThoughTheyShareRoles) {
    const fs::path migrations = fs::path(TT_SOURCE_DIR) / "database/migrations/platform";
    std::vector<std::thread> threads;
    std::string reasons[4];
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            const std::string name = "tt_test_" + std::to_string(::getpid()) + "_95" + std::to_string(i);
            AdminConnection server(testing::test_server_url());
            server.exec("CREATE DATABASE " + name + " TEMPLATE template0");
            const auto outcome = migrate(testing::url_with_database(testing::test_server_url(), name), migrations);
            reasons[i] = outcome.has_error() ? outcome.error().message : "ok";
            server.exec("DROP DATABASE " + name + " WITH (FORCE)");
        });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& outcome : reasons) EXPECT_EQ(outcome, "ok");
}

}  // namespace
}  // namespace platform::db
