#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

const std::string link_verifier(64, 'v');

std::string link_challenge() {
    return platform::crypto::base64url_encode(platform::crypto::sha256(link_verifier));
}

std::string with_pkce(boost::json::object body) {
    body["code_challenge"] = link_challenge();
    body["code_challenge_method"] = "s256";
    return boost::json::serialize(body);
}

/// Links and codes that sign in: confirmed accounts in a world that confirms by mail.
class LinkTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(false)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }

    std::string nth_mail(const std::string& email, std::size_t nth = 1) {
        return world().mailer.wait_for_text(email, nth);
    }
    Answer verify(const std::string& type, const std::string& email, const std::string& code) {
        const boost::json::object body{{"type", type}, {"email", email}, {"token", code}};
        return world().post("/auth/v1/verify", boost::json::serialize(body));
    }
    Answer exchange(const std::string& code, const std::string& with) {
        const boost::json::object body{{"auth_code", code}, {"code_verifier", with}};
        return world().post("/auth/v1/token?grant_type=pkce", boost::json::serialize(body));
    }
    void confirmed(const std::string& email) {
        world().sign_up(email);
        ASSERT_EQ(verify("signup", email, code_in(nth_mail(email))).status, 200U);
        world().clock.advance(std::chrono::seconds(61));
    }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> LinkTest::world_;

TEST_F(LinkTest, ACodeSignsAKnownPersonIn) {
    confirmed("known@example.com");
    const Answer sent = world().post("/auth/v1/otp", R"({"email":"known@example.com"})");
    EXPECT_EQ(sent.status, 200U);
    EXPECT_EQ(sent.text, "{}");
    const std::string text = nth_mail("known@example.com", 2);
    EXPECT_NE(text.find("sign-in link"), std::string::npos);
    const Answer session = verify("email", "known@example.com", code_in(text));
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_FALSE(session.str("access_token").empty());
    EXPECT_EQ(verify("email", "known@example.com", code_in(text)).code(), "otp_expired");
}

TEST_F(LinkTest, AStrangerGetsAnAccountThatTheMailConfirms) {
    EXPECT_EQ(world().post("/auth/v1/otp", R"({"email":"New@example.com","data":{"name":"N"}})").text, "{}");
    const Answer session = verify("email", "new@example.com", code_in(nth_mail("new@example.com")));
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(session["user"].at("user_metadata").at("name"), "N");
    EXPECT_EQ(world().sign_in("new@example.com", "anything else").code(), "invalid_credentials") << "no password yet";
}

// §3 row 18: nothing tells who has an account.
TEST_F(LinkTest, WithoutCreateUserAStrangerHearsNothing) {
    const Answer answer = world().post("/auth/v1/otp", R"({"email":"ghost@example.com","create_user":false})");
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.text, "{}");
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.users WHERE email = 'ghost@example.com'"), "0");
}

TEST(LinkCompatibility, OtpDisabledWhereItMayBeTold) {
    AuthConfig config = test_config(true);
    config.tells_who_exists = true;
    AuthWorld world(config);
    const Answer answer = world.post("/auth/v1/otp", R"({"email":"ghost@example.com","create_user":false})");
    EXPECT_EQ(answer.status, 422U);
    EXPECT_EQ(answer.code(), "otp_disabled");
    EXPECT_EQ(answer.str("msg"), "Signups not allowed for otp");
}

TEST_F(LinkTest, RequestScenarioTable) {
    struct Row {
        const char* path;
        const char* body;
        const char* code;
    };
    const Row rows[] = {
        {"/auth/v1/otp", "{}", "validation_failed"},
        {"/auth/v1/otp", R"({"email":"no address"})", "validation_failed"},
        {"/auth/v1/otp", R"({"email":"a@example.com","phone":"34600111222"})", "validation_failed"},
        {"/auth/v1/otp", R"({"email":"a@example.com","channel":"sms"})", "validation_failed"},
        {"/auth/v1/otp", R"({"phone":"34600111222"})", "phone_provider_disabled"},
        {"/auth/v1/otp", R"({"email":"a@example.com","code_challenge":"x"})", "validation_failed"},
        {"/auth/v1/otp", R"({"email":7})", "bad_json"},
        {"/auth/v1/magiclink", "{}", "validation_failed"},
        {"/auth/v1/recover", R"({"email":"no address"})", "validation_failed"},
        {"/auth/v1/resend", R"({"type":"recovery","email":"a@example.com"})", "validation_failed"},
        {"/auth/v1/resend", R"({"type":"signup"})", "validation_failed"},
        {"/auth/v1/resend", R"({"type":"email_change"})", "validation_failed"},
    };
    for (const Row& row : rows) {
        const Answer answer = world().post(row.path, row.body);
        EXPECT_EQ(answer.status, 400U) << row.path << row.body << answer.text;
        EXPECT_EQ(answer.code(), row.code) << row.path << row.body;
    }
}

