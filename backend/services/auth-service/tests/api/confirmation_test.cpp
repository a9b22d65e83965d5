#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class ConfirmationTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(false)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }

    Answer verify_code(const std::string& type, const std::string& email, const std::string& code) {
        const boost::json::object body{{"type", type}, {"email", email}, {"token", code}};
        return world().post("/auth/v1/verify", boost::json::serialize(body));
    }
    Answer recover(const std::string& email) {
        return world().post("/auth/v1/recover", R"({"email":")" + email + R"("})");
    }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> ConfirmationTest::world_;

TEST_F(ConfirmationTest, SignUpWaitsForTheMail) {
    const Answer user = world().sign_up("wait@example.com");
    ASSERT_EQ(user.status, 200U) << user.text;
    EXPECT_FALSE(user.body.as_object().contains("access_token"));
    EXPECT_FALSE(user.str("id").empty());
    EXPECT_FALSE(user.str("confirmation_sent_at").empty());
    EXPECT_FALSE(user.body.as_object().contains("email_confirmed_at"));
    EXPECT_EQ(world().sign_in("wait@example.com").code(), "email_not_confirmed");
    EXPECT_EQ(world().sign_in("wait@example.com", "wrong").code(), "invalid_credentials");

    const std::string code = code_in(world().mailer.wait_for_text("wait@example.com"));
    ASSERT_EQ(code.size(), 6U);
    const Answer session = verify_code("signup", "WAIT@example.com", code);
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_TRUE(session["user"].as_object().contains("email_confirmed_at"));
    EXPECT_EQ(session["user"].at("identities").at(0).at("identity_data").at("email_verified"), true);
    EXPECT_EQ(world().get("/auth/v1/user", session.str("access_token")).status, 200U);
    EXPECT_EQ(world().sign_in("wait@example.com").status, 200U);
    EXPECT_EQ(verify_code("signup", "wait@example.com", code).code(), "otp_expired") << "a code works once";
}

TEST_F(ConfirmationTest, LinkRedirectsWithASessionInTheFragment) {
    const boost::json::object body{{"email", "link@example.com"}, {"password", "correct horse"}};
    world().post("/auth/v1/signup?redirect_to=http%3A%2F%2Facademy.test%3A8001%2Fwelcome",
                 boost::json::serialize(body));
    const std::string link = link_in(world().mailer.wait_for_text("link@example.com"));
    ASSERT_FALSE(link.empty());
    EXPECT_EQ(world().call({http::Method::head, link}).status, 200U) << "a scanner looks first";
    const Answer answer = world().get(link);
    EXPECT_EQ(answer.status, 303U);
    const std::string location(answer.headers.find("location").value_or(""));
    EXPECT_EQ(location.rfind("http://academy.test:8001/welcome#access_token=", 0), 0U) << location;
    for (const char* part :
         {"&expires_at=", "&expires_in=900", "&refresh_token=", "&token_type=bearer", "&type=signup"}) {
        EXPECT_NE(location.find(part), std::string::npos) << part;
    }
    const Answer twice = world().get(link);
    EXPECT_EQ(twice.status, 303U);
    EXPECT_NE(
        std::string(twice.headers.find("location").value_or("")).find("#error=access_denied&error_code=otp_expired"),
        std::string::npos);
}

TEST_F(ConfirmationTest, ForeignRedirectsBecomeTheSite) {
    const boost::json::object body{{"email", "evil@example.com"}, {"password", "correct horse"}};
    world().post("/auth/v1/signup?redirect_to=https%3A%2F%2Fevil.test", boost::json::serialize(body));
    const std::string text = world().mailer.wait_for_text("evil@example.com");
    EXPECT_EQ(text.find("evil.test"), std::string::npos);
    const std::string link = link_in(text);
    const Answer answer =
        world().get(link.substr(0, link.find("&redirect_to")) + "&redirect_to=https%3A%2F%2Fevil.test");
    EXPECT_EQ(std::string(answer.headers.find("location").value_or("")).rfind("http://site.test#access_token=", 0), 0U);
}

TEST_F(ConfirmationTest, TokenHashFormWorksToo) {
    world().sign_up("hash@example.com");
    const std::string link = link_in(world().mailer.wait_for_text("hash@example.com"));
    const std::string secret = parameter_of(link, "token");
    EXPECT_EQ(world().post("/auth/v1/verify", R"({"type":"recovery","token_hash":")" + secret + R"("})").status, 403U)
        << "wrong kind";
    EXPECT_EQ(world().post("/auth/v1/verify", R"({"type":"email","token_hash":")" + secret + R"("})").status, 200U);
}

