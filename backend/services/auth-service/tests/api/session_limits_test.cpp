#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

/// Lists, ends and limits of sessions.
class SessionLimitsTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(true)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }

    Answer end(const std::string& id, const std::string& token) {
        return world().call({http::Method::delete_, "/auth/v1/sessions/" + id, "", token});
    }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> SessionLimitsTest::world_;

// S042, §3 row 5.
TEST_F(SessionLimitsTest, S042PeopleSeeAndEndTheirSessions) {
    const std::string here = world().sign_up("list@example.com").str("access_token");
    world().clock.advance(std::chrono::seconds(1));
    const Answer there = world().sign_in("list@example.com");
    const Answer answer = world().get("/auth/v1/sessions", here);
    ASSERT_EQ(answer.status, 200U) << answer.text;
    const auto& list = answer.body.as_array();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].at("current"), false) << "the latest used first";
    EXPECT_EQ(list[1].at("current"), true);
    EXPECT_EQ(list[0].at("user_agent"), "auth tests");
    EXPECT_EQ(list[0].at("ip"), "127.0.0.0") << "masked";
    EXPECT_EQ(list[0].at("aal"), "aal1");
    EXPECT_TRUE(list[0].as_object().contains("created_at"));
    EXPECT_TRUE(list[0].as_object().contains("refreshed_at"));

    EXPECT_EQ(end(std::string(list[0].at("id").as_string()), here).status, 204U);
    EXPECT_EQ(world().get("/auth/v1/user", there.str("access_token")).code(), "session_not_found");
    EXPECT_EQ(world().refresh(there.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().get("/auth/v1/sessions", here).body.as_array().size(), 1U);
}

TEST_F(SessionLimitsTest, NobodyEndsSomebodyElses) {
    const std::string mine = world().sign_up("mine@example.com").str("access_token");
    const std::string theirs = world().sign_up("theirs@example.com").str("access_token");
    const auto list = world().get("/auth/v1/sessions", theirs).body.as_array();
    EXPECT_EQ(end(std::string(list[0].at("id").as_string()), mine).status, 404U);
    EXPECT_EQ(end("7", mine).status, 404U);
    EXPECT_EQ(end("7", "").code(), "no_authorization");
    EXPECT_EQ(world().get("/auth/v1/user", theirs).status, 200U);
}

