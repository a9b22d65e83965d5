#include "platform/testing/tcp_gate.hpp"
#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <boost/url/url.hpp>
#include <thread>

namespace tt::auth {
namespace {

using namespace std::chrono_literals;

// Clients drop their session on 4xx and retry on 5xx: an outage must never look like a dead token.
TEST(AuthOutage, IsA503AndTokensLiveOn) {
    const boost::urls::url server(platform::testing::test_server_url());
    platform::testing::TcpGate gate(server.host(), server.port_number());
    AuthWorld world(test_config(true), gate.port());
    const Answer session = world.sign_up("outage@example.com");
    ASSERT_EQ(session.status, 200U) << session.text;

    gate.refuse();
    const auto begin = std::chrono::steady_clock::now();
    const Answer answers[] = {world.refresh(session.str("refresh_token")), world.sign_in("outage@example.com"),
                              world.sign_up("other@example.com"),
                              world.get("/auth/v1/user", session.str("access_token"))};
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 8s) << "each within two seconds";
    for (const Answer& answer : answers) {
        EXPECT_EQ(answer.status, 503U) << answer.text;
        EXPECT_TRUE(answer.headers.contains("retry-after"));
    }
    EXPECT_EQ(world.get("/auth/v1/.well-known/jwks.json").status, 200U) << "the others can go on verifying";

    gate.accept();
    Answer back = world.refresh(session.str("refresh_token"));
    for (int i = 0; i < 50 && back.status == 503; ++i) {
        std::this_thread::sleep_for(100ms);
        back = world.refresh(session.str("refresh_token"));
    }
    EXPECT_EQ(back.status, 200U) << back.text;
}

// The commit arrived but its answer was lost: the client retries with the token it has.
TEST(AuthOutage, LostAnswerOfARefreshLosesNothing) {
    const boost::urls::url server(platform::testing::test_server_url());
    platform::testing::TcpGate gate(server.host(), server.port_number());
    AuthWorld world(test_config(true), gate.port());
    std::string token = world.sign_up("lostreply@example.com").str("refresh_token");
    for (int round = 0; round < 10; ++round) {
        gate.drop_next_reply();
        Answer answer = world.refresh(token);
        for (int i = 0; i < 50 && answer.status >= 500; ++i) {
            std::this_thread::sleep_for(50ms);
            answer = world.refresh(token);
        }
        ASSERT_EQ(answer.status, 200U) << round << answer.text;
        token = answer.str("refresh_token");
    }
}

}  // namespace
}  // namespace tt::auth
