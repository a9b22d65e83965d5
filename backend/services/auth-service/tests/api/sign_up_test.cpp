#include "platform/crypto/encoding.hpp"
#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class SignUpTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(true)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> SignUpTest::world_;

TEST_F(SignUpTest, SignsInAtOnceAndTellsTheRest) {
    const Answer answer = world().sign_up("Happy@Example.com");
    ASSERT_EQ(answer.status, 200U) << answer.text;
    EXPECT_EQ(answer.str("token_type"), "bearer");
    EXPECT_EQ(answer["expires_in"].as_int64(), 900);
    EXPECT_EQ(answer["refresh_token_expires_in"].as_int64(), 604800);
    const auto& user = answer["user"].as_object();
    EXPECT_EQ(user.at("email"), "happy@example.com");
    EXPECT_EQ(user.at("aud"), "authenticated");
    EXPECT_EQ(user.at("role"), "authenticated");
    EXPECT_EQ(user.at("phone"), "");
    EXPECT_EQ(user.at("is_anonymous"), false);
    EXPECT_EQ(user.at("user_metadata").at("display_name"), "Ada");
    EXPECT_EQ(user.at("app_metadata").at("provider"), "email");
    EXPECT_EQ(user.at("identities").as_array().size(), 1U);
    EXPECT_EQ(user.at("identities").at(0).at("identity_data").at("email_verified"), true);
    EXPECT_TRUE(user.contains("email_confirmed_at"));
    EXPECT_FALSE(user.contains("password_hash"));
    EXPECT_EQ(answer.headers.find("cache-control"), "no-store");

    const std::string id(user.at("id").as_string());
    EXPECT_EQ(world().database.scalar(
                  "SELECT payload->>'email' FROM integ.outbox WHERE topic='user.created' AND subject='" + id + "'"),
              "happy@example.com");
    EXPECT_EQ(world().database.scalar("SELECT payload->>'display_name' FROM integ.outbox WHERE subject='" + id + "'"),
              "Ada");
    EXPECT_EQ(world().database.scalar("SELECT left(password_hash, 10) FROM auth.users WHERE id='" + id + "'"),
              "$argon2id$");
}

TEST_F(SignUpTest, AccessTokenCarriesTheDocumentedClaims) {
    const Answer answer = world().sign_up("claims@example.com");
    const auto keys = crypto::KeySet::parse(world().get("/auth/v1/.well-known/jwks.json").text);
    ASSERT_TRUE(keys);
    const auto claims =
        crypto::verify_jwt(answer.str("access_token"), *keys,
                           {.issuer = "http://site.test/auth/v1", .audience = "authenticated"}, world().clock.now());
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ(claims->subject, std::string(answer["user"].at("id").as_string()));
    EXPECT_EQ(claims->expires_at - claims->issued_at, 900);
    for (const char* name : {"iss", "sub", "aud", "exp", "iat", "jti", "email", "phone", "app_metadata",
                             "user_metadata", "role", "aal", "amr", "auth_time", "session_id", "is_anonymous"}) {
        EXPECT_TRUE(claims->members.contains(name)) << name;
    }
    EXPECT_EQ(claims->members.at("aal"), "aal1");
    EXPECT_EQ(claims->members.at("amr").at(0).at("method"), "password");
    EXPECT_EQ(claims->members.at("email"), "claims@example.com");
}

TEST_F(SignUpTest, ScenarioTable) {
    world().sign_up("taken@example.com");
    struct Row {
        const char* name;
        const char* body;
        unsigned status;
        const char* code;
        const char* message;
    };
    const Row rows[] = {
        {"no JSON", "{", 400, "bad_json", nullptr},
        {"a list", "[]", 400, "bad_json", nullptr},
        {"number as e-mail", R"({"email":7,"password":"12345678"})", 400, "bad_json", nullptr},
        {"data is text", R"({"email":"x@example.com","password":"12345678","data":"x"})", 400, "bad_json", nullptr},
        {"nothing", "{}", 422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled"},
        {"phone", R"({"phone":"123","password":"12345678"})", 400, "phone_provider_disabled", nullptr},
        {"both", R"({"email":"x@example.com","phone":"123","password":"12345678"})", 400, "validation_failed", nullptr},
        {"no password", R"({"email":"x@example.com"})", 400, "validation_failed", "Signup requires a valid password"},
        {"short password", R"({"email":"x@example.com","password":"1234567"})", 422, "weak_password",
         "Password should be at least 8 characters."},
        {"bad address", R"({"email":"x","password":"12345678"})", 400, "validation_failed",
         "Unable to validate email address: invalid format"},
        {"challenge without method", R"({"email":"x@example.com","password":"12345678","code_challenge":"x"})", 400,
         "validation_failed", "PKCE flow requires code_challenge_method and code_challenge"},
        {"taken", R"({"email":"TAKEN@example.com","password":"correct horse"})", 422, "user_already_exists",
         "User already registered"},
    };
    for (const Row& row : rows) {
        const Answer old_body = world().post("/auth/v1/signup", row.body);
        EXPECT_EQ(old_body.status, row.status) << row.name << old_body.text;
        EXPECT_EQ(old_body.str("error_code"), row.code) << row.name;
        EXPECT_EQ(old_body["code"].as_int64(), row.status) << row.name;
        if (row.message) EXPECT_EQ(old_body.str("msg"), row.message) << row.name;
        EXPECT_EQ(old_body.headers.find("x-sb-error-code"), row.code) << row.name;

        const Answer new_body = world().call({http::Method::post, "/auth/v1/signup", row.body, "", "2024-01-01"});
        EXPECT_EQ(new_body.str("code"), row.code) << row.name;
        if (row.message) EXPECT_EQ(new_body.str("message"), row.message) << row.name;
        EXPECT_EQ(new_body.headers.find("x-supabase-api-version"), "2024-01-01") << row.name;
    }
    const Answer weak = world().post("/auth/v1/signup", R"({"email":"x@example.com","password":"1"})");
    EXPECT_EQ(weak["weak_password"].at("reasons").at(0), "length");
}

TEST_F(SignUpTest, ServerSideRolesCannotBeClaimed) {
    const Answer answer =
        world().post("/auth/v1/signup", R"({"email":"sly@example.com","password":"correct horse","role":"service_role",
        "app_metadata":{"roles":["admin"]},"data":{"role":"service_role","roles":["admin"]}})");
    ASSERT_EQ(answer.status, 200U) << answer.text;
    const std::string token = answer.str("access_token");
    const auto first = token.find('.') + 1;
    const auto claims = boost::json::parse(*crypto::base64url_decode(token.substr(first, token.rfind('.') - first)));
    EXPECT_EQ(claims.at("role"), "authenticated");
    EXPECT_FALSE(claims.at("app_metadata").as_object().contains("roles"));
}

