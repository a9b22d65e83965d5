#pragma once

#include "platform/db/pool.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace platform::db {

inline std::filesystem::path platform_migrations() {
    return std::filesystem::path(TT_SOURCE_DIR) / "database/migrations/platform";
}

inline constexpr Query answer{"answer", "SELECT 42"};
inline constexpr Query nap{"nap", "SELECT pg_sleep($1::double precision)"};
inline constexpr Query backend_pid{"backend_pid", "SELECT pg_backend_pid()"};
inline constexpr Query add_note{"add_note", "INSERT INTO notes (user_id, id, body) VALUES ($1, $2, $3)"};

/// One database per suite with a small table; a fresh runtime and pool per test.
class PoolTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        test_db = new testing::TestDb(platform_migrations());
        test_db->exec(R"(
            CREATE TABLE notes (user_id uuid NOT NULL, id integer NOT NULL, body text, PRIMARY KEY (user_id, id));
            CREATE TABLE counters (id integer PRIMARY KEY, value integer NOT NULL);
            INSERT INTO counters VALUES (1, 0), (2, 0);
            ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON notes TO authenticated USING (user_id = auth.uid());
            GRANT SELECT, INSERT ON notes TO authenticated;
            GRANT ALL ON notes, counters TO svc_platform;)");
    }

    static void TearDownTestSuite() {
        delete test_db;
        test_db = nullptr;
    }

    PoolTest() { open({}); }

    void TearDown() override { runtime->stop(); }

    /// Replaces the pool. `config.conninfo` empty: the suite's database.
    void open(PoolConfig config, unsigned threads = 2) {
        if (runtime) runtime->stop();
        pool.reset();
        runtime = std::make_unique<testing::TestRuntime>(threads);
        if (config.conninfo.empty()) config.conninfo = test_db->url();
        pool = std::make_unique<Pool>(runtime->get(), config);
    }

    Database database() const { return pool->database("svc_platform"); }

    template <class T>
    T run(Task<T> task, std::size_t thread = 0) {
        return runtime->run(std::move(task), thread);
    }

    static inline testing::TestDb* test_db = nullptr;
    std::unique_ptr<testing::TestRuntime> runtime;
    std::unique_ptr<Pool> pool;
};

}  // namespace platform::db
