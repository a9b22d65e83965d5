#include "platform/db/tests/pool_fixture.hpp"

#include "platform/db/errors.hpp"

#include <atomic>

namespace platform::db {
namespace {

constexpr Query whoami{"whoami", "SELECT current_user::text, auth.uid(), current_setting('request.jwt.claims', true)"};
constexpr Query list_notes{"list_notes", "SELECT id, body FROM notes WHERE user_id = $1 ORDER BY id"};
constexpr Query count_notes{"count_notes", "SELECT count(*) FROM notes"};
constexpr Query counter_value{"counter_value", "SELECT value FROM counters WHERE id = $1"};
constexpr Query set_counter{"set_counter", "UPDATE counters SET value = $2 WHERE id = $1"};

struct Note {
    int id = 0;
    std::optional<std::string> body;
};
BOOST_DESCRIBE_STRUCT(Note, (), (id, body))

std::string claims_of(const Uuid& user) {
    return R"({"sub":")" + to_string(user) + R"(","role":"authenticated","note":"it's \"quoted\" \\ here"})";
}

using DatabaseTest = PoolTest;

TEST_F(DatabaseTest, OneStatementIsATransactionInTheServicesRole) {
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    const Rows rows = run(database().run(Context{.role = "svc_platform"}, whoami, {}));
    EXPECT_EQ(rows.text(0, "current_user"), "svc_platform");
}

TEST_F(DatabaseTest, RowsBecomeStructs) {
    const Uuid user = uuid_v7();
    EXPECT_EQ(run(database().execute(add_note, user, 1, "first")), 1);
    EXPECT_EQ(run(database().execute(add_note, user, 2, std::optional<std::string>())), 1);
    const auto notes = run(database().many<Note>(list_notes, user));
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].body, "first");
    EXPECT_EQ(notes[1].body, std::nullopt);
    EXPECT_EQ(run(database().maybe_one<Note>(list_notes, uuid_v7())).has_value(), false);
    EXPECT_THROW(run(database().maybe_one<Note>(list_notes, user)), BadValue);
    EXPECT_THROW(run(database().one<Note>(answer)), BadValue);
}

TEST_F(DatabaseTest, RoleAndClaimsHoldForOneTransactionOnly) {
    open({.connections_per_thread = 1}, 1);
    const Uuid ada = uuid_v7();
    const Uuid bob = uuid_v7();
    run(database().execute(add_note, ada, 1, "ada's"));
    run(database().execute(add_note, bob, 1, "bob's"));
    const Context as_ada{.role = "authenticated", .settings = {{"request.jwt.claims", claims_of(ada)}}};
    const Rows me = run(database().run(as_ada, whoami, {}));
    EXPECT_EQ(me.text(0, "current_user"), "authenticated");
    EXPECT_EQ(me.text(0, "uid"), to_string(ada));
    EXPECT_EQ(me.text(0, "current_setting"), claims_of(ada));
    EXPECT_EQ(run(database().run(as_ada, count_notes, {})).get<int>(0, "count"), 1);
    EXPECT_EQ(run(database().run(as_ada, list_notes, make_params(bob))).size(), 0U);
    const Rows after = run(database().run(Context{.role = "authenticated"}, whoami, {}));
    EXPECT_EQ(after.text(0, "uid"), std::nullopt);
}

TEST_F(DatabaseTest, AReadOnlyContextRefusesWrites) {
    const Context context{.role = "svc_platform", .read_only = true};
    try {
        run(database().run(context, set_counter, make_params(1, 5)));
        FAIL() << "a write went through";
    } catch (const SqlError& error) {
        EXPECT_EQ(error.sqlstate, "25006");
    }
}

