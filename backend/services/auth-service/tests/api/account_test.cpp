#include "platform/crypto/jwt.hpp"
#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class AccountTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(true)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }
    Answer put_user(const std::string& body, const std::string& bearer) {
        return world().call({http::Method::put, "/auth/v1/user", body, bearer});
    }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> AccountTest::world_;

TEST_F(AccountTest, UserIsTheOneOfTheToken) {
    const Answer session = world().sign_up("me@example.com");
    const Answer user = world().get("/auth/v1/user", session.str("access_token"));
    EXPECT_EQ(user.status, 200U);
    EXPECT_EQ(user.body, session["user"]);
}

TEST_F(AccountTest, TokensThatDoNotCount) {
    const Answer none = world().get("/auth/v1/user");
    EXPECT_EQ(none.status, 401U);
    EXPECT_EQ(none.code(), "no_authorization");
    EXPECT_EQ(none.str("msg"), "This endpoint requires a valid Bearer token");
    const std::string token = world().sign_up("tamper@example.com").str("access_token");
    std::string tampered = token;
    tampered[token.size() - 10] = tampered[token.size() - 10] == 'A' ? 'B' : 'A';
    for (const std::string& bad : {std::string("nonsense"), tampered, token + "x"}) {
        const Answer answer = world().get("/auth/v1/user", bad);
        EXPECT_EQ(answer.status, 403U) << answer.text;
        EXPECT_EQ(answer.code(), "bad_jwt");
        EXPECT_EQ(answer.str("msg").rfind("invalid JWT: unable to parse or verify signature", 0), 0U) << answer.text;
    }
    const std::string api_key = crypto::sign_jwt_hs256("super-secret-jwt-token-with-at-least-32-characters-long",
                                                       {{"role", "anon"}, {"exp", 4000000000}});
    const Answer keyed = world().get("/auth/v1/user", api_key);
    EXPECT_EQ(keyed.status, 403U);
    EXPECT_EQ(keyed.str("msg"), "invalid claim: missing sub claim");
    EXPECT_EQ(world().get("/auth/v1/user", world().sign_up("r@example.com").str("refresh_token")).code(), "bad_jwt");
}

TEST_F(AccountTest, ExpiredTokenIsRefused) {
    const std::string token = world().sign_up("expire@example.com").str("access_token");
    world().clock.advance(std::chrono::seconds(929));
    EXPECT_EQ(world().get("/auth/v1/user", token).status, 200U);
    world().clock.advance(std::chrono::seconds(2));
    EXPECT_EQ(world().get("/auth/v1/user", token).code(), "bad_jwt");
}

TEST_F(AccountTest, DataIsMergedAndTold) {
    const Answer session = world().sign_up("data@example.com");
    const std::string token = session.str("access_token");
    ASSERT_EQ(put_user(R"({"data":{"theme":"dark","display_name":"Countess"}})", token).status, 200U);
    const Answer user = put_user(R"({"data":{"theme":null,"lang":"de"}})", token);
    EXPECT_EQ(user["user_metadata"], boost::json::parse(R"({"display_name":"Countess","lang":"de"})"));
    const std::string id(user["id"].as_string());
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM integ.outbox WHERE topic='user.updated' AND subject='" +
                                      id + "'"),
              "2");
    EXPECT_EQ(world().database.scalar(
                  "SELECT payload->>'display_name' FROM integ.outbox WHERE topic='user.updated' AND subject='" + id +
                  "' LIMIT 1"),
              "Countess");
    const Answer next = world().refresh(session.str("refresh_token"));
    EXPECT_EQ(next["user"].at("user_metadata").at("lang"), "de");
}

TEST_F(AccountTest, TwoTabsChangingDifferentMembersLoseNothing) {
    const std::string token = world().sign_up("tabs@example.com").str("access_token");
    std::vector<std::future<std::vector<Answer>>> tabs;
    for (int i = 0; i < 4; ++i) {
        tabs.push_back(std::async(std::launch::async, [this, i, token] {
            const std::string body = R"({"data":{"k)" + std::to_string(i) + R"(":1}})";
            return world().call_at_once({http::Method::put, "/auth/v1/user", body, token}, 4);
        }));
    }
    for (auto& tab : tabs) {
        for (const Answer& answer : tab.get()) EXPECT_EQ(answer.status, 200U) << answer.text;
    }
    const auto metadata = world().get("/auth/v1/user", token)["user_metadata"].as_object();
    for (const char* key : {"k0", "k1", "k2", "k3"}) EXPECT_TRUE(metadata.contains(key)) << key;
}