// S014: one character changed, the right one, used twice; and after a day.
TEST_F(ConfirmationTest, ALinkIsGoodLetterByLetterOnceAndNotTomorrow) {
    const auto secret_of = [](const std::string& email) {
        world_->sign_up(email);
        return parameter_of(link_in(world_->mailer.wait_for_text(email)), "token");
    };
    const auto use = [](const std::string& secret) {
        return world_->post("/auth/v1/verify", R"({"type":"signup","token_hash":")" + secret + R"("})");
    };
    const std::string secret = secret_of("letter@example.com");
    ASSERT_GT(secret.size(), 40U);
    for (const std::size_t place : {std::size_t{0}, secret.size() / 2, secret.size() - 2}) {
        std::string bent = secret;
        bent[place] = bent[place] == 'A' ? 'B' : 'A';
        EXPECT_EQ(use(bent).status, 403U) << place;
        EXPECT_EQ(use(bent).code(), "otp_expired") << place;
    }
    EXPECT_EQ(use(secret).status, 200U);
    EXPECT_EQ(use(secret).status, 403U);
    EXPECT_EQ(use(secret).code(), "otp_expired");

    const std::string late = secret_of("tomorrow@example.com");
    world().clock.advance(std::chrono::hours(24));
    EXPECT_EQ(use(late).status, 403U);
    EXPECT_EQ(use(late).code(), "otp_expired");
}

TEST_F(ConfirmationTest, VerifyScenarioTable) {
    world().sign_up("table@example.com");
    struct Row {
        const char* body;
        unsigned status;
        const char* code;
    };
    const Row rows[] = {
        {"{", 400, "bad_json"},
        {"{}", 400, "validation_failed"},
        {R"({"type":"signup"})", 400, "validation_failed"},
        {R"({"type":"unknown","token_hash":"x"})", 400, "validation_failed"},
        {R"({"type":"signup","token":"123456"})", 400, "validation_failed"},
        {R"({"type":"signup","token":"123456","token_hash":"x","email":"table@example.com"})", 400,
         "validation_failed"},
        {R"({"type":"signup","token_hash":"x","email":"table@example.com"})", 400, "validation_failed"},
        {R"({"type":"signup","token_hash":"x"})", 403, "otp_expired"},
        {R"({"type":"signup","token":"000000x","email":"table@example.com"})", 403, "otp_expired"},
        {R"({"type":"signup","token":"123456","email":"nobody@example.com"})", 403, "otp_expired"},
    };
    for (const Row& row : rows) {
        const Answer answer = world().post("/auth/v1/verify", row.body);
        EXPECT_EQ(answer.status, row.status) << row.body << answer.text;
        EXPECT_EQ(answer.code(), row.code) << row.body;
    }
    EXPECT_EQ(world().get("/auth/v1/verify").code(), "validation_failed");
    EXPECT_EQ(verify_code("signup", "nobody@example.com", "123456").str("msg"), "Token has expired or is invalid");
}

TEST_F(ConfirmationTest, LinksOfNoTypeAreNoLinks) {
    for (const char* type : {"nonsense%0A", "sms", "phone_change", "reauthentication"}) {
        EXPECT_EQ(world().get(std::string("/auth/v1/verify?token=x&type=") + type).code(), "validation_failed") << type;
    }
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.audit_entries WHERE details ->> 'type' = 'sms'"), "0");
}

TEST(ConfirmationOverHttps, TheCookieTravelsInItOnly) {
    AuthConfig config = test_config(false);
    config.site_url = "https://site.test";
    AuthWorld world(config);
    const Answer answer = world.get("/auth/v1/verify?token=x&type=signup");
    EXPECT_TRUE(std::string(answer.headers.find("set-cookie").value_or("")).ends_with("; Secure"));
}

TEST_F(ConfirmationTest, FiveWrongCodesVoidTheRightOne) {
    world().sign_up("guess@example.com");
    const std::string code = code_in(world().mailer.wait_for_text("guess@example.com"));
    const std::string wrong = code == "111111" ? "222222" : "111111";
    for (int i = 0; i < 5; ++i) EXPECT_EQ(verify_code("signup", "guess@example.com", wrong).status, 403U);
    EXPECT_EQ(verify_code("signup", "guess@example.com", code).status, 403U);
}

TEST_F(ConfirmationTest, CodesLiveTenMinutesAndLinksAnHour) {
    world().sign_up("slow@example.com");
    const std::string text = world().mailer.wait_for_text("slow@example.com");
    world().clock.advance(std::chrono::seconds(601));
    EXPECT_EQ(verify_code("signup", "slow@example.com", code_in(text)).code(), "otp_expired");
    world().clock.advance(std::chrono::seconds(3000));
    const Answer late = world().get(link_in(text));
    EXPECT_NE(std::string(late.headers.find("location").value_or("")).find("otp_expired"), std::string::npos);
}

