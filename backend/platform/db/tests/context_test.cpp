// What a transaction's context may leave behind on the connection it ran on (nothing), and what that costs.
#include "platform/db/tests/pool_fixture.hpp"

#include "platform/db/admin_connection.hpp"
#include "platform/db/errors.hpp"

#include <atomic>
#include <functional>

namespace platform::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr Query count_prepared{"count_prepared", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE $1"};
constexpr Query request{"request", R"(
    SELECT current_user::text AS role, coalesce(current_setting('request.method', true), '') AS method,
           coalesce(current_setting('request.path', true), '') AS path, current_setting('search_path') AS search_path,
           current_setting('transaction_read_only') AS read_only)"};

struct Seen {
    std::string role;
    std::string method;
    std::string path;
    std::string search_path;
    std::string read_only;
    bool operator==(const Seen&) const = default;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (role, method, path, search_path, read_only))

Context request_of(std::string role, std::string method, std::string path) {
    return {.role = std::move(role),
            .settings = {{"request.method", std::move(method), true}, {"request.path", std::move(path), true}}};
}

class ContextTest : public PoolTest {
protected:
    ContextTest() { open({.connections_per_thread = 1}, 1); }

    void open_sharded(std::size_t statement_cache_size = 512) {
        open({.connections_per_thread = 1, .statement_cache_size = statement_cache_size, .is_sharded = true}, 1);
    }
    /// In turn on a pool that sets contexts by one call and on one that sets them by SET LOCAL.
    void on_both(const std::function<void()>& check) {
        check();
        open_sharded();
        check();
    }

    Seen seen(Context context) { return run(database().run(std::move(context), request, {})).one<Seen>(); }
    int pid() { return run(database().one<int>(backend_pid)); }
    Context soon(milliseconds time) { return {.role = "svc_platform", .deadline = steady_clock::now() + time}; }
    int prepared(const std::string& pattern) { return run(database().one<int>(count_prepared, pattern)); }

