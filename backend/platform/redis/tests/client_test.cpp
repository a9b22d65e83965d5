#include "platform/redis/client.hpp"

#include "platform/core/error.hpp"
#include "platform/redis/subscriber.hpp"
#include "platform/testing/redis_server.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <future>
#include <mutex>
#include <thread>

namespace platform::redis {
namespace {

using namespace std::chrono_literals;
using testing::RedisServer;
using testing::TestRuntime;

Config config_for(const RedisServer& server) {
    Config config = config_of_url(server.url());
    config.command_timeout = 500ms;  // sanitizers make everything slow
    return config;
}

class RedisClient : public ::testing::Test {
protected:
    ~RedisClient() override { runtime_.stop(); }

    Reply call(std::vector<std::string> words, std::size_t thread = 0) {
        return runtime_.run(client_.call(std::move(words)), thread);
    }
    /// Whether a call succeeds within five seconds of trying.
    bool comes_back() {
        for (int i = 0; i < 100; ++i) {
            try {
                call({"PING"});
                return true;
            } catch (const Unavailable&) {
                std::this_thread::sleep_for(50ms);
            }
        }
        return false;
    }

    RedisServer server_;
    TestRuntime runtime_{2};
    Client client_{runtime_.get(), config_for(server_)};
};

TEST_F(RedisClient, AsksAndIsAnswered) {
    EXPECT_EQ(call({"SET", "k", std::string("a\0b", 3)}).text, "OK");
    EXPECT_EQ(call({"GET", "k"}).text, std::string("a\0b", 3));
    EXPECT_TRUE(call({"GET", "missing"}).is_null());
    EXPECT_EQ(call({"INCRBY", "n", "5"}).integer, 5);
    EXPECT_TRUE(call({"INCR", "k"}).is_error());
    EXPECT_EQ(call({"HGETALL", "nobody"}).items.size(), 0U);
}

TEST_F(RedisClient, ManyCallsShareOneConnectionPerThreadAndKeepTheirOrder) {
    std::vector<std::future<Reply>> calls;
    for (int i = 0; i < 400; ++i) {
        calls.push_back(runtime_.start(client_.call({"ECHO", std::to_string(i)}), static_cast<std::size_t>(i % 2)));
    }
    for (int i = 0; i < 400; ++i) EXPECT_EQ(calls[static_cast<std::size_t>(i)].get().text, std::to_string(i));
    const std::string clients = call({"CLIENT", "LIST", "TYPE", "normal"}).text;
    EXPECT_EQ(std::count(clients.begin(), clients.end(), '\n'), 2);
}

TEST_F(RedisClient, AServerThatIsGoneFailsAtOnceAndComesBack) {
    call({"PING"});
    server_.kill();
    EXPECT_THROW(call({"PING"}), Unavailable);
    // While the next attempt is not due nobody waits for it.
    const auto started = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i) EXPECT_THROW(call({"PING"}), Unavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - started, 3s);
    server_.start();
    EXPECT_TRUE(comes_back());
}

TEST_F(RedisClient, AServerThatHangsCostsADeadlineAndIsGivenUp) {
    call({"PING"});
    server_.freeze();
    std::vector<std::future<Reply>> calls;
    for (int i = 0; i < 6; ++i) calls.push_back(runtime_.start(client_.call({"ECHO", "late"})));
    for (auto& one : calls) EXPECT_THROW(one.get(), Unavailable);
    server_.thaw();
    EXPECT_TRUE(comes_back());
    EXPECT_EQ(call({"ECHO", "mine"}).text, "mine") << "late replies are nobody's";
}

TEST_F(RedisClient, WhileASilentServerIsTriedAgainNobodyWaits) {
    call({"PING"});
    server_.freeze();
    for (int i = 0; i < 5; ++i) EXPECT_THROW(call({"PING"}), Unavailable);
    // For as long as several attempts to connect take: the server accepts them and says nothing.
    const auto until = std::chrono::steady_clock::now() + 3s;
    auto longest = std::chrono::steady_clock::duration::zero();
    while (std::chrono::steady_clock::now() < until) {
        const auto started = std::chrono::steady_clock::now();
        EXPECT_THROW(call({"PING"}), Unavailable);
        longest = std::max(longest, std::chrono::steady_clock::now() - started);
        std::this_thread::sleep_for(10ms);
    }
    EXPECT_LT(longest, 300ms);
    server_.thaw();
    EXPECT_TRUE(comes_back());
}

TEST_F(RedisClient, ALateReplyIsNotTheNextOnes) {
    call({"PING"});
    server_.freeze();
    EXPECT_THROW(call({"ECHO", "late"}), Unavailable);
    server_.thaw();
    EXPECT_EQ(call({"ECHO", "mine"}).text, "mine");
}

TEST_F(RedisClient, AReplyThatIsTooLargeEndsTheConnection) {
    call({"SETRANGE", "large", "5000000", "x"});
    EXPECT_THROW(call({"GET", "large"}), Unavailable);
    EXPECT_TRUE(comes_back());
}

TEST(RedisAuthentication, WithPasswordUserAndDatabase) {
    RedisServer server({"--requirepass", "p@ss"});
    TestRuntime runtime;
    Config config = config_for(server);
    config.password = "p@ss";
    config.database = 3;
    Client client(runtime.get(), config);
    EXPECT_EQ(runtime.run(client.call({"SET", "k", "v"})).text, "OK");
    EXPECT_NE(runtime.run(client.call({"CLIENT", "INFO"})).text.find("db=3"), std::string::npos);
    EXPECT_NE(runtime.run(client.call({"CLIENT", "INFO"})).text.find("resp=3"), std::string::npos);
    config.password = "wrong";
    Client stranger(runtime.get(), config);
    EXPECT_THROW(runtime.run(stranger.call({"GET", "k"})), Unavailable);
    runtime.stop();
}

TEST(RedisAuthentication, AlsoWhereHelloIsNotKnown) {
    RedisServer server({"--requirepass", "secret", "--rename-command", "HELLO", ""});
    TestRuntime runtime;
    Config config = config_for(server);
    config.password = "secret";
    Client client(runtime.get(), config);
    EXPECT_EQ(runtime.run(client.call({"PING"})).text, "PONG");
    EXPECT_TRUE(runtime.run(client.call({"HGETALL", "nobody"})).items.empty());
    runtime.stop();
}

/// What a subscriber heard.
class Heard {
public:
    Subscriber::Handlers handlers() {
        return {.on_message =
                    [this](std::string payload) {
                        const std::lock_guard lock(mutex_);
                        messages_.push_back(std::move(payload));
                    },
                .on_connected = [this] { ++connections; }};
    }
    bool wait_for(const std::string& message) const {
        for (int i = 0; i < 200; ++i) {
            {
                const std::lock_guard lock(mutex_);
                if (std::find(messages_.begin(), messages_.end(), message) != messages_.end()) return true;
            }
            std::this_thread::sleep_for(25ms);
        }
        return false;
    }
    bool wait_for_connections(int count) const {
        for (int i = 0; i < 200 && connections < count; ++i) std::this_thread::sleep_for(25ms);
        return connections >= count;
    }
    std::atomic<int> connections{0};

private:
    mutable std::mutex mutex_;
    std::vector<std::string> messages_;
};

/// The subscription may take a moment longer than the connection.
void publish_until_heard(TestRuntime& runtime, Client& client, const std::string& message) {
    for (int i = 0; i < 200; ++i) {
        try {
            if (runtime.run(client.call({"PUBLISH", "news", message})).integer > 0) return;
        } catch (const Unavailable&) {
            // the connection of the commands is still on its way back
        }
        std::this_thread::sleep_for(25ms);
    }
}

TEST(RedisSubscriber, HearsItsChannelAlsoAfterTheServerCameBack) {
    for (const bool is_old : {false, true}) {
        RedisServer server(is_old ? std::vector<std::string>{"--rename-command", "HELLO", ""}
                                  : std::vector<std::string>{});
        TestRuntime runtime;
        Heard heard;
        Client client(runtime.get(), config_for(server));
        {
            Subscriber subscriber(runtime.get(), config_for(server), "news", heard.handlers());
            subscriber.start();
            ASSERT_TRUE(heard.wait_for_connections(1));
            publish_until_heard(runtime, client, "first");
            EXPECT_TRUE(heard.wait_for("first"));
            server.kill();
            server.start();
            ASSERT_TRUE(heard.wait_for_connections(2));
            publish_until_heard(runtime, client, "second");
            EXPECT_TRUE(heard.wait_for("second"));
        }
        runtime.stop();
    }
}

}  // namespace
}  // namespace platform::redis