// §3 row 21: signing out never gets stuck.
TEST_F(SessionLimitsTest, AnExpiredTokenStillSignsOut) {
    const Answer session = world().sign_up("late@example.com");
    world().clock.advance(std::chrono::seconds(1200));
    EXPECT_EQ(world().get("/auth/v1/user", session.str("access_token")).code(), "bad_jwt");
    EXPECT_EQ(world().post("/auth/v1/logout", "", session.str("access_token")).status, 204U);
    EXPECT_EQ(world().refresh(session.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().post("/auth/v1/logout", "", "not.a.token").code(), "bad_jwt");
}

// A token outlives its session, and a stolen one lies around: then it ends nothing but its own session.
TEST_F(SessionLimitsTest, ATokenWhoseSessionHasEndedSignsNobodyElseOut) {
    const Answer dead = world().sign_up("dead@example.com");
    const Answer living = world().sign_in("dead@example.com");
    EXPECT_EQ(world().post("/auth/v1/logout?scope=local", "", dead.str("access_token")).status, 204U);
    for (const char* scope : {"", "?scope=global", "?scope=others"}) {
        EXPECT_EQ(world().post(std::string("/auth/v1/logout") + scope, "", dead.str("access_token")).status, 204U);
        EXPECT_EQ(world().get("/auth/v1/user", living.str("access_token")).status, 200U) << scope;
    }
    world().clock.advance(std::chrono::days(8));
    const Answer later = world().sign_in("dead@example.com");
    for (const Answer* old : {&dead, &living}) {  // the second session was not used for a week
        EXPECT_EQ(world().post("/auth/v1/logout", "", old->str("access_token")).status, 204U);
        EXPECT_EQ(world().refresh(later.str("refresh_token")).status, 200U);
    }
}

TEST_F(SessionLimitsTest, AnotherAudienceIsNotServed) {
    const std::string token = world().sign_up("aud@example.com").str("access_token");
    Call call{.target = "/auth/v1/user", .bearer = token};
    call.headers = {{"X-JWT-AUD", "somebody else"}};
    EXPECT_EQ(world().call(call).code(), "validation_failed");
}

// Both bodies of auth.md §1.2.
TEST_F(SessionLimitsTest, ErrorsHaveTheShapeOfTheVersionAskedFor) {
    Call call{.target = "/auth/v1/user"};
    const Answer old = world().call(call);
    EXPECT_EQ(old["code"], 401);
    EXPECT_EQ(old.str("error_code"), "no_authorization");
    EXPECT_EQ(old.headers.find("x-sb-error-code"), "no_authorization");
    call.api_version = "2024-01-01";
    const Answer fresh = world().call(call);
    EXPECT_EQ(fresh.str("code"), "no_authorization");
    EXPECT_EQ(fresh.str("message"), "This endpoint requires a valid Bearer token");
    EXPECT_EQ(fresh.headers.find("x-supabase-api-version"), "2024-01-01");
    for (const char* odd : {"2023-12-31", "latest", "2024-1-1", "99999999"}) {
        call.api_version = odd;
        EXPECT_EQ(world().call(call).str("error_code"), "no_authorization") << odd;
    }
}

TEST(SessionLimits, OneSessionPerPerson) {
    AuthConfig config = test_config(true);
    config.single_session = true;
    AuthWorld world(config);
    const Answer first = world.sign_up("one@example.com");
    world.clock.advance(std::chrono::seconds(1));
    const Answer second = world.sign_in("one@example.com");
    const Answer refused = world.refresh(first.str("refresh_token"));
    EXPECT_EQ(refused.code(), "session_expired");
    EXPECT_EQ(refused.str("msg"), "Invalid Refresh Token: Session Expired (Revoked by Newer Login)");
    EXPECT_EQ(world.refresh(second.str("refresh_token")).status, 200U);
}

// A sign-in goes on at the other site, and others act within it: none of that is a newer login.
TEST(SessionLimits, OneSessionPerPersonIsOneSignIn) {
    AuthConfig config = test_config(true);
    config.single_session = true;
    AuthWorld world(config);
    const Answer first = world.sign_up("one@example.com");
    world.clock.advance(std::chrono::seconds(1));
    const Answer made = world.post("/api/v1/session-handoff", "", first.str("access_token"));
    const Answer there = world.post("/api/v1/session-handoff/exchange", R"({"code":")" + made.str("code") + "\"}");
    ASSERT_EQ(there.status, 200U) << there.text;
    for (const char* column : {"act_user", "client_id"}) {
        world.database.exec(std::string("INSERT INTO auth.sessions (user_id, id, refresh_key, amr, authenticated_at, "
                                        "created_at, refreshed_at, not_after, ") +
                            column +
                            ") SELECT id, gen_random_uuid(), '', '[]', '2999-01-01', '2999-01-01', '2999-01-01', "
                            "'2999-01-01', gen_random_uuid() FROM auth.users");
    }
    EXPECT_EQ(world.refresh(first.str("refresh_token")).status, 200U);
    EXPECT_EQ(world.refresh(there.str("refresh_token")).status, 200U);
    world.clock.advance(std::chrono::seconds(1));
    world.sign_in("one@example.com");
    EXPECT_EQ(world.refresh(first.str("refresh_token")).code(), "session_expired");
    EXPECT_EQ(world.refresh(there.str("refresh_token")).code(), "session_expired");
}

TEST(SessionLimits, AHandoffDoesNotRenewTheAbsoluteLimit) {
    AuthConfig config = test_config(true);
    config.refresh_absolute_s = 3000;
    config.refresh_idle_s = 2000;
    AuthWorld world(config);
    const Answer first = world.sign_up("chain@example.com");
    world.clock.advance(std::chrono::seconds(850));
    const Answer made = world.post("/api/v1/session-handoff", "", first.str("access_token"));
    const Answer there = world.post("/api/v1/session-handoff/exchange", R"({"code":")" + made.str("code") + "\"}");
    ASSERT_EQ(there.status, 200U) << there.text;
    EXPECT_EQ(there["refresh_token_expires_in"], 2000);
    world.clock.advance(std::chrono::seconds(1999));
    const Answer refreshed = world.refresh(there.str("refresh_token"));
    ASSERT_EQ(refreshed.status, 200U) << refreshed.text;
    EXPECT_EQ(refreshed["refresh_token_expires_in"], 151);
    world.clock.advance(std::chrono::seconds(151));
    EXPECT_EQ(world.refresh(refreshed.str("refresh_token")).str("msg"), "Invalid Refresh Token: Session Expired");
}