TEST_F(DatabaseTest, SqlErrorsCarryStateAndConstraintAndLeaveThePoolUsable) {
    open({.connections_per_thread = 1}, 1);
    const Uuid user = uuid_v7();
    run(database().execute(add_note, user, 1, "x"));
    try {
        run(database().execute(add_note, user, 1, "again"));
        FAIL() << "the key was taken";
    } catch (const SqlError& error) {
        EXPECT_TRUE(error.is_unique_violation());
        EXPECT_EQ(error.constraint, "notes_pkey");
        EXPECT_EQ(error.table, "notes");
        EXPECT_EQ(error.query, "add_note");
    }
    constexpr Query broken{"broken", "SELECT nothing FROM nowhere"};
    EXPECT_THROW(run(database().one<int>(broken)), SqlError);
    EXPECT_THROW(run(database().one<int>(broken)), SqlError);
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    EXPECT_THROW(run(database().execute(add_note, user, 2, std::string("a\0b", 3))), SqlError);
    EXPECT_EQ(run(database().one<int>(answer)), 42);
}

Task<void> write_and_drop(Database database, Uuid user) {
    Tx tx = co_await database.begin();
    co_await tx.execute(add_note, user, 1, "dropped");
}

Task<void> write_and_commit(Database database, Uuid user) {
    Tx tx = co_await database.begin();
    co_await tx.execute(add_note, user, 1, "kept");
    const auto seen = co_await tx.many<Note>(list_notes, user);
    if (seen.size() != 1) throw std::runtime_error("does not see its own row");
    co_await tx.commit();
}

TEST_F(DatabaseTest, ATransactionThatIsNotCommittedRollsBack) {
    open({.connections_per_thread = 1}, 1);
    const Uuid dropped = uuid_v7();
    const Uuid kept = uuid_v7();
    run(write_and_drop(database(), dropped));
    run(write_and_commit(database(), kept));
    EXPECT_EQ(run(database().many<Note>(list_notes, dropped)).size(), 0U);
    EXPECT_EQ(run(database().many<Note>(list_notes, kept)).size(), 1U);
}

Task<void> commit_after_error(Database database, Uuid user) {
    Tx tx = co_await database.begin();
    co_await tx.execute(add_note, user, 1, "x");
    try {
        co_await tx.execute(add_note, user, 1, "x");
    } catch (const SqlError&) {
    }
    co_await tx.commit();
}

TEST_F(DatabaseTest, CommittingAFailedTransactionIsAnErrorAndNotASilentRollback) {
    EXPECT_THROW(run(commit_after_error(database(), uuid_v7())), SqlError);
}

Task<std::vector<std::size_t>> batch_of(Database database, Uuid user) {
    Tx tx = co_await database.begin();
    std::vector<Statement> statements;
    statements.push_back({add_note, make_params(user, 1, "a")});
    statements.push_back({add_note, make_params(user, 2, "b")});
    statements.push_back({list_notes, make_params(user)});
    const auto results = co_await tx.batch(std::move(statements));
    co_await tx.commit();
    std::vector<std::size_t> sizes;
    for (const auto& rows : results) sizes.push_back(rows.size());
    co_return sizes;
}

TEST_F(DatabaseTest, ABatchIsOneFlush) {
    EXPECT_EQ(run(batch_of(database(), uuid_v7())), (std::vector<std::size_t>{0, 0, 2}));
}

TEST_F(DatabaseTest, ParametersAndResultsLargerThanTheSocketBuffersPass) {
    constexpr Query echo{"echo", "SELECT $1::text || $1::text"};
    const std::string big(5'000'000, 'x');
    EXPECT_EQ(run(database().one<std::string>(echo, big)).size(), 2 * big.size());
}

TEST_F(DatabaseTest, TheStatementCacheIsBoundedAndForgetsTheOldest) {
    open({.connections_per_thread = 1, .statement_cache_size = 16}, 1);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 40; ++i) {
            const std::string sql = "SELECT " + std::to_string(i);
            const Query query{"numbered", sql};
            EXPECT_EQ(run(database().one<int>(query)), i);
        }
    }
    constexpr Query prepared{"prepared", "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT%'"};
    EXPECT_LE(run(database().one<int>(prepared)), 16);
}