TEST_F(AccountTest, ChangeScenarioTable) {
    const std::string token = world().sign_up("change@example.com").str("access_token");
    struct Row {
        const char* body;
        unsigned status;
        const char* code;
    };
    const Row rows[] = {
        {"nonsense", 400, "bad_json"},
        {R"({"app_metadata":{"roles":["admin"]}})", 403, "not_admin"},
        {R"({"password":"short"})", 422, "weak_password"},
        {R"({"password":"correct horse"})", 422, "same_password"},
        {R"({"password":"another horse","current_password":"wrong"})", 400, "current_password_invalid"},
        {R"({"email":"no address"})", 400, "validation_failed"},
        {R"({"phone":"34600111222"})", 400, "phone_provider_disabled"},
        {R"({"channel":"pigeon"})", 400, "validation_failed"},
        {R"({"code_challenge":"too short","code_challenge_method":"s256"})", 400, "validation_failed"},
        {R"({"data":7})", 400, "bad_json"},
        {R"({"email":"CHANGE@example.com"})", 200, ""},
        {"{}", 200, ""},
    };
    for (const Row& row : rows) {
        const Answer answer = put_user(row.body, token);
        EXPECT_EQ(answer.status, row.status) << row.body << answer.text;
        EXPECT_EQ(answer.code(), row.code) << row.body;
    }
    EXPECT_EQ(put_user("{}", "").code(), "no_authorization");
}

