#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <set>

namespace tt::auth {
namespace {

class TokenTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(true)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }
    static Call refresh_call(const std::string& token) {
        const boost::json::object body{{"refresh_token", token}};
        return {http::Method::post, "/auth/v1/token?grant_type=refresh_token", boost::json::serialize(body)};
    }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> TokenTest::world_;

TEST_F(TokenTest, WrongPasswordAndUnknownPersonLookAlike) {
    world().sign_up("known@example.com");
    const Answer wrong = world().sign_in("known@example.com", "wrong password");
    const Answer unknown = world().sign_in("unknown@example.com", "wrong password");
    const Answer malformed = world().sign_in("no address", "wrong password");
    const Answer huge = world().sign_in("known@example.com", std::string(100000, 'x'));
    for (const Answer* answer : {&wrong, &unknown, &malformed, &huge}) {
        EXPECT_EQ(answer->status, 400U);
        EXPECT_EQ(answer->text, wrong.text);
    }
    EXPECT_EQ(wrong.code(), "invalid_credentials");
    EXPECT_EQ(wrong.str("msg"), "Invalid login credentials");
    EXPECT_EQ(world().sign_in("KNOWN@example.com").status, 200U);
}

TEST_F(TokenTest, GrantScenarioTable) {
    struct Row {
        const char* target;
        const char* body;
        unsigned status;
        const char* code;
    };
    const Row rows[] = {
        {"/auth/v1/token", "{}", 400, "invalid_credentials"},
        {"/auth/v1/token?grant_type=magic", "{}", 400, "invalid_credentials"},
        {"/auth/v1/token?grant_type=password", "{}", 400, "validation_failed"},
        {"/auth/v1/token?grant_type=password", R"({"phone":"123","password":"x"})", 400, "phone_provider_disabled"},
        {"/auth/v1/token?grant_type=password", R"({"email":"a@example.com"})", 400, "invalid_credentials"},
        {"/auth/v1/token?grant_type=password", "nonsense", 400, "bad_json"},
        // S012: a password in an address is refused before anybody looks at it.
        {"/auth/v1/token?grant_type=password&password=secret", R"({"email":"a@example.com"})", 400,
         "validation_failed"},
        {"/auth/v1/token?grant_type=refresh_token", "{}", 400, "validation_failed"},
        {"/auth/v1/token?grant_type=refresh_token", R"({"refresh_token":7})", 400, "bad_json"},
        {"/auth/v1/token?grant_type=refresh_token", R"({"refresh_token":"short"})", 400, "validation_failed"},
        {"/auth/v1/token?grant_type=refresh_token", R"({"refresh_token":"abcdefghijkl"})", 400,
         "refresh_token_not_found"},
    };
    for (const Row& row : rows) {
        const Answer answer = world().post(row.target, row.body);
        EXPECT_EQ(answer.status, row.status) << row.target << row.body << answer.text;
        EXPECT_EQ(answer.code(), row.code) << row.target << row.body;
    }
}

TEST_F(TokenTest, RefreshRotatesAndKeepsTheSession) {
    const Answer first = world().sign_up("rotate@example.com");
    world().clock.advance(std::chrono::seconds(60));
    const Answer second = world().refresh(first.str("refresh_token"));
    ASSERT_EQ(second.status, 200U) << second.text;
    EXPECT_NE(second.str("refresh_token"), first.str("refresh_token"));
    EXPECT_NE(second.str("access_token"), first.str("access_token"));
    EXPECT_EQ(second["user"].at("id"), first["user"].at("id"));
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id "
                                      "WHERE u.email = 'rotate@example.com'"),
              "1");
}

TEST_F(TokenTest, LostAnswerGetsTheCurrentTokenAgain) {
    const std::string first = world().sign_up("lost@example.com").str("refresh_token");
    const std::string second = world().refresh(first).str("refresh_token");
    world().clock.advance(std::chrono::hours(1));
    const Answer again = world().refresh(first);
    EXPECT_EQ(again.status, 200U);
    EXPECT_EQ(again.str("refresh_token"), second);
    EXPECT_EQ(world().refresh(second).status, 200U);
}

