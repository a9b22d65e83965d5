#include "shared/host/revocation_channel.hpp"

#include "platform/testing/redis_server.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace tt {
namespace {

using namespace std::chrono_literals;
using platform::testing::RedisServer;

Settings channel_settings(const std::string& redis_url) {
    Settings settings;
    settings.server.io_threads = 1;
    settings.paths.data = std::filesystem::temp_directory_path() / ("tt-channel-" + std::to_string(::getpid()));
    settings.keys.jwt_secret = config::Secret("a secret of thirty-two characters");
    settings.keys.master_key = config::Secret("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    settings.redis.url = config::Secret(redis_url);
    return settings;
}

/// Publishes until `done`, since a subscription takes a moment.
Task<void> publish_until(RevocationChannel& channel, std::vector<Revocation> added, const int& heard) {
    for (int i = 0; i < 200 && heard == 0; ++i) {
        channel.publish(added);
        co_await sleep_for(25ms);
    }
}

TEST(RevocationsByRedis, AreHeardByAllAndForgedOnesByNobody) {
    RedisServer server;
    Host host(channel_settings(server.url()));
    const Time later = host.clock().now() + 1h;
    std::vector<Revocation> added;
    for (int i = 0; i < 1500; ++i) added.push_back({uuid_v4(), later, later});
    RevocationSet set;
    int heard = 0;
    int forged = 0;
    host.run_once([&]() -> Task<void> {
        RevocationChannel channel(host, {.on_heard =
                                             [&](const std::vector<Revocation>& some) {
                                                 ++heard;
                                                 set.add(some);
                                             },
                                         .on_connected = [] {}});
        channel.start();
        co_await publish_until(channel, added, heard);
        for (int i = 0; i < 200 && set.size() < added.size(); ++i) co_await sleep_for(10ms);
        heard = 0;
        co_await sleep_for(200ms);  // what is still on its way
        const int before = heard;
        for (const std::string& message : {std::string(), std::string("{}"), std::string(64, '0') + "{}"}) {
            std::vector<std::string> words{"PUBLISH", "tt:revocations", message};
            co_await host.redis()->call(std::move(words));
        }
        co_await sleep_for(200ms);
        forged = heard - before;
    });
    EXPECT_EQ(set.size(), added.size());
    for (const auto& one : added) EXPECT_TRUE(set.is_revoked(one.subject, host.clock().now()));
    EXPECT_EQ(forged, 0);
    std::filesystem::remove_all(host.settings().paths.data);
}

TEST(RevocationsByRedis, WithoutAnAddressThereIsNone) {
    Host host(channel_settings(""));
    EXPECT_EQ(host.redis(), nullptr);
    std::filesystem::remove_all(host.settings().paths.data);
}

}  // namespace
}  // namespace tt