TEST_F(AccountTest, PasswordChangeEndsOtherSessions) {
    const Answer here = world().sign_up("pw@example.com");
    const Answer there = world().sign_in("pw@example.com");
    ASSERT_EQ(put_user(R"({"password":"battery staple"})", here.str("access_token")).status, 200U);
    EXPECT_EQ(world().refresh(there.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().refresh(here.str("refresh_token")).status, 200U);
    EXPECT_EQ(world().sign_in("pw@example.com").code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("pw@example.com", "battery staple").status, 200U);
}

// S005: without it, with a wrong one, with the right one.
TEST_F(AccountTest, OldSignInNeedsTheCurrentPassword) {
    const Answer session = world().sign_up("stale@example.com");
    world().clock.advance(std::chrono::seconds(601));
    const std::string token = world().refresh(session.str("refresh_token")).str("access_token");
    const Answer without = put_user(R"({"password":"battery staple"})", token);
    EXPECT_EQ(without.status, 400U);
    EXPECT_EQ(without.code(), "current_password_required");
    const Answer wrong = put_user(R"({"password":"battery staple","current_password":"wrong horse"})", token);
    EXPECT_EQ(wrong.status, 400U);
    EXPECT_EQ(wrong.code(), "current_password_invalid");
    EXPECT_EQ(world().sign_in("stale@example.com").status, 200U) << "it is as it was";
    EXPECT_EQ(put_user(R"({"password":"battery staple","current_password":"correct horse"})", token).status, 200U);
    EXPECT_EQ(world().sign_in("stale@example.com", "battery staple").status, 200U);
}

TEST_F(AccountTest, LogoutScopes) {
    const Answer first = world().sign_up("out@example.com");
    const Answer second = world().sign_in("out@example.com");
    const Answer third = world().sign_in("out@example.com");
    const std::string token = first.str("access_token");
    EXPECT_EQ(world().post("/auth/v1/logout?scope=everything", "", token).code(), "validation_failed");
    EXPECT_EQ(world().post("/auth/v1/logout?scope=local", "", third.str("access_token")).status, 204U);
    EXPECT_EQ(world().refresh(third.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().refresh(second.str("refresh_token")).status, 200U);
    EXPECT_EQ(world().post("/auth/v1/logout?scope=others", "", token).status, 204U);
    EXPECT_EQ(world().refresh(second.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().get("/auth/v1/user", token).status, 200U);
    EXPECT_EQ(world().post("/auth/v1/logout", "", token).status, 204U);
    EXPECT_EQ(world().get("/auth/v1/user", token).code(), "session_not_found");
    EXPECT_EQ(world().post("/auth/v1/logout", "", token).status, 204U) << "signing out twice is signing out";
    EXPECT_EQ(world().post("/auth/v1/logout", "").code(), "no_authorization");
}

TEST_F(AccountTest, LogoutNeverTouchesSomebodyElse) {
    const Answer ada = world().sign_up("ada@example.com");
    const Answer bob = world().sign_up("bob@example.com");
    EXPECT_EQ(world().post("/auth/v1/logout?scope=global", "", ada.str("access_token")).status, 204U);
    EXPECT_EQ(world().refresh(bob.str("refresh_token")).status, 200U);
    EXPECT_EQ(world().get("/auth/v1/user", bob.str("access_token")).status, 200U);
}

TEST_F(AccountTest, HandoffCarriesTheSignInOnce) {
    const Answer session = world().sign_up("handoff@example.com");
    const Answer made = world().post("/api/v1/session-handoff", "", session.str("access_token"));
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_EQ(made["expires_in"].as_int64(), 60);
    const std::string body = R"({"code":")" + made.str("code") + R"("})";
    const Answer there = world().post("/api/v1/session-handoff/exchange", body);
    ASSERT_EQ(there.status, 200U) << there.text;
    EXPECT_EQ(there["user"].at("email"), "handoff@example.com");
    EXPECT_EQ(world().get("/auth/v1/user", there.str("access_token")).status, 200U);
    const Answer twice = world().post("/api/v1/session-handoff/exchange", body);
    EXPECT_EQ(twice.status, 400U);
    EXPECT_EQ(twice.str("code"), "handoff_invalid");
    // The two sites sign out apart.
    EXPECT_EQ(world().post("/auth/v1/logout?scope=local", "", session.str("access_token")).status, 204U);
    EXPECT_EQ(world().refresh(there.str("refresh_token")).status, 200U);
}

TEST_F(AccountTest, HandoffRefusals) {
    EXPECT_EQ(world().post("/api/v1/session-handoff", "").str("code"), "unauthenticated");
    for (const char* body : {R"({"code":""})", R"({"code":"x"})",
                             R"({"code":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})"}) {
        EXPECT_EQ(world().post("/api/v1/session-handoff/exchange", body).str("code"), "handoff_invalid") << body;
    }
    EXPECT_EQ(world().post("/api/v1/session-handoff/exchange", "{}").status, 400U);

    const Answer session = world().sign_up("late@example.com");
    const Answer late = world().post("/api/v1/session-handoff", "", session.str("access_token"));
    world().clock.advance(std::chrono::seconds(60));
    EXPECT_EQ(world().post("/api/v1/session-handoff/exchange", R"({"code":")" + late.str("code") + R"("})").str("code"),
              "handoff_invalid");

    const Answer ended = world().post("/api/v1/session-handoff", "", session.str("access_token"));
    world().post("/auth/v1/logout", "", session.str("access_token"));
    EXPECT_EQ(
        world().post("/api/v1/session-handoff/exchange", R"({"code":")" + ended.str("code") + R"("})").str("code"),
        "handoff_invalid");
    EXPECT_EQ(world().post("/api/v1/session-handoff", "", session.str("access_token")).str("code"),
              "session_not_found");
}

TEST_F(AccountTest, HandoffIsNoFreshSignIn) {
    const Answer session = world().sign_up("fresh@example.com");
    world().clock.advance(std::chrono::seconds(601));
    const Answer made = world().post("/api/v1/session-handoff", "", session.str("access_token"));
    const Answer there = world().post("/api/v1/session-handoff/exchange", R"({"code":")" + made.str("code") + R"("})");
    EXPECT_EQ(put_user(R"({"password":"battery staple"})", there.str("access_token")).code(),
              "current_password_required");
}

TEST_F(AccountTest, SixteenExchangesOfOneCodeGiveOneSession) {
    const Answer session = world().sign_up("once@example.com");
    const Answer made = world().post("/api/v1/session-handoff", "", session.str("access_token"));
    const Call exchange{http::Method::post, "/api/v1/session-handoff/exchange",
                        R"({"code":")" + made.str("code") + R"("})"};
    int sessions = 0;
    for (const Answer& answer : world().call_at_once(exchange, 16)) sessions += answer.status == 200 ? 1 : 0;
    EXPECT_EQ(sessions, 1);
}

// S013: nobody administers before the link that the first start prints has been used.
TEST_F(AccountTest, FirstAdministratorByOneTimeLink) {
    EXPECT_FALSE(world().runtime.run(world().service.has_administrator()));
    const std::string old_token = world().runtime.run(world().service.create_admin_claim());
    const std::string token = world().runtime.run(world().service.create_admin_claim());
    const auto body = [](const std::string& text) { return R"({"token":")" + text + R"("})"; };
    const Answer ada = world().sign_up("admin@example.com");
    const Answer bob = world().sign_up("noadmin@example.com");
    EXPECT_EQ(world().post("/api/v1/admin/claim", body(token)).str("code"), "unauthenticated");
    EXPECT_EQ(world().post("/api/v1/admin/claim", body("wrong"), ada.str("access_token")).str("code"),
              "admin_claim_invalid");
    EXPECT_EQ(world().post("/api/v1/admin/claim", body(old_token), ada.str("access_token")).str("code"),
              "admin_claim_invalid");
    const Answer claimed = world().post("/api/v1/admin/claim", body(token), ada.str("access_token"));
    ASSERT_EQ(claimed.status, 200U) << claimed.text;
    EXPECT_EQ(claimed["roles"], boost::json::parse(R"(["admin"])"));
    EXPECT_EQ(world().post("/api/v1/admin/claim", body(token), bob.str("access_token")).status, 403U);
    EXPECT_TRUE(world().runtime.run(world().service.has_administrator()));
    const Answer next = world().refresh(ada.str("refresh_token"));
    EXPECT_EQ(next["user"].at("app_metadata").at("roles").at(0), "admin");

    const std::string late = world().runtime.run(world().service.create_admin_claim());
    world().clock.advance(std::chrono::hours(24));
    const std::string token_now = world().sign_in("noadmin@example.com").str("access_token");
    EXPECT_EQ(world().post("/api/v1/admin/claim", body(late), token_now).status, 403U);
}

}  // namespace
}  // namespace tt::auth
