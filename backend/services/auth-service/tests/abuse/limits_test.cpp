#include "services/auth-service/src/limits.hpp"

#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

namespace tt::auth {
namespace {

AuthConfig strict_config() {
    AuthConfig config = test_config(true);
    config.limits = AuthLimits{};
    return config;
}

std::string sign_in_body(const std::string& email) {
    return R"({"email":")" + email + R"(","password":"wrong horse"})";
}

TEST(AuthLimits, TheThirtyFirstSignInOfAnAddressWaits) {
    AuthWorld world(strict_config());
    const std::string target = "/auth/v1/token?grant_type=password";
    for (int i = 0; i < 30; ++i) {
        const auto answer = world.post(target, sign_in_body("person" + std::to_string(i) + "@example.com"));
        ASSERT_EQ(answer.code(), "invalid_credentials") << i;
        EXPECT_EQ(answer.headers.find("RateLimit-Policy"), "\"sign_in\";q=30;w=300");
        EXPECT_EQ(answer.headers.find("X-RateLimit-Remaining"), std::to_string(29 - i));
    }
    const auto refused = world.post(target, sign_in_body("one.more@example.com"));
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.code(), "over_request_rate_limit");
    EXPECT_EQ(refused.str("msg"), "Request rate limit reached");
    EXPECT_EQ(refused.headers.find("Retry-After"), "10");
    EXPECT_EQ(refused.headers.find("RateLimit"), "\"sign_in\";r=0;t=10");
    EXPECT_EQ(refused.headers.find("x-sb-error-code"), "over_request_rate_limit");
    EXPECT_EQ(world.get("/auth/v1/settings").status, 200U) << "nothing else is limited by it";
    world.clock.advance(std::chrono::seconds(10));
    EXPECT_EQ(world.post(target, sign_in_body("one.more@example.com")).status, 400U);
}

// Every sign-in page that opens asks for them: they must not use up the tries of the people behind one address.
TEST(AuthLimits, AskingForPasskeysIsNoSignIn) {
    AuthConfig config = strict_config();
    config.limits.sign_in = 1;
    AuthWorld world(config);
    const std::string options = "/auth/v1/passkeys/authentication/options";
    for (int i = 0; i < 120; ++i) {
        const auto answer = world.post(options, "{}");
        ASSERT_EQ(answer.headers.find("RateLimit-Policy"), "\"passkey_options\";q=120;w=300") << i;
        ASSERT_NE(answer.status, 429U) << i;
    }
    EXPECT_EQ(world.post(options, "{}").status, 429U);
    EXPECT_EQ(world.post("/auth/v1/token?grant_type=password", sign_in_body("ada@example.com")).code(),
              "invalid_credentials");
    const auto chosen = world.post("/auth/v1/passkeys/authentication/verify", R"({"challenge_id":"","credential":{}})");
    EXPECT_EQ(chosen.status, 429U) << "a chosen passkey is a try like a password";
}

TEST(AuthLimits, TheNewErrorBodyHasTheSameCode) {
    AuthConfig config = strict_config();
    config.limits.sign_in = 1;
    AuthWorld world(config);
    Call call{http::Method::post, "/auth/v1/token?grant_type=password", sign_in_body("a@example.com")};
    call.api_version = "2024-01-01";
    world.call(call);
    const auto refused = world.call(call);
    EXPECT_EQ(refused.str("code"), "over_request_rate_limit");
    EXPECT_EQ(refused.str("message"), "Request rate limit reached");
}

TEST(AuthLimits, MailsOfAllKindsShareOneBudget) {
    AuthWorld world(strict_config());
    int sent = 0;
    for (int i = 0; i < 20; ++i) {
        const std::string route = i % 2 == 0 ? "/auth/v1/recover" : "/auth/v1/resend";
        const auto answer = world.post(route, R"({"type":"signup","email":"a@example.com"})");
        sent += answer.status == 200 ? 1 : 0;
    }
    EXPECT_EQ(sent, 10);
}

// Repeating the wish for one address is silently the same wish (no oracle, no flood of mail).
TEST(AuthLimits, RepeatedRecoveriesAreOneMail) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com");
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(world.post("/auth/v1/recover", R"({"email":"ada@example.com"})").text, "{}");
    }
    ASSERT_NE(world.mailer.wait_for_text("ada@example.com"), "");
    EXPECT_EQ(world.mailer.sent_to("ada@example.com").size(), 1U);
}

TEST(AuthLimits, ARefreshIsCountedBySessionAlone) {
    AuthConfig config = strict_config();
    config.limits.sign_in = 1;
    config.limits.refresh = 3;
    AuthWorld world(config);
    std::string mine = world.sign_up("ada@example.com").str("refresh_token");
    const std::string other = world.sign_up("grace@example.com").str("refresh_token");
    for (int i = 0; i < 3; ++i) mine = world.refresh(mine).str("refresh_token");
    const auto refused = world.refresh(mine);
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.headers.find("Retry-After"), "100");
    EXPECT_EQ(world.refresh(other).status, 200U);
    world.clock.advance(std::chrono::seconds(100));
    EXPECT_EQ(world.refresh(mine).status, 200U) << "a refusal does not use the token up";
}

// The table in the document is the table in the code.
TEST(AuthLimits, AreDocumentedAsTheyAre) {
    std::ifstream file(TT_SOURCE_DIR "/docs/api/auth.md");
    std::stringstream text;
    text << file.rdbuf();
    static constexpr const char* scopes[] = {"address", "caller", "session"};
    for (const LimitRule& rule : limit_rules) {
        std::string routes(rule.routes);
        const std::string row = "| `" + std::string(rule.name) + "` | " + routes + " | " +
                                std::to_string(AuthLimits{}.*rule.quota) + " in " +
                                std::to_string(rule.window.count()) + " s | " +
                                scopes[static_cast<std::size_t>(rule.scope)] + " |";
        EXPECT_NE(text.str().find(row), std::string::npos) << "docs/api/auth.md lacks:\n" << row;
    }
}

TEST(AuthLimits, TheRulesStandInTheOrderOfTheirNames) {
    for (std::size_t i = 0; i < limit_rules.size(); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(limit_rules[i].limit), i) << limit_rules[i].name;
    }
}

}  // namespace
}  // namespace tt::auth