TEST_F(DatabaseTest, AMigrationUnderARunningPoolIsSurvived) {
    open({.connections_per_thread = 1}, 1);
    test_db->exec(
        "CREATE TABLE moving (id integer); INSERT INTO moving VALUES (1); GRANT ALL ON moving TO svc_platform");
    constexpr Query all{"all_moving", "SELECT * FROM moving"};
    EXPECT_EQ(run(database().run(Context{"svc_platform"}, all, {})).columns(), 1U);
    test_db->exec("ALTER TABLE moving ADD COLUMN name text");
    EXPECT_EQ(run(database().run(Context{"svc_platform"}, all, {})).columns(), 2U);
}

struct Increment {
    std::atomic<int>& attempts;
    int counter;
    Task<int> operator()(Tx& tx) const { return read_then_write(tx, counter, attempts); }
    static Task<int> read_then_write(Tx& tx, int counter, std::atomic<int>& attempts) {
        constexpr Query serializable{"serializable", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"};
        ++attempts;
        co_await tx.execute(serializable);
        const int value = co_await tx.one<int>(counter_value, counter);
        co_await sleep_for(std::chrono::milliseconds(5));
        co_await tx.execute(set_counter, counter, value + 1);
        co_return value + 1;
    }
};

TEST_F(DatabaseTest, SerializationFailuresAreRetriedUntilEveryIncrementCounts) {
    test_db->exec("UPDATE counters SET value = 0");
    std::atomic<int> attempts{0};
    std::vector<std::future<int>> pending;
    for (int i = 0; i < 4; ++i) {
        const Increment increment{attempts, 1};
        pending.push_back(runtime->start(database().transact(increment), static_cast<std::size_t>(i % 2)));
    }
    for (auto& result : pending) EXPECT_NO_THROW(result.get());
    EXPECT_EQ(test_db->scalar("SELECT value FROM counters WHERE id = 1"), "4");
    EXPECT_GT(attempts, 4);
}

Task<Result<int>> refuse(Tx& tx) {
    co_await tx.execute(set_counter, 2, 99);
    co_return Error{Code::conflict, "course_not_open"};
}

TEST_F(DatabaseTest, AResultWithAnErrorRollsBack) {
    const auto outcome = run(database().transact([](Tx& tx) { return refuse(tx); }));
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().reason, "course_not_open");
    EXPECT_NE(test_db->scalar("SELECT value FROM counters WHERE id = 2"), "99");
}

Task<void> ring_twice(Database database, bool commits) {
    Tx tx = co_await database.begin();
    tx.ring_after_commit("bell");
    tx.ring_after_commit("bell");
    co_await tx.one<int>(answer);
    if (commits) co_await tx.commit();
}

TEST_F(DatabaseTest, ListenersAreRungAfterCommitAndOnlyThen) {
    std::atomic<int> rings{0};
    auto listener = database().listen("bell", [&rings] { ++rings; });
    run(ring_twice(database(), false));
    EXPECT_EQ(rings, 0);
    run(ring_twice(database(), true));
    EXPECT_EQ(rings, 1);
    listener.reset();
    run(ring_twice(database(), true));
    EXPECT_EQ(rings, 1);
}

Task<void> read_own_rows(Database database, Uuid user, int rounds) {
    const Context context{.role = "authenticated", .settings = {{"request.jwt.claims", claims_of(user)}}};
    for (int i = 0; i < rounds; ++i) {
        const Rows rows = co_await database.run(context, whoami, {});
        if (rows.text(0, "uid") != to_string(user)) throw std::runtime_error("another user's context");
    }
}

TEST_F(DatabaseTest, TwoThreadsAndManyUsersNeverSeeEachOthersContext) {
    std::vector<std::future<void>> pending;
    for (std::size_t i = 0; i < 40; ++i)
        pending.push_back(runtime->start(read_own_rows(database(), uuid_v7(), 25), i % 2));
    for (auto& result : pending) EXPECT_NO_THROW(result.get());
}

}  // namespace
}  // namespace platform::db
