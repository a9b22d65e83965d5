// What the pool does when the database, or the way to it, is broken.
#include "platform/db/tests/pool_fixture.hpp"

#include "platform/db/admin_connection.hpp"
#include "platform/db/errors.hpp"
#include "platform/testing/tcp_gate.hpp"

#include <array>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <chrono>
#include <thread>

namespace platform::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

milliseconds since(steady_clock::time_point start) {
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

class FaultTest : public PoolTest {
protected:
    FaultTest() : server_(test_db->url()), gate_(std::string(server_.host()), server_.port_number()) {}

    void open_through_gate(PoolConfig config = {}) {
        boost::urls::url through(server_);
        through.set_port_number(gate_.port());
        config.conninfo = std::string(through.buffer());
        config.name = "fault_pool";
        open(config, 1);
    }

    int sessions_of_pool() {
        return std::stoi(
            test_db->scalar("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'fault_pool'"));
    }

    void kill_sessions() {
        test_db->exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fault_pool'");
    }

    boost::urls::url server_;
    testing::TcpGate gate_;
};

/// A server that takes connections and says nothing.
class MuteServer {
public:
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    /// Waits for the client's first bytes.
    void hear() {
        acceptor_.accept(socket_);
        std::array<char, 512> hello;
        socket_.read_some(asio::buffer(hello));
    }
    /// Whether the client has hung up, looked at for at most a second.
    bool is_left() {
        const auto end = steady_clock::now() + milliseconds(1000);
        socket_.non_blocking(true);
        while (steady_clock::now() < end) {
            char byte = 0;
            boost::system::error_code error;
            socket_.read_some(asio::buffer(&byte, 1), error);
            if (error && error != asio::error::would_block) return true;
            std::this_thread::sleep_for(milliseconds(5));
        }
        return false;
    }

private:
    asio::io_context context_;
    asio::ip::tcp::acceptor acceptor_{context_, {asio::ip::address_v4::loopback(), 0}};
    asio::ip::tcp::socket socket_{context_};
};

TEST_F(FaultTest, APoolThatClosesHangsUpOnTheSessionsItWasOpening) {
    MuteServer server;
    open({.conninfo = "postgres://nobody@127.0.0.1:" + std::to_string(server.port()) + "/x?sslmode=disable"}, 1);
    auto pending = runtime->start(database().one<int>(answer));
    server.hear();
    runtime->stop();
    pool.reset();  // the runtime, and with it the coroutine that connects, lives on
    EXPECT_TRUE(server.is_left());
}

TEST_F(FaultTest, AStatementPastItsDeadlineIsCancelledAtTheServer) {
    open_through_gate();
    const auto start = steady_clock::now();
    const Context context{.role = "svc_platform", .deadline = start + milliseconds(150)};
    EXPECT_THROW(run(database().run(context, nap, make_params(5.0))), DeadlineExceeded);
    EXPECT_LT(since(start), milliseconds(1000));
    EXPECT_EQ(
        test_db->scalar("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ 'pg_sleep\\(\\$1'"),
        "0");
    EXPECT_EQ(run(database().one<int>(answer)), 42);
}

TEST_F(FaultTest, ADeadlineHoldsEvenWhenTheLinkIsDead) {
    open_through_gate({.connections_per_thread = 1});
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    gate_.stall();
    const auto start = steady_clock::now();
    const Context context{.role = "svc_platform", .deadline = start + milliseconds(200)};
    EXPECT_THROW(run(database().run(context, answer, {})), DeadlineExceeded);
    EXPECT_LT(since(start), milliseconds(2000));
    gate_.resume();
    EXPECT_EQ(run(database().one<int>(answer)), 42);
}

TEST_F(FaultTest, BusyConnectionsMakeOthersWaitAndThenFail) {
    open_through_gate({.connections_per_thread = 1, .acquire_timeout = milliseconds(200)});
    auto slow = runtime->start(database().one<std::string>(nap, 0.8));
    auto waiting = runtime->start(database().one<int>(answer));
    EXPECT_THROW(waiting.get(), PoolTimeout);
    EXPECT_NO_THROW(slow.get());
    EXPECT_EQ(run(database().one<int>(answer)), 42);
}

TEST_F(FaultTest, TheWaitingLineIsBounded) {
    open_through_gate({.connections_per_thread = 1, .max_waiting = 2});
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    std::vector<std::future<std::string>> pending;
    for (int i = 0; i < 5; ++i) pending.push_back(runtime->start(database().one<std::string>(nap, 0.1)));
    int refused = 0;
    for (auto& result : pending) {
        try {
            result.get();
        } catch (const PoolTimeout&) {
            ++refused;
        }
    }
    EXPECT_EQ(refused, 2);
}

TEST_F(FaultTest, MoreWorkThanConnectionsIsDoneInTurn) {
    open_through_gate({.connections_per_thread = 3});
    std::vector<std::future<std::string>> pending;
    for (int i = 0; i < 30; ++i) pending.push_back(runtime->start(database().one<std::string>(nap, 0.01)));
    for (auto& result : pending) EXPECT_NO_THROW(result.get());
    EXPECT_LE(sessions_of_pool(), 3);
}

Task<void> commit_after(Database database, Uuid user, milliseconds pause) {
    Tx tx = co_await database.begin();
    co_await tx.execute(add_note, user, 1, "x");
    co_await sleep_for(pause);
    co_await tx.commit();
}

TEST_F(FaultTest, ASessionKilledMidTransactionIsUnavailableAndReplaced) {
    open_through_gate({.connections_per_thread = 1});
    const Uuid user = uuid_v7();
    auto pending = runtime->start(commit_after(database(), user, milliseconds(300)));
    std::this_thread::sleep_for(milliseconds(150));
    kill_sessions();
    EXPECT_THROW(pending.get(), Unavailable);
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM notes WHERE user_id = '" + to_string(user) + "'"), "0");
}

TEST_F(FaultTest, AnIdleSessionThatWasClosedIsNotLentOut) {
    open_through_gate({.connections_per_thread = 2});
    const int first = run(database().one<int>(backend_pid));
    kill_sessions();
    std::this_thread::sleep_for(milliseconds(50));
    EXPECT_NE(run(database().one<int>(backend_pid)), first);
}

TEST_F(FaultTest, ACommitWhoseReplyIsLostIsNeverReportedAsSuccess) {
    open_through_gate({.connections_per_thread = 1});
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    const Uuid user = uuid_v7();
    gate_.drop_next_reply();
    EXPECT_THROW(run(database().execute(add_note, user, 1, "x")), Unavailable);
    EXPECT_EQ(test_db->scalar("SELECT count(*) FROM notes WHERE user_id = '" + to_string(user) + "'"), "1");
    EXPECT_EQ(run(database().one<int>(answer)), 42);
}

TEST_F(FaultTest, WhileTheDatabaseIsAwayRequestsFailWithinTwoSecondsAndComeBackByThemselves) {
    open_through_gate();
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    gate_.refuse();
    for (int i = 0; i < 2; ++i) {
        const auto start = steady_clock::now();
        EXPECT_THROW(run(database().one<int>(answer)), Unavailable);
        EXPECT_LT(since(start), milliseconds(2000));
    }
    EXPECT_FALSE(run(pool->is_ready()));
    gate_.accept();
    const auto start = steady_clock::now();
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    EXPECT_LT(since(start), milliseconds(1000));
    EXPECT_TRUE(run(pool->is_ready()));
}

TEST_F(FaultTest, AServerThatAcceptsButDoesNotAnswerIsGivenUp) {
    open_through_gate();
    gate_.stall();
    const auto start = steady_clock::now();
    EXPECT_THROW(run(database().one<int>(answer)), Unavailable);
    EXPECT_LT(since(start), milliseconds(2000));
    gate_.resume();
    EXPECT_EQ(run(database().one<int>(answer)), 42);
}

Task<bool> give_up_after(Database database, milliseconds patience) {
    using namespace boost::asio::experimental::awaitable_operators;
    const auto outcome = co_await (database.one<std::string>(nap, 5.0) || sleep_for(patience));
    co_return outcome.index() == 1;
}

TEST_F(FaultTest, ACancelledCallerLeavesNoRunningStatementAndNoUsedUpConnection) {
    open_through_gate({.connections_per_thread = 1});
    EXPECT_TRUE(run(give_up_after(database(), milliseconds(100))));
    EXPECT_EQ(run(database().one<int>(answer)), 42);
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_EQ(
        test_db->scalar("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ 'pg_sleep\\(\\$1'"),
        "0");
}

TEST_F(FaultTest, AStatementWhoseProcessIsGoneIsEndedByTheServer) {
    open_through_gate({.connections_per_thread = 1});
    auto pending = runtime->start(database().one<std::string>(nap, 20.0));
    std::this_thread::sleep_for(milliseconds(200));
    gate_.refuse();  // nor does a cancel get through
    EXPECT_THROW(pending.get(), Unavailable);
    const auto start = steady_clock::now();
    while (sessions_of_pool() > 0 && since(start) < milliseconds(5000)) std::this_thread::sleep_for(milliseconds(50));
    EXPECT_LT(since(start), milliseconds(3000));
}

Task<int> hammer(Database database, Uuid user, int rounds) {
    int acknowledged = 0;
    for (int i = 0; i < rounds; ++i) {
        try {
            co_await database.execute(add_note, user, i, "x");
            ++acknowledged;
        } catch (const Unavailable&) {
            // outcome unknown
        }
    }
    co_return acknowledged;
}

TEST_F(FaultTest, AcknowledgedWritesSurviveLinksCutAtRandom) {
    open_through_gate({.connections_per_thread = 4});
    std::vector<Uuid> users(8);
    std::vector<std::future<int>> pending;
    for (auto& user : users) {
        user = uuid_v7();
        pending.push_back(runtime->start(hammer(database(), user, 150)));
    }
    for (int i = 0; i < 10; ++i) {
        std::this_thread::sleep_for(milliseconds(20));
        gate_.cut();
    }
    for (std::size_t i = 0; i < users.size(); ++i) {
        const int acknowledged = pending[i].get();
        const int stored =
            std::stoi(test_db->scalar("SELECT count(*) FROM notes WHERE user_id = '" + to_string(users[i]) + "'"));
        EXPECT_GE(stored, acknowledged);
    }
}

}  // namespace
}  // namespace platform::db