TEST_F(LinkTest, PkceLinksCarryACodeForTheirClientOnly) {
    const boost::json::object body{{"email", "pkce@example.com"}, {"password", "correct horse"}};
    world().post("/auth/v1/signup?redirect_to=http%3A%2F%2Facademy.test%3A8001%2Fback%3Fx%3D1", with_pkce(body));
    const std::string link = link_in(nth_mail("pkce@example.com"));
    EXPECT_EQ(parameter_of(link, "token").rfind("pkce_", 0), 0U);
    const std::string location = location_of(world().get(link));
    EXPECT_EQ(location.rfind("http://academy.test:8001/back?x=1&code=", 0), 0U) << location;
    EXPECT_EQ(location.find("access_token"), std::string::npos);
    const std::string code = parameter_of(location, "code");

    EXPECT_EQ(exchange("", link_verifier).code(), "validation_failed");
    EXPECT_EQ(exchange(code, "").code(), "validation_failed");
    EXPECT_EQ(exchange("5c3cf0a0-0000-4000-8000-000000000000", link_verifier).status, 404U);
    EXPECT_EQ(exchange(code, "wrong" + link_verifier).code(), "bad_code_verifier");
    const Answer session = exchange(code, link_verifier);
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(world().get("/auth/v1/user", session.str("access_token")).status, 200U);
    EXPECT_EQ(exchange(code, link_verifier).code(), "flow_state_not_found") << "a code works once";
}

TEST_F(LinkTest, PkceCodesLiveFiveMinutes) {
    confirmed("late@example.com");
    world().post("/auth/v1/recover", with_pkce({{"email", "late@example.com"}}));
    const std::string location = location_of(world().get(link_in(nth_mail("late@example.com", 2))));
    world().clock.advance(std::chrono::seconds(301));
    const Answer late = exchange(parameter_of(location, "code"), link_verifier);
    EXPECT_EQ(late.status, 422U);
    EXPECT_EQ(late.code(), "flow_state_expired");
}

TEST_F(LinkTest, SixteenExchangesOfOneAuthCodeGiveOneSession) {
    confirmed("race@example.com");
    world().post("/auth/v1/otp", with_pkce({{"email", "race@example.com"}}));
    const std::string location = location_of(world().get(link_in(nth_mail("race@example.com", 2))));
    const boost::json::object body{{"auth_code", parameter_of(location, "code")}, {"code_verifier", link_verifier}};
    int sessions = 0;
    for (const Answer& answer : world().call_at_once(
             {http::Method::post, "/auth/v1/token?grant_type=pkce", boost::json::serialize(body)}, 16)) {
        sessions += answer.status == 200 ? 1 : 0;
    }
    EXPECT_EQ(sessions, 1);
}

TEST_F(LinkTest, FailuresOfPkceLinksStandInTheQueryToo) {
    const std::string location = location_of(world().get("/auth/v1/verify?type=magiclink&token=pkce_nonsense"));
    EXPECT_EQ(location.rfind("http://site.test?error=access_denied&error_code=otp_expired&", 0), 0U) << location;
    EXPECT_NE(location.find("#error=access_denied&error_code=otp_expired"), std::string::npos);
    EXPECT_TRUE(location.ends_with("&sb="));
}

// §3 row 2 (supabase/auth#368): what follows links in mails without a person finds a page with a button.
TEST_F(LinkTest, ScannersDoNotUseLinksUp) {
    confirmed("scan@example.com");
    world().post("/auth/v1/magiclink?redirect_to=http%3A%2F%2Fsite.test%2Fhome", R"({"email":"scan@example.com"})");
    const std::string link = link_in(nth_mail("scan@example.com", 2));
    const Call head{http::Method::head, link};
    EXPECT_EQ(world().call(head).status, 200U);
    Call scanner{.target = link};
    scanner.headers = {{"User-Agent", "Mozilla/5.0 (compatible; SafeLinks scanner)"}};
    for (int i = 0; i < 3; ++i) {
        const std::string page = location_of(world().call(scanner));
        EXPECT_EQ(page.rfind("http://site.test/session/confirm?token_hash=", 0), 0U) << page;
        EXPECT_NE(page.find("&type=magiclink&redirect_to=http%3A%2F%2Fsite.test%2Fhome"), std::string::npos);
    }
    Call prefetch{.target = link};
    prefetch.headers = {{"Sec-Purpose", "prefetch;prerender"}};
    EXPECT_NE(location_of(world().call(prefetch)).find("/session/confirm?"), std::string::npos);
    const boost::json::object button{{"type", "magiclink"}, {"token_hash", parameter_of(link, "token")}};
    EXPECT_EQ(world().post("/auth/v1/verify", boost::json::serialize(button)).status, 200U) << "the person presses it";
    EXPECT_NE(location_of(world().get(link)).find("otp_expired"), std::string::npos);
}