// S036: parallel refreshes get the same new pair, and the session goes on.
TEST_F(TokenTest, TenAtOnceGetOneToken) {
    const std::string first = world().sign_up("parallel@example.com").str("refresh_token");
    std::set<std::string> tokens;
    for (const Answer& answer : world().call_at_once(refresh_call(first), 10)) {
        EXPECT_EQ(answer.status, 200U) << answer.text;
        tokens.insert(answer.str("refresh_token"));
    }
    EXPECT_EQ(tokens.size(), 1U);
    EXPECT_EQ(world().refresh(*tokens.begin()).status, 200U);
}

// S035: outside the ten seconds both tokens are dead, and it is noted.
TEST_F(TokenTest, ReuseOutsideTheIntervalEndsTheSession) {
    const Answer session = world().sign_up("reuse@example.com");
    const std::string first = session.str("refresh_token");
    const std::string second = world().refresh(first).str("refresh_token");
    const std::string third = world().refresh(second).str("refresh_token");
    EXPECT_EQ(world().refresh(first).str("refresh_token"), third) << "within ten seconds it is a slow tab";
    world().clock.advance(std::chrono::seconds(11));
    const Answer reused = world().refresh(first);
    EXPECT_EQ(reused.status, 400U);
    EXPECT_EQ(reused.code(), "refresh_token_already_used");
    EXPECT_EQ(reused.str("msg"), "Invalid Refresh Token: Already Used");
    EXPECT_EQ(world().refresh(third).code(), "refresh_token_not_found")
        << "the thief's and the owner's tokens are dead";
    EXPECT_EQ(world().get("/auth/v1/user", session.str("access_token")).code(), "session_not_found");
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action = 'token_reused' AND "
                                      "outcome = 'failure' AND actor_id = '" +
                                      std::string(session["user"].at("id").as_string()) + "'"),
              "1");
}

// A race that is lost costs nothing: the quota of a session is for its refreshes, not for its attempts.
TEST_F(TokenTest, ParallelRefreshesAreChargedOnceEach) {
    AuthConfig config = test_config(true);
    config.limits.refresh = 10;
    AuthWorld world(config);
    const std::string first = world.sign_up("charged@example.com").str("refresh_token");
    for (const Answer& answer : world.call_at_once(refresh_call(first), 10)) {
        EXPECT_EQ(answer.status, 200U) << answer.text;
    }
    EXPECT_EQ(world.refresh(first).code(), "over_request_rate_limit");
}

// S037: seven days without use, thirty in all.
TEST_F(TokenTest, SessionsSlideSevenDaysAndEndAfterThirty) {
    std::string token = world().sign_up("slide@example.com").str("refresh_token");
    for (int day = 0; day < 24; day += 6) {
        world().clock.advance(std::chrono::days(6));
        const Answer next = world().refresh(token);
        ASSERT_EQ(next.status, 200U) << day << next.text;
        token = next.str("refresh_token");
    }
    const Answer near_end = world().refresh(token);
    EXPECT_EQ(near_end["refresh_token_expires_in"].as_int64(), 6 * 86400);
    world().clock.advance(std::chrono::days(6));
    const Answer ended = world().refresh(near_end.str("refresh_token"));
    EXPECT_EQ(ended.status, 400U);
    EXPECT_EQ(ended.code(), "session_expired");
    EXPECT_EQ(ended.str("msg"), "Invalid Refresh Token: Session Expired");

    const std::string idle = world().sign_up("idle@example.com").str("refresh_token");
    world().clock.advance(std::chrono::days(7));
    const Answer inactive = world().refresh(idle);
    EXPECT_EQ(inactive.status, 400U);
    EXPECT_EQ(inactive.code(), "session_expired");
    EXPECT_EQ(inactive.str("msg"), "Invalid Refresh Token: Session Expired (Inactivity)");
}