// S037: seven idle days and thirty in all, as small numbers.
TEST(SessionLimits, TimeboxAndInactivity) {
    AuthConfig config = test_config(true);
    config.refresh_absolute_s = 3000;
    config.refresh_idle_s = 1000;
    AuthWorld world(config);
    Answer session = world.sign_up("box@example.com");
    EXPECT_EQ(session["refresh_token_expires_in"], 1000);
    EXPECT_EQ(session["refresh_token_expires_at"].as_int64(), session["expires_at"].as_int64() + 100);
    for (int i = 0; i < 3; ++i) {
        world.clock.advance(std::chrono::seconds(950));
        session = world.refresh(session.str("refresh_token"));
        ASSERT_EQ(session.status, 200U) << session.text;
    }
    EXPECT_EQ(session["refresh_token_expires_in"], 150);
    world.clock.advance(std::chrono::seconds(200));
    EXPECT_EQ(world.refresh(session.str("refresh_token")).code(), "session_expired");
    const Answer idle = world.sign_in("box@example.com");
    world.clock.advance(std::chrono::seconds(1000));
    EXPECT_EQ(world.refresh(idle.str("refresh_token")).str("msg"),
              "Invalid Refresh Token: Session Expired (Inactivity)");
}

// A session of somebody with a second factor does not stay at aal1 beyond low_aal_s.
TEST(SessionLimits, LowAal) {
    AuthConfig config = test_config(true);
    config.low_aal_s = 600;
    AuthWorld world(config);
    const Answer weak = world.sign_up("mfa@example.com");
    const Answer other = world.sign_up("none@example.com");
    world.database.exec(
        "INSERT INTO auth.factors (user_id, id, factor_type, status, friendly_name, secret, created_at, updated_at) "
        "SELECT id, gen_random_uuid(), 'totp', 'verified', '', '\\x00', now(), now() FROM auth.users "
        "WHERE email = 'mfa@example.com'");
    world.clock.advance(std::chrono::seconds(601));
    const Answer refused = world.refresh(weak.str("refresh_token"));
    EXPECT_EQ(refused.code(), "session_expired");
    EXPECT_EQ(refused.str("msg"), "Invalid Refresh Token: Session Expired (Low AAL: User Needs MFA Verification)");
    EXPECT_EQ(world.refresh(other.str("refresh_token")).status, 200U);
}

// ASVS 6.3.5: the owner hears of a browser that the account has not met.
TEST(NewDevice, IsToldOnce) {
    AuthConfig config = test_config(true);
    config.new_device_mails = true;
    AuthWorld world(config);
    const Answer first = world.sign_up("device@example.com");
    std::string cookie(first.headers.find("set-cookie").value_or(""));
    cookie = cookie.substr(0, cookie.find(';'));
    ASSERT_EQ(cookie.rfind("tt_devices=", 0), 0U);
    Call same{http::Method::post, "/auth/v1/token?grant_type=password",
              R"({"email":"device@example.com","password":"correct horse"})"};
    same.headers = {{"Cookie", cookie}};
    EXPECT_EQ(world.call(same).status, 200U);
    EXPECT_EQ(world.sign_in("device@example.com").status, 200U) << "no cookie, but signed in from here already";
    EXPECT_EQ(world.post("/auth/v1/logout", "", first.str("access_token")).status, 204U);
    EXPECT_EQ(world.sign_in("device@example.com").status, 200U);
    EXPECT_NE(world.mailer.wait_for_text("device@example.com").find("new device"), std::string::npos);
    EXPECT_EQ(world.mailer.sent_to("device@example.com").size(), 1U);
}

}  // namespace
}  // namespace tt::auth