TEST_F(ConfirmationTest, RepeatedSignUpTellsNothing) {
    world().sign_up("dup@example.com");
    const std::string code = code_in(world().mailer.wait_for_text("dup@example.com"));
    verify_code("signup", "dup@example.com", code);
    world().clock.advance(std::chrono::seconds(61));
    const Answer fresh = world().sign_up("brandnew@example.com");
    const Answer repeat = world().sign_up("dup@example.com", "some other password");
    EXPECT_EQ(repeat.status, fresh.status);
    for (const auto& [name, value] : fresh.body.as_object()) {
        EXPECT_TRUE(repeat.body.as_object().contains(name)) << name;
    }
    EXPECT_EQ(repeat["identities"].as_array().size(), fresh["identities"].as_array().size());
    EXPECT_NE(repeat.str("id"), world().database.scalar("SELECT id FROM auth.users WHERE email='dup@example.com'"));
    EXPECT_NE(world().mailer.wait_for_text("dup@example.com", 2).find("already have an account"), std::string::npos);
    EXPECT_EQ(world().sign_in("dup@example.com").status, 200U) << "the password is still the first one";
}

TEST_F(ConfirmationTest, RecoveryLetsAPasswordBeSetWithoutTheOldOne) {
    world().sign_up("forgot@example.com");
    verify_code("signup", "forgot@example.com", code_in(world().mailer.wait_for_text("forgot@example.com")));
    const Answer known = recover("forgot@example.com");
    const Answer unknown = recover("whoever@example.com");
    EXPECT_EQ(known.status, 200U);
    EXPECT_EQ(known.text, unknown.text);
    EXPECT_EQ(known.text, "{}");
    const std::string text = world().mailer.wait_for_text("forgot@example.com", 2);
    const Answer session = verify_code("recovery", "forgot@example.com", code_in(text));
    ASSERT_EQ(session.status, 200U) << session.text;
    world().clock.advance(std::chrono::seconds(700));
    const Answer changed = world().call(
        {http::Method::put, "/auth/v1/user", R"({"password":"battery staple"})", session.str("access_token")});
    EXPECT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(world().sign_in("forgot@example.com", "battery staple").status, 200U);
    EXPECT_TRUE(world().mailer.sent_to("whoever@example.com").empty());
}

TEST_F(ConfirmationTest, MailsOfOneKindAreSpacedAndANewerOneVoidsTheOlder) {
    world().sign_up("space@example.com");
    const std::string first = code_in(world().mailer.wait_for_text("space@example.com"));
    const std::string body = R"({"type":"signup","email":"space@example.com"})";
    EXPECT_EQ(world().post("/auth/v1/resend", body).text, "{}");
    EXPECT_EQ(world().post("/auth/v1/resend", R"({"type":"signup","email":"nobody@example.com"})").text, "{}");
    world().clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(world().post("/auth/v1/resend", body).status, 200U);
    const std::string second = code_in(world().mailer.wait_for_text("space@example.com", 2));
    EXPECT_EQ(world().mailer.sent_to("space@example.com").size(), 2U);
    if (first != second) EXPECT_EQ(verify_code("signup", "space@example.com", first).status, 403U);
    EXPECT_EQ(verify_code("signup", "space@example.com", second).status, 200U);
    world().clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(world().post("/auth/v1/resend", body).text, "{}") << "nothing is pending any more";
    EXPECT_EQ(world().post("/auth/v1/resend", R"({"type":"sms","phone":"1"})").code(), "phone_provider_disabled");
    EXPECT_EQ(world().post("/auth/v1/recover", "{}").code(), "validation_failed");
}

TEST_F(ConfirmationTest, SixteenAtOnceMakeOneAccountAndOneMail) {
    const Call call{http::Method::post, "/auth/v1/signup",
                    R"({"email":"crowd@example.com","password":"correct horse"})"};
    for (const Answer& answer : world().call_at_once(call, 16)) EXPECT_EQ(answer.status, 200U) << answer.text;
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.users WHERE email='crowd@example.com'"), "1");
    const std::string code = code_in(world().mailer.wait_for_text("crowd@example.com"));
    EXPECT_EQ(world().mailer.sent_to("crowd@example.com").size(), 1U);
    int sessions = 0;
    const boost::json::object body{{"type", "signup"}, {"email", "crowd@example.com"}, {"token", code}};
    for (const Answer& answer :
         world().call_at_once({http::Method::post, "/auth/v1/verify", boost::json::serialize(body)}, 16)) {
        sessions += answer.status == 200 ? 1 : 0;
    }
    EXPECT_EQ(sessions, 1);
}

}  // namespace
}  // namespace tt::auth