TEST_F(SignUpTest, SixteenAtOnceMakeOneAccount) {
    const Call call{http::Method::post, "/auth/v1/signup",
                    R"({"email":"race@example.com","password":"correct horse"})"};
    std::size_t sessions = 0;
    for (const Answer& answer : world().call_at_once(call, 16)) {
        if (answer.status == 200) {
            ++sessions;
        } else {
            EXPECT_EQ(answer.code(), "user_already_exists") << answer.text;
        }
    }
    EXPECT_EQ(sessions, 1U);
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM auth.users WHERE email='race@example.com'"), "1");
    EXPECT_EQ(world().database.scalar("SELECT count(*) FROM integ.outbox WHERE payload->>'email'='race@example.com'"),
              "1");
}

TEST_F(SignUpTest, PasswordsAreExactToTheByte) {
    const std::string passwords[] = {std::string(72, 'x') + "a", " leading and trailing ",
                                     "\xF0\x9F\x94\x91\xF0\x9F\x94\x91 emoji", std::string(1024, 'y')};
    int n = 0;
    for (const std::string& password : passwords) {
        const std::string email = "bytes" + std::to_string(n++) + "@example.com";
        ASSERT_EQ(world().sign_up(email, password).status, 200U);
        EXPECT_EQ(world().sign_in(email, password).status, 200U);
        EXPECT_EQ(world().sign_in(email, password.substr(0, password.size() - 1)).code(), "invalid_credentials");
    }
    EXPECT_EQ(world().sign_up("long@example.com", std::string(5000, 'x')).code(), "weak_password");
}

TEST_F(SignUpTest, OneLetterIsOnePasswordHoweverTheKeyboardSpellsIt) {
    const std::string composed = "caf\xC3\xA9 au lait";
    const std::string decomposed = "cafe\xCC\x81 au lait";
    ASSERT_EQ(world().sign_up("zoe@example.com", decomposed).status, 200U);
    EXPECT_EQ(world().sign_in("zoe@example.com", composed).status, 200U);
    EXPECT_EQ(world().sign_in("zoe@example.com", decomposed).status, 200U);
    EXPECT_EQ(world().sign_in("zoe@example.com", "cafe au lait").code(), "invalid_credentials");
    ASSERT_EQ(world().sign_up("zac@example.com", composed).status, 200U);
    EXPECT_EQ(world().sign_in("zac@example.com", decomposed).status, 200U);
}

TEST_F(SignUpTest, BytesThatAreNoTextAreNoPassword) {
    for (const std::string bytes : {"correct \xFF horse", "correct \xED\xA0\x80 horse", R"(correct \ud800 horse)"}) {
        const std::string body = R"({"email":"bytes@example.com","password":")" + bytes + "\"}";
        EXPECT_EQ(world().post("/auth/v1/signup", body).code(), "bad_json") << bytes;
        EXPECT_EQ(world().post("/auth/v1/token?grant_type=password", body).code(), "bad_json") << bytes;
    }
}

TEST_F(SignUpTest, InformationRoutes) {
    const Answer settings = world().get("/auth/v1/settings");
    EXPECT_EQ(settings["mailer_autoconfirm"], true);
    EXPECT_EQ(settings["external"].at("email"), true);
    EXPECT_EQ(world().get("/auth/v1/health").str("name"), "GoTrue");
    const Answer jwks = world().get("/auth/v1/.well-known/jwks.json");
    EXPECT_EQ(jwks.headers.find("cache-control"), "public, max-age=600");
    EXPECT_EQ(jwks["keys"].as_array().size(), 1U);
    EXPECT_FALSE(jwks["keys"].at(0).as_object().contains("d"));
    EXPECT_EQ(jwks["keys"].at(0).at("alg"), "ES256");
}

TEST(SignUpClosed, IsRefused) {
    AuthConfig config = test_config(true);
    config.is_signup_open = false;
    AuthWorld world(config);
    EXPECT_EQ(world.sign_up("late@example.com").code(), "signup_disabled");
    EXPECT_EQ(world.get("/auth/v1/settings")["disable_signup"], true);
}

}  // namespace
}  // namespace tt::auth