TEST_F(TokenTest, BannedPeopleGetNoTokens) {
    const Answer session = world().sign_up("banned@example.com");
    world().database.exec("UPDATE auth.users SET banned_until = 'infinity' WHERE email = 'banned@example.com'");
    world().database.exec("UPDATE auth.users SET banned_until = '2999-01-01' WHERE email = 'banned@example.com'");
    EXPECT_EQ(world().sign_in("banned@example.com").code(), "user_banned");
    EXPECT_EQ(world().sign_in("banned@example.com", "wrong").code(), "invalid_credentials");
    EXPECT_EQ(world().refresh(session.str("refresh_token")).code(), "user_banned");
    EXPECT_EQ(world().get("/auth/v1/user", session.str("access_token")).code(), "user_banned");
}

// S043: the proof in a refresh token has 128 bits under a key of 256 random ones, which lies sealed in the table; the
// token itself lies nowhere.
TEST_F(TokenTest, NothingSecretLiesInTheTable) {
    const std::string token = world().sign_up("atrest@example.com").str("refresh_token");
    const std::string other = world().sign_in("atrest@example.com").str("refresh_token");
    EXPECT_EQ(token.size(), other.size());
    EXPECT_NE(token.substr(48), other.substr(48));
    const std::string row = world().database.scalar(
        "SELECT string_agg(s::text, '') FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id WHERE u.email = "
        "'atrest@example.com'");
    EXPECT_EQ(row.find(token.substr(48)), std::string::npos);
    EXPECT_EQ(world().database.scalar("SELECT length(refresh_key) FROM auth.sessions LIMIT 1"), "129");
    EXPECT_EQ(
        world().database.scalar("SELECT count(*) FROM auth.signing_keys WHERE private_key::text LIKE '%PRIVATE%'"),
        "0");
}

TEST_F(TokenTest, OldPasswordParametersAreRenewedOnSignIn) {
    world().sign_up("rehash@example.com");
    world().give_old_hash("rehash@example.com");
    EXPECT_EQ(world().sign_in("rehash@example.com", "password").status, 200U);
    EXPECT_EQ(world().database.scalar(
                  "SELECT split_part(password_hash, '$', 4) FROM auth.users WHERE email = 'rehash@example.com'"),
              "m=64,t=1,p=1");
    EXPECT_EQ(world().sign_in("rehash@example.com", "password").status, 200U);
}

TEST_F(TokenTest, SeveralProcessesStartWithOneKey) {
    AuthConfig config = test_config(true);
    world().database.exec("DELETE FROM auth.signing_keys");
    std::vector<std::unique_ptr<SigningKeys>> processes;
    std::vector<std::future<void>> starts;
    for (int i = 0; i < 8; ++i) {
        processes.push_back(std::make_unique<SigningKeys>(world().pool.database("svc_auth"), world().envelope,
                                                          world().clock, std::chrono::seconds(900)));
    }
    for (std::size_t i = 0; i < 8; ++i) starts.push_back(world().runtime.start(processes[i]->load(), i % 2));
    for (auto& start : starts) start.get();
    for (const auto& process : processes) EXPECT_EQ(process->jwks(), processes[0]->jwks());
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.signing_keys"), "1");

    const crypto::Envelope other({std::string(32, 'x')});
    SigningKeys wrong(world().pool.database("svc_auth"), other, world().clock, std::chrono::seconds(900));
    EXPECT_THROW(world().runtime.run(wrong.load()), std::runtime_error);
    EXPECT_THROW(SigningKeys(world().pool.database("svc_auth"), other, world().clock, std::chrono::seconds(900)).jwks(),
                 Unavailable);
}

TEST_F(TokenTest, CleanUpRemovesLongDeadSessionsOnly) {
    world().sign_up("cleanup@example.com");
    const std::string count =
        "SELECT count(*) FROM auth.sessions s JOIN auth.users u ON u.id = s.user_id WHERE u.email = "
        "'cleanup@example.com'";
    world().clock.advance(std::chrono::days(31));
    world().runtime.run(world().service.sessions().clean_up());
    EXPECT_EQ(world().database.scalar(count), "1");
    world().clock.advance(std::chrono::days(7));
    world().runtime.run(world().service.sessions().clean_up());
    EXPECT_EQ(world().database.scalar(count), "0");
}

}  // namespace
}  // namespace tt::auth
