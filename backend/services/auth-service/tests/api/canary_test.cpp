// Whatever a person types must never reach the log.

#include "platform/log/log.hpp"
#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <cstdio>

namespace tt::auth {
namespace {

std::string read_all(std::FILE* file) {
    std::rewind(file);
    std::string out;
    char buffer[4096];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) out.append(buffer, n);
    return out;
}

TEST(AuthLog, HoldsNoPasswordTokenOrAddress) {
    std::FILE* file = std::tmpfile();
    log::Settings settings;
    settings.level = log::Level::debug;
    settings.fd = fileno(file);
    log::configure(settings);
    std::vector<std::string> secrets{"canary.address", "Canary-Password-1", "Canary-Password-2", "wrong canary",
                                     "Canary-Password-3"};
    {
        AuthWorld world(test_config(true));
        const Answer session = world.sign_up("canary.address@example.com", "Canary-Password-1");
        world.sign_in("canary.address@example.com", "wrong canary");
        world.sign_in("canary.address.unknown@example.com", "wrong canary");
        // S012: neither is what somebody has put into an address by mistake.
        world.post("/auth/v1/token?grant_type=password&password=Canary-Password-3",
                   R"({"email":"canary.address@example.com"})");
        const Answer next = world.refresh(session.str("refresh_token"));
        world.refresh(next.str("refresh_token"));
        world.clock.advance(std::chrono::seconds(11));
        world.refresh(session.str("refresh_token"));
        const Answer again = world.sign_in("canary.address@example.com", "Canary-Password-1");
        world.call(
            {http::Method::put, "/auth/v1/user", R"({"password":"Canary-Password-2"})", again.str("access_token")});
        const Answer handoff = world.post("/api/v1/session-handoff", "", again.str("access_token"));
        world.post("/api/v1/session-handoff/exchange", R"({"code":")" + handoff.str("code") + R"("})");
        world.post("/auth/v1/recover", R"({"email":"canary.address@example.com"})");
        secrets.push_back(world.mailer.wait_for_text("canary.address@example.com").substr(150, 60));
        const std::string claim = world.runtime.run(world.service.create_admin_claim());
        world.post("/api/v1/admin/claim", R"({"token":")" + claim + R"("})", again.str("access_token"));
        for (const std::string& token :
             {session.str("access_token"), session.str("refresh_token"), next.str("refresh_token"),
              again.str("access_token"), handoff.str("code"), claim}) {
            ASSERT_FALSE(token.empty());
            secrets.push_back(token);
        }
    }
    log::flush();
    const std::string lines = read_all(file);
    EXPECT_NE(lines.find("user_signed_up"), std::string::npos) << "the log was read";
    EXPECT_NE(lines.find("refresh_token_reused"), std::string::npos);
    for (const std::string& secret : secrets) EXPECT_EQ(lines.find(secret), std::string::npos) << secret;
    log::configure({});
    std::fclose(file);
}

}  // namespace
}  // namespace tt::auth