TEST_F(LinkTest, TheBrowserThatUsedALinkMayUseItAgainForFiveMinutes) {
    confirmed("again@example.com");
    world().post("/auth/v1/otp", R"({"email":"again@example.com"})");
    const std::string link = link_in(nth_mail("again@example.com", 2));
    const Answer first = world().get(link);
    EXPECT_NE(location_of(first).find("#access_token="), std::string::npos);
    const std::string cookie(first.headers.find("set-cookie").value_or(""));
    EXPECT_EQ(cookie.rfind("tt_link=", 0), 0U);
    EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
    Call same{.target = link};
    same.headers = {{"Cookie", cookie.substr(0, cookie.find(';'))}};
    EXPECT_NE(location_of(world().call(same)).find("#access_token="), std::string::npos);
    EXPECT_NE(location_of(world().get(link)).find("otp_expired"), std::string::npos) << "nobody else";
    Call other{.target = link};
    other.headers = {{"Cookie", "tt_link=guessed"}};
    EXPECT_NE(location_of(world().call(other)).find("otp_expired"), std::string::npos);
    EXPECT_EQ(verify("email", "again@example.com", code_in(nth_mail("again@example.com", 2))).code(), "otp_expired")
        << "the code of a used mail is void";
    world().clock.advance(std::chrono::seconds(301));
    EXPECT_NE(location_of(world().call(same)).find("otp_expired"), std::string::npos);
}

TEST(LinkPage, CanBeForEverybodyOrForPagesOnly) {
    AuthConfig config = test_config(false);
    config.link_page = "always";
    config.implicit_links = false;
    AuthWorld world(config);
    world.sign_up("page@example.com");
    const std::string link = link_in(world.mailer.wait_for_text("page@example.com"));
    EXPECT_NE(location_of(world.get(link)).find("/session/confirm?token_hash="), std::string::npos);
}

TEST(LinkPage, WithoutImplicitLinksThePageGetsTheSecretAndNoSession) {
    AuthConfig config = test_config(false);
    config.implicit_links = false;
    AuthWorld world(config);
    world.sign_up("strict@example.com");
    const std::string link = link_in(world.mailer.wait_for_text("strict@example.com"));
    const std::string location = location_of(world.get(link));
    EXPECT_EQ(location, "http://site.test?token_hash=" + parameter_of(link, "token") + "&type=signup");
    const boost::json::object body{{"type", "signup"}, {"token_hash", parameter_of(link, "token")}};
    EXPECT_EQ(world.post("/auth/v1/verify", boost::json::serialize(body)).status, 200U);
}

// S015: a link from before a change of password is worth nothing.
TEST_F(LinkTest, S015ANewPasswordVoidsOlderLinks) {
    confirmed("void@example.com");
    const std::string token = world().sign_in("void@example.com").str("access_token");
    world().post("/auth/v1/recover", R"({"email":"void@example.com"})");
    const std::string link = link_in(nth_mail("void@example.com", 2));
    ASSERT_EQ(world().put("/auth/v1/user", R"({"password":"battery staple"})", token).status, 200U);
    EXPECT_NE(location_of(world().get(link)).find("otp_expired"), std::string::npos);
    EXPECT_NE(nth_mail("void@example.com", 3).find("Your password was changed"), std::string::npos) << "ASVS 6.3.7";
}

TEST_F(LinkTest, TheRefererIsTheSecondChoiceOfAWayBack) {
    confirmed("referer@example.com");
    Call call{http::Method::post, "/auth/v1/recover?redirect_to=https%3A%2F%2Fevil.test",
              R"({"email":"referer@example.com"})"};
    call.headers = {{"Referer", "http://academy.test:8001/lesson"}};
    EXPECT_EQ(world().call(call).status, 200U);
    EXPECT_EQ(parameter_of(link_in(nth_mail("referer@example.com", 2)), "redirect_to"),
              "http%3A%2F%2Facademy.test%3A8001%2Flesson");
}

}  // namespace
}  // namespace tt::auth
