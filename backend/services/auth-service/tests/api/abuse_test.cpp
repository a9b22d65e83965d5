#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <future>

namespace tt::auth {
namespace {

// S009
TEST(AuthAbuse, TheEleventhWrongPasswordWaitsAndOthersSignIn) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com");
    world.sign_up("grace@example.com");
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(world.sign_in("ada@example.com", "wrong horse").code(), "invalid_credentials") << i;
        world.clock.advance(std::chrono::seconds(5));
    }
    const auto refused = world.sign_in("ada@example.com", "wrong horse");
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.code(), "over_request_rate_limit");
    EXPECT_EQ(refused.headers.find("Retry-After"), "59");
    EXPECT_EQ(world.sign_in("ada@example.com").status, 429U) << "the right one is not looked at either";
    EXPECT_EQ(world.sign_in("grace@example.com").status, 200U);
    world.clock.advance(std::chrono::seconds(60));
    EXPECT_EQ(world.sign_in("ada@example.com").status, 200U);
}

// S006, S007, S010: what does not exist is slowed in the same way.
TEST(AuthAbuse, UnknownAccountsAreSlowedAlike) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com");
    for (const char* email : {"ada@example.com", "nobody@example.com"}) {
        for (int i = 0; i < 10; ++i) EXPECT_EQ(world.sign_in(email, "wrong horse").status, 400U);
        const auto refused = world.sign_in(email, "wrong horse");
        EXPECT_EQ(refused.status, 429U) << email;
        EXPECT_EQ(refused.headers.find("Retry-After"), "64") << email;
    }
}

// S010
TEST(AuthAbuse, AKnownBrowserSignsInWhileOthersGuess) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com");
    const auto session = world.sign_in("ada@example.com");
    const std::string cookie(session.headers.find("Set-Cookie").value_or(""));
    ASSERT_TRUE(cookie.starts_with("tt_devices=")) << cookie;
    EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("SameSite=Lax"), std::string::npos);
    for (int i = 0; i < 12; ++i) world.sign_in("ada@example.com", "wrong horse");
    EXPECT_EQ(world.sign_in("ada@example.com").status, 429U);
    Call call{http::Method::post, "/auth/v1/token?grant_type=password",
              R"({"email":"ada@example.com","password":"correct horse"})"};
    call.cookie = cookie.substr(0, cookie.find(';'));
    EXPECT_EQ(world.call(call).status, 200U);
}

// NIST 800-63B-4 §3.2.2: a hundred wrong ones in a row end an account's password; its owner gets in by mail.
TEST(AuthAbuse, AfterAHundredWrongPasswordsARecoveryHelps) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com");
    world.database.exec(
        "INSERT INTO auth.attempts VALUES (sha256('ada@example.com'), 'password', '', 100, now(), 'infinity')");
    EXPECT_EQ(world.sign_in("ada@example.com").status, 429U);
    world.post("/auth/v1/recover", R"({"email":"ada@example.com"})");
    const std::string code = code_in(world.mailer.wait_for_text("ada@example.com"));
    const auto session =
        world.post("/auth/v1/verify", R"({"type":"recovery","email":"ada@example.com","token":")" + code + R"("})");
    ASSERT_EQ(session.status, 200U) << session.text;
    const auto changed = world.call(
        {http::Method::put, "/auth/v1/user", R"({"password":"battery staple"})", session.str("access_token")});
    EXPECT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(world.sign_in("ada@example.com", "battery staple").status, 200U);
}

// S017: a code has five tries, and asking for another code does not give endless ones.
TEST(AuthAbuse, CodesCannotBeGuessedByAskingForNewOnes) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com");
    int looked_at = 0;
    for (int round = 0; round < 10; ++round) {
        world.clock.advance(std::chrono::seconds(1));
        world.post("/auth/v1/recover", R"({"email":"ada@example.com"})");
        for (int i = 0; i < 5; ++i) {
            const auto answer =
                world.post("/auth/v1/verify", R"({"type":"recovery","email":"ada@example.com","token":"000000"})");
            looked_at += answer.status == 403 ? 1 : 0;
        }
    }
    EXPECT_LE(looked_at, 10);
}

// The hashes have threads of their own: what needs none is answered as fast as before.
TEST(AuthAbuse, AFloodOfSignInsLeavesOtherRoutesAlone) {
    crypto::PasswordConfig passwords;
    passwords.queue_limit = 8;
    AuthWorld world(test_config(true), 0, passwords);
    std::vector<std::future<Answer>> flood;
    for (int i = 0; i < 60; ++i) {
        const std::string body =
            R"({"email":"person)" + std::to_string(i) + R"(@example.com","password":"wrong horse"})";
        flood.push_back(world.start({http::Method::post, "/auth/v1/token?grant_type=password", body}, i % 2));
    }
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 50; ++i) EXPECT_EQ(world.get("/auth/v1/settings").status, 200U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    int refused = 0;
    for (auto& one : flood) {
        const Answer answer = one.get();
        if (answer.status != 503) continue;
        ++refused;
        EXPECT_TRUE(answer.headers.find("Retry-After"));
    }
    EXPECT_GT(refused, 0) << "what does not fit into the queue is refused";
}

}  // namespace
}  // namespace tt::auth