    std::string naps_running() {
        return test_db->scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep($1%'"
            " AND datname = current_database() AND pid <> pg_backend_pid()");
    }
};

TEST_F(ContextTest, SettingsHoldForTheirTransactionOnly) {
    on_both([this] {
        for (int round = 0; round < 3; ++round) {
            Context read = request_of("authenticated", "GET", "/notes");
            read.read_only = true;
            EXPECT_EQ(seen(read), (Seen{"authenticated", "GET", "/notes", R"("$user", public)", "on"}));
            EXPECT_EQ(seen(request_of("anon", "POST", "/it's \\ \"odd\"")),
                      (Seen{"anon", "POST", "/it's \\ \"odd\"", R"("$user", public)", "off"}));
            EXPECT_EQ(seen({.role = "svc_platform"}), (Seen{"svc_platform", "", "", R"("$user", public)", "off"}));
        }
    });
    EXPECT_EQ(prepared("SET LOCAL%method%"), 2);
    EXPECT_EQ(prepared("SET LOCAL%path%"), 2);
}

TEST_F(ContextTest, OneCallSetsAllAndIsPreparedOncePerShape) {
    for (const std::string path : {"/notes", "/people", "/films"}) seen(request_of("anon", "GET", path));
    EXPECT_EQ(prepared("SET LOCAL%request%"), 0);
    EXPECT_EQ(prepared("%set_config('request.path'%"), 1);
}

TEST_F(ContextTest, AReadOfOneFlightCannotWriteAndEndsWithTheFlight) {
    Context read = request_of("svc_platform", "GET", "/notes");
    read.read_only = true;
    const Uuid user = uuid_v7();
    const auto write = [&] { run(database().run(read, add_note, make_params(user, 1, "no"))); };
    try {
        write();
        ADD_FAILURE() << "a read wrote";
    } catch (const SqlError& error) {
        EXPECT_EQ(error.sqlstate, "25006");
    }
    EXPECT_EQ(test_db->scalar("SELECT state FROM pg_stat_activity WHERE pid = " + std::to_string(pid())), "idle");
    EXPECT_EQ(run(database().execute(add_note, user, 1, "yes")), 1);
    read.isolation = "repeatable read";
    EXPECT_EQ(seen(read).read_only, "on");
}

TEST_F(ContextTest, TheRoleNoneAndValuesWithANulAreRefused) {
    on_both([this] {
        EXPECT_THROW(seen(request_of("none", "GET", "/")), std::invalid_argument);
        EXPECT_THROW(seen(request_of("anon", "GET", std::string("/a\0b", 4))), std::invalid_argument);
        EXPECT_EQ(seen(request_of("anon", "GET", "/")).role, "anon");
    });
}

TEST_F(ContextTest, WhatTheLoginRoleSetsComesBeforeTheRole) {
    on_both([this] {
        Context context = request_of("anon", "GET", "/");
        context.login_settings = {{"session_replication_role", "replica", true}};
        EXPECT_EQ(seen(context).role, "anon");
        context.settings.push_back(context.login_settings.front());
        EXPECT_THROW(seen(context), SqlError);
    });
}

TEST_F(ContextTest, ValuesAreNotKeptByTheSession) {
    const Context context{.role = "authenticated", .settings = {{"request.jwt.claims", R"({"sub":"ada"})"}}};
    on_both([&] {
        for (int round = 0; round < 3; ++round) seen(context);
        EXPECT_EQ(prepared("%ada%"), 0);
    });
}

TEST_F(ContextTest, AFailedTransactionLeavesNoSettingBehind) {
    static constexpr Query broken{"broken", "SELECT 1 / 0"};
    on_both([this] {
        EXPECT_THROW(run(database().run(request_of("authenticated", "GET", "/notes"), broken, {})), SqlError);
        EXPECT_EQ(seen({.role = "svc_platform"}), (Seen{"svc_platform", "", "", R"("$user", public)", "off"}));
        Context refused = request_of("authenticated", "GET", "/notes");
        refused.settings.push_back({"work_mem", "a lot", true});
        EXPECT_THROW(seen(refused), SqlError);
        EXPECT_THROW(seen(refused), SqlError);
        EXPECT_EQ(seen(request_of("anon", "GET", "/notes")).method, "GET");
    });
}

TEST_F(ContextTest, SettingsThatRepeatAreBoundedAndPushNoQueryOut) {
    open_sharded(16);
    constexpr Query since{
        "since", "SELECT prepare_time::text FROM pg_prepared_statements WHERE statement LIKE '%prepare_time%'"};
    const auto prepared_at = run(database().one<std::string>(since));
    for (int i = 0; i < 300; ++i) {
        const std::string path = "/" + std::to_string(i);
        EXPECT_EQ(seen(request_of("anon", "GET", path)).path, path);
    }
    EXPECT_EQ(run(database().one<std::string>(since)), prepared_at);
    EXPECT_LE(prepared("%"), 16 + 128);
    EXPECT_GE(prepared("SET LOCAL%path%"), 64);
}

TEST_F(ContextTest, MoreRepeatingSettingsThanAConnectionKeepsAndLongOnesAllHold) {
    constexpr Query all{"all_settings",
                        "SELECT current_setting('many.s' || n) FROM generate_series(0, 299) n ORDER BY n"};
    Context context{.role = "anon"};
    for (int i = 0; i < 300; ++i)
        context.settings.push_back({"many.s" + std::to_string(i), std::to_string(i * 7), true});
    context.settings.push_back({"many.long", std::string(100'000, 'x'), true});
    on_both([&] {
        for (int round = 0; round < 2; ++round) {
            const auto values = run(database().run(context, all, {})).many<int>();
            ASSERT_EQ(values.size(), 300U);
            for (int i = 0; i < 300; ++i) EXPECT_EQ(values[static_cast<std::size_t>(i)], i * 7);
        }
    });
    EXPECT_EQ(prepared("SET LOCAL%many.long%"), 0);
}

TEST_F(ContextTest, ASearchPathHoldsForItsTransactionAlone) {
    test_db->exec(R"(CREATE SCHEMA IF NOT EXISTS "Odd \name, here")");
    const std::string own = seen({.role = "anon"}).search_path;
    Context odd = request_of("anon", "GET", "/");
    odd.search_path = {R"(Odd \name, here)", "public"};
    Context other = odd;
    other.search_path = {"integ"};
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(seen(odd).search_path, R"("Odd \name, here", "public")");
        EXPECT_EQ(seen(other).search_path, R"("integ")");
        EXPECT_EQ(seen({.role = "anon"}).search_path, own);
        test_db->exec("SELECT pg_terminate_backend(" + std::to_string(pid()) + ")");
        std::this_thread::sleep_for(milliseconds(50));
    }
}

TEST_F(ContextTest, ACancelledStatementLeavesTheSessionAndWhatItHasPreparedInPlace) {
    const int before = pid();
    for (int round = 0; round < 3; ++round) {
        EXPECT_THROW(run(database().run(soon(milliseconds(60)), nap, make_params(20.0))), DeadlineExceeded);
        EXPECT_EQ(pid(), before);
        EXPECT_EQ(naps_running(), "0");
    }
    EXPECT_EQ(prepared("%pg_sleep($1%"), 1);
}

Task<void> write_then_nap(Database database, Context context, Uuid user) {
    Tx tx = co_await database.begin(std::move(context));
    co_await tx.execute(add_note, user, 1, "lost");
    co_await tx.one<std::string>(nap, 20.0);
    co_await tx.commit();
}

TEST_F(ContextTest, ATransactionThatIsCancelledMidwayIsRolledBackOnASessionThatStays) {
    const int before = pid();
    const Uuid user = uuid_v7();
    EXPECT_THROW(run(write_then_nap(database(), soon(milliseconds(150)), user)), DeadlineExceeded);
    EXPECT_EQ(pid(), before);
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM notes WHERE user_id = '" + to_string(user) + "'"), "0");
}

TEST_F(ContextTest, MoreDeadlinesAtOnceThanCancelsAreAllKept) {
    constexpr int count = 24;
    open({.connections_per_thread = count}, 1);
    const auto start = steady_clock::now();
    std::vector<std::future<Rows>> pending;
    for (int i = 0; i < count; ++i) {
        pending.push_back(runtime->start(database().run(soon(milliseconds(800)), nap, make_params(20.0))));
    }
    for (auto& result : pending) EXPECT_THROW(result.get(), DeadlineExceeded);
    EXPECT_LT(steady_clock::now() - start, milliseconds(4000));
    EXPECT_EQ(naps_running(), "0");
}

TEST_F(ContextTest, ADeadlineThatHasPassedCostsTheDatabaseNothing) {
    const int before = pid();
    EXPECT_THROW(run(database().run(soon(milliseconds(-1)), backend_pid, {})), DeadlineExceeded);
    EXPECT_EQ(pid(), before);
}

TEST_F(ContextTest, ThePoolMayLeaveTheLimitToTheDatabase) {
    constexpr Query limit{"limit", "SELECT current_setting('statement_timeout')"};
    open({.connections_per_thread = 1, .query_timeout = milliseconds(0)}, 1);
    EXPECT_EQ(run(database().one<std::string>(limit)), test_db->scalar("SHOW statement_timeout"));
    EXPECT_THROW(run(database().run(soon(milliseconds(60)), nap, make_params(20.0))), DeadlineExceeded);
    EXPECT_EQ(naps_running(), "0");
}

TEST_F(ContextTest, AnythingWorksWithNothingPrepared) {
    open({.connections_per_thread = 1, .statement_cache_size = 0}, 1);
    const Uuid user = uuid_v7();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(run(database().execute(add_note, user, i, std::optional<std::string>())), 1);
        EXPECT_EQ(seen(request_of("anon", "GET", "/notes")).path, "/notes");
    }
    EXPECT_THROW(run(database().execute(add_note, user, 1, "again")), SqlError);
    const auto twice = [user](Tx& tx) -> Task<int> {
        co_await tx.execute(add_note, user, 8, "x");
        co_return static_cast<int>(co_await tx.execute(add_note, user, 9, "x"));
    };
    EXPECT_EQ(run(database().transact(twice)), 1);
    EXPECT_EQ(prepared("%"), 0);
}

TEST_F(ContextTest, TheServerKeepsALimitOfItsOwn) {
    constexpr Query limit{"limit", "SELECT current_setting('statement_timeout')"};
    open({.connections_per_thread = 1, .query_timeout = milliseconds(700)}, 1);
    EXPECT_EQ(run(database().run(soon(milliseconds(300)), limit, {})).one<std::string>(), "700ms");
    EXPECT_THROW(run(database().one<std::string>(nap, 20.0)), DeadlineExceeded);
    EXPECT_EQ(naps_running(), "0");
    Context own{.role = "svc_platform", .settings = {{"statement_timeout", "100ms", true}}};
    EXPECT_THROW(run(database().run(own, nap, make_params(20.0))), DeadlineExceeded);
    EXPECT_EQ(run(database().one<std::string>(limit)), "700ms");
}

}  // namespace
}  // namespace platform::db
