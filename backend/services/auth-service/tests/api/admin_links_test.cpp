#include "services/auth-service/tests/admin_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class AdminLinksTest : public ::testing::Test {
protected:
    AuthWorld world{test_config(false)};

    Answer generate(const std::string& members) {
        return world.call({http::Method::post, "/auth/v1/admin/generate_link", "{" + members + "}", service_key()});
    }
    Answer invite(const std::string& members) {
        return world.call({http::Method::post, "/auth/v1/invite", "{" + members + "}", service_key()});
    }
    Answer use(const Answer& link, const std::string& type) {
        return world.post("/auth/v1/verify",
                          R"({"type":")" + type + R"(","token_hash":")" + link.str("hashed_token") + "\"}");
    }
    std::string confirmed(const std::string& email) {
        return world
            .call({http::Method::post, "/auth/v1/admin/users", R"({"email":")" + email + R"(","email_confirm":true})",
                   service_key()})
            .str("id");
    }
};

TEST_F(AdminLinksTest, ASignUpLinkMakesAndConfirmsTheAccount) {
    const Answer link =
        generate(R"("type":"signup","email":"New@example.com","password":"correct horse","data":{"status":"alpha"},)"
                 R"("redirect_to":"http://academy.test:8001/welcome")");
    ASSERT_EQ(link.status, 200U) << link.text;
    EXPECT_EQ(link.str("email"), "new@example.com");
    EXPECT_EQ(text_at(link.body, "/user_metadata/status"), "alpha");
    EXPECT_EQ(link.str("verification_type"), "signup");
    EXPECT_EQ(link.str("redirect_to"), "http://academy.test:8001/welcome");
    EXPECT_EQ(link.str("email_otp").size(), 6U);
    EXPECT_NE(link.str("action_link").find("?token="), std::string::npos) << link.text;
    EXPECT_NE(link.str("action_link").find("type=signup"), std::string::npos);
    EXPECT_NE(link.str("action_link").find("redirect_to="), std::string::npos);
    EXPECT_TRUE(world.mailer.sent_to("new@example.com").empty());  // nothing is mailed
    const Answer session = use(link, "signup");
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(use(link, "signup").code(), "otp_expired");
    EXPECT_EQ(generate(R"("type":"signup","email":"new@example.com","password":"correct horse")").code(),
              "email_exists");
}

// Anybody may have signed up with the address before: the administrator's link confirms what the administrator gave.
TEST_F(AdminLinksTest, ASignUpLinkDoesNotConfirmAStrangersPassword) {
    for (const char* given : {"", R"(,"password":"correct horse")"}) {
        const std::string email = *given ? "given@example.com" : "none@example.com";
        world.sign_up(email, "evil stapler x");
        world.mailer.wait_for_text(email, 1);  // the newest link is the one that counts
        const Answer link = generate(R"("type":"signup","email":")" + email + '"' + given);
        ASSERT_EQ(link.status, 200U) << link.text;
        ASSERT_EQ(use(link, "signup").status, 200U);
        EXPECT_EQ(world.sign_in(email, "evil stapler x").code(), "invalid_credentials");
        if (*given) EXPECT_EQ(world.sign_in(email).status, 200U);
    }
}

TEST_F(AdminLinksTest, MagicLinksAndRecoveries) {
    const std::string id = confirmed("known@example.com");
    const Answer magic = generate(R"("type":"magiclink","email":"known@example.com")");
    EXPECT_EQ(magic.str("verification_type"), "magiclink");
    EXPECT_EQ(text_at(use(magic, "magiclink").body, "/user/id"), id);
    const Answer recovery = generate(R"("type":"recovery","email":"known@example.com")");
    EXPECT_EQ(text_at(use(recovery, "recovery").body, "/user/id"), id);
    // Unknown: a magic link becomes a sign-up, a recovery is refused.
    EXPECT_EQ(generate(R"("type":"magiclink","email":"unknown@example.com")").str("verification_type"), "signup");
    const Answer refused = generate(R"("type":"recovery","email":"nobody@example.com")");
    EXPECT_EQ(refused.status, 404U);
    EXPECT_EQ(refused.code(), "user_not_found");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action='link_generated'"), "3");
}

TEST_F(AdminLinksTest, ChangesOfAddress) {
    confirmed("old@example.com");
    confirmed("taken@example.com");
    const Answer current =
        generate(R"("type":"email_change_current","email":"old@example.com","new_email":"fresh@example.com")");
    ASSERT_EQ(current.status, 200U) << current.text;
    EXPECT_EQ(current.str("new_email"), "fresh@example.com");
    EXPECT_NE(current.str("action_link").find("type=email_change"), std::string::npos);
    const Answer fresh =
        generate(R"("type":"email_change_new","email":"old@example.com","new_email":"fresh@example.com")");
    EXPECT_EQ(use(current, "email_change").status, 200U);
    const Answer done = use(fresh, "email_change");
    EXPECT_EQ(text_at(done.body, "/user/email"), "fresh@example.com") << done.text;
    EXPECT_EQ(
        generate(R"("type":"email_change_new","email":"fresh@example.com","new_email":"taken@example.com")").code(),
        "email_exists");
}

TEST_F(AdminLinksTest, InvitationsAreMailedAndUsed) {
    const Answer invited = invite(R"("email":"guest@example.com","data":{"team":"x"})");
    ASSERT_EQ(invited.status, 200U) << invited.text;
    EXPECT_TRUE(invited.body.as_object().contains("invited_at"));
    EXPECT_FALSE(invited.body.as_object().contains("email_confirmed_at"));
    const std::string mail = world.mailer.wait_for_text("guest@example.com");
    const auto begin = mail.find("token=") + 6;
    const std::string secret = mail.substr(begin, mail.find('&', begin) - begin);
    const Answer session = world.post("/auth/v1/verify", R"({"type":"invite","token_hash":")" + secret + "\"}");
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(text_at(session.body, "/user/id"), invited.str("id"));
    EXPECT_EQ(invite(R"("email":"guest@example.com")").code(), "email_exists");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action='user_invited'"), "1");
}

TEST_F(AdminLinksTest, WhatIsRefused) {
    EXPECT_EQ(generate(R"("type":"signup","email":"xx:;x@x.x","password":"password123")").str("msg"),
              "Unable to validate email address: invalid format");
    EXPECT_EQ(generate(R"("type":"unheard","email":"a@example.com")").code(), "validation_failed");
    EXPECT_EQ(generate(R"("type":"signup","email":"a@example.com")").code(), "validation_failed");
    EXPECT_EQ(generate(R"("type":"signup","email":"a@example.com","password":"short")").code(), "weak_password");
    EXPECT_EQ(generate(R"("type":"email_change_new","email":"a@example.com")").code(), "validation_failed");
    EXPECT_EQ(invite(R"("email":"x")").code(), "validation_failed");
    EXPECT_EQ(world.post("/auth/v1/invite", R"({"email":"a@example.com"})").code(), "no_authorization");
    EXPECT_EQ(world.post("/auth/v1/admin/generate_link", "{}").code(), "no_authorization");
    const Answer elsewhere =
        generate(R"("type":"magiclink","email":"a@example.com","redirect_to":"https://evil.test")");
    EXPECT_EQ(elsewhere.str("redirect_to"), "http://site.test");
}

}  // namespace
}  // namespace tt::auth
