#pragma once

#include "platform/db/migrator.hpp"
#include "platform/db/query.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace platform::testing {

/// A migrated database of its own on the test server (TT_TEST_PG_URL, a superuser; default
/// postgres://postgres@127.0.0.1:5499/postgres), dropped at the end. Copied from a template that is built once per set
/// of migrations, so it takes about 100 ms. One per suite: make it in SetUpTestSuite.
class TestDb {
public:
    /// "site" or "academy" of database/migrations.
    explicit TestDb(const std::string& kind);
    /// The migrations of any folder.
    explicit TestDb(const std::filesystem::path& migrations);
    ~TestDb();
    TestDb(const TestDb&) = delete;
    TestDb& operator=(const TestDb&) = delete;

    const std::string& name() const { return name_; }
    /// Connection URL as superuser (BYPASSRLS): arrange and assert with it.
    std::string url() const;
    /// Connection URL of a login role, e.g. "tt_academy": give it to the Pool under test.
    std::string url_as(const std::string& role) const;

    /// Runs SQL text (several statements allowed) as superuser; throws std::runtime_error with the server's message.
    void exec(const std::string& sql) const;
    /// First column of the first row ("" for NULL or no row).
    std::string scalar(const std::string& sql) const;

    /// Prepares each query on the migrated schema; returns "name: message" of those that fail. Expect it empty.
    std::vector<std::string> prepare_all(std::span<const db::Query> queries) const;

private:
    std::string name_;
};

/// A database without any migration.
std::string test_server_url();
std::string url_with_database(const std::string& url, const std::string& database);

}  // namespace platform::testing
