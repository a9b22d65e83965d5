#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using platform::testing::SoftwareAuthenticator;

class PasskeysTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    SoftwareAuthenticator key_ = world_->authenticator();
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> PasskeysTest::world_;

TEST_F(PasskeysTest, RegistrationAsksForADiscoverableCredential) {
    const std::string bearer = world().person("options@example.com");
    const Answer begun = world().begin_passkey(bearer);
    ASSERT_EQ(begun.status, 200U) << begun.text;
    const auto& options = begun["options"].as_object();
    EXPECT_EQ(options.at("rp").at("id"), "site.test");
    EXPECT_EQ(options.at("authenticatorSelection").at("residentKey"), "required");
    EXPECT_EQ(options.at("pubKeyCredParams").at(0).at("alg"), -7);
    EXPECT_EQ(options.at("user").at("name"), "options@example.com");
    EXPECT_EQ(begun["expires_at"].as_int64(), 1767225600 + 300);
    world().passkey(key_, bearer);
    // The key that is there already is not made again.
    const Answer next = world().begin_passkey(bearer);
    EXPECT_EQ(next["options"].at("excludeCredentials").as_array().size(), 1U);
}

TEST_F(PasskeysTest, SignsInWithoutAddressOrPassword) {
    const std::string bearer = world().person("keyed@example.com");
    const std::string id = world().passkey(key_, bearer);
    EXPECT_NE(world().mailer.wait_for_text("keyed@example.com").find("passkey was added"), std::string::npos);
    const Answer session = world().sign_in_with(key_);
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(session["user"].at("email"), "keyed@example.com");
    const auto claims = MfaWorld::claims_of(session.str("access_token"));
    EXPECT_EQ(claims.at("amr").at(0).at("method"), "passkey");
    EXPECT_EQ(claims.at("aal"), "aal2");  // the person was verified: two factors in one
    const Answer list = world().get("/auth/v1/passkeys", session.str("access_token"));
    ASSERT_EQ(list.body.as_array().size(), 1U);
    EXPECT_EQ(text_at(list.body, "/0/id"), id);
    EXPECT_TRUE(list.body.at(0).as_object().contains("last_used_at"));
    EXPECT_EQ(world().refresh(session.str("refresh_token")).status, 200U);
}

// §3 row 7: a touch alone is one factor.
TEST_F(PasskeysTest, WithoutVerificationItIsOneFactor) {
    const std::string bearer = world().person("touch@example.com");
    world().passkey(key_, bearer);
    key_.is_user_verified = false;
    const Answer session = world().sign_in_with(key_);
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(MfaWorld::claims_of(session.str("access_token")).at("aal"), "aal1");
}

TEST_F(PasskeysTest, UpstreamCountsOneFactorOnly) {
    AuthConfig config = MfaWorld::mfa_config();
    config.mfa.passkey_is_aal2 = false;
    MfaWorld world(config);
    SoftwareAuthenticator key = world.authenticator();
    world.passkey(key, world.person("upstream@example.com"));
    EXPECT_EQ(MfaWorld::claims_of(world.sign_in_with(key).str("access_token")).at("aal"), "aal1");
}

// WebAuthn L3 §7.2: the challenge is good once, in its time, and for nobody else's key.
TEST_F(PasskeysTest, ChallengeIsGoodOnce) {
    const std::string bearer = world().person("once@example.com");
    world().passkey(key_, bearer);
    const std::string verify = "/passkeys/authentication/verify";
    const Answer begun = world().send(http::Method::post, "/passkeys/authentication/options", boost::json::object());
    const boost::json::object answer{{"challenge_id", begun["challenge_id"]},
                                     {"credential", key_.get(begun["options"].as_object())}};
    EXPECT_EQ(world().send(http::Method::post, verify, answer).status, 200U);
    EXPECT_EQ(world().send(http::Method::post, verify, answer).code(), "webauthn_challenge_not_found");
    const Answer late = world().send(http::Method::post, "/passkeys/authentication/options", boost::json::object());
    world().clock.advance(std::chrono::seconds(301));
    EXPECT_EQ(world()
                  .send(http::Method::post, verify,
                        {{"challenge_id", late["challenge_id"]}, {"credential", key_.get(late["options"].as_object())}})
                  .code(),
              "webauthn_challenge_expired");
    // A challenge of a registration is none of a sign-in, and the other way round.
    const std::string fresh = world().sign_in("once@example.com").str("access_token");
    const Answer registration = world().begin_passkey(fresh);
    EXPECT_EQ(world()
                  .send(http::Method::post, verify,
                        {{"challenge_id", registration["challenge_id"]},
                         {"credential", key_.get(registration["options"].as_object())}})
                  .code(),
              "webauthn_challenge_not_found");
}

TEST_F(PasskeysTest, ParallelAnswersToOneChallengeGiveOneSession) {
    world().passkey(key_, world().person("race@example.com"));
    const Answer begun = world().send(http::Method::post, "/passkeys/authentication/options", boost::json::object());
    const boost::json::object answer{{"challenge_id", begun["challenge_id"]},
                                     {"credential", key_.get(begun["options"].as_object())}};
    const auto answers = world().call_at_once(
        {http::Method::post, "/auth/v1/passkeys/authentication/verify", boost::json::serialize(answer), ""}, 6);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& a) { return a.status == 200; }), 1);
}

TEST_F(PasskeysTest, LiesAreRefusedAlike) {
    const std::string bearer = world().person("lies@example.com");
    world().passkey(key_, bearer);
    struct Lie {
        const char* name;
        void (*tell)(SoftwareAuthenticator&);
    };
    const Lie lies[] = {
        {"a foreign origin", [](SoftwareAuthenticator& key) { key.origin = "http://evil.test"; }},
        {"another relying party", [](SoftwareAuthenticator& key) { key.rp_id = "evil.test"; }},
        {"nobody present", [](SoftwareAuthenticator& key) { key.is_user_present = false; }},
        {"within a foreign page", [](SoftwareAuthenticator& key) { key.is_cross_origin = true; }},
    };
    for (const Lie& lie : lies) {
        SoftwareAuthenticator bent = key_;
        lie.tell(bent);
        const Answer answer = world().sign_in_with(bent);
        EXPECT_EQ(answer.status, 400U) << lie.name;
        EXPECT_EQ(answer.code(), "webauthn_verification_failed") << lie.name;
        EXPECT_EQ(answer.str("msg"), "Credential verification failed") << lie.name;
    }
    SoftwareAuthenticator stranger = world().authenticator();
    stranger.create(world().begin_passkey(bearer)["options"].as_object());
    EXPECT_EQ(world().sign_in_with(stranger).code(), "webauthn_verification_failed");
    EXPECT_EQ(world().count("auth.audit_entries WHERE action = 'login' AND outcome = 'failure' AND details ->> "
                            "'method' = 'passkey' AND actor_id = (SELECT id FROM auth.users WHERE email = "
                            "'lies@example.com')"),
              "4");
}

// WebAuthn L3 §6.1.1: a copy is found by its counter.
TEST_F(PasskeysTest, CopiedKeyIsRefused) {
    key_.sign_count = 1;
    world().passkey(key_, world().person("copy@example.com"));
    SoftwareAuthenticator copy = key_;
    EXPECT_EQ(world().sign_in_with(key_).status, 200U);
    EXPECT_EQ(world().sign_in_with(copy).code(), "webauthn_verification_failed");
    EXPECT_EQ(world().sign_in_with(key_).status, 200U);
}

// WebAuthn L3 §7.1 step 26: a credential is one person's only.
TEST_F(PasskeysTest, CredentialBelongsToOnePerson) {
    world().passkey(key_, world().person("first@example.com"));
    const std::string other = world().person("second@example.com");
    const Answer refused = world().finish_passkey(world().begin_passkey(other), key_, other);
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(refused.code(), "webauthn_credential_exists");
}

TEST_F(PasskeysTest, RenamedAndRemoved) {
    const std::string bearer = world().person("manage@example.com");
    const std::string id = world().passkey(key_, bearer);
    const auto patch = [&](const std::string& which, const std::string& name) {
        return world().send(http::Method::patch, "/passkeys/" + which, {{"friendly_name", name}}, bearer);
    };
    EXPECT_EQ(patch(id, "Key ring").str("friendly_name"), "Key ring");
    EXPECT_EQ(patch(id, "").code(), "validation_failed");
    EXPECT_EQ(patch(id, std::string(121, 'x')).status, 400U);
    EXPECT_EQ(patch(to_string(uuid_v4()), "x").status, 404U);
    EXPECT_EQ(patch("nonsense", "x").status, 404U);
    const std::string stranger = world().person("stranger@example.com");
    EXPECT_EQ(world().send(http::Method::delete_, "/passkeys/" + id, nullptr, stranger).status, 404U);
    EXPECT_EQ(world().send(http::Method::delete_, "/passkeys/" + id, nullptr, bearer).status, 204U);
    EXPECT_EQ(world().send(http::Method::delete_, "/passkeys/" + id, nullptr, bearer).status, 404U);
    EXPECT_EQ(world().sign_in_with(key_).code(), "webauthn_verification_failed");
    EXPECT_EQ(world().get("/auth/v1/passkeys", bearer).text, "[]");
    world().passkey(key_, bearer);  // the registry has let go of it
}

TEST_F(PasskeysTest, ChangingPasskeysNeedsAal2AndAFreshProof) {
    const std::string raised = world().person_with_factor("aal@example.com");
    const std::string low = world().sign_in("aal@example.com").str("access_token");
    const std::string id = world().passkey(key_, raised);
    EXPECT_EQ(world().begin_passkey(low).code(), "insufficient_aal");
    EXPECT_EQ(world().send(http::Method::delete_, "/passkeys/" + id, nullptr, low).code(), "insufficient_aal");
    world().clock.advance(std::chrono::seconds(601));
    EXPECT_EQ(world().begin_passkey(raised).code(), "reauthentication_needed");
    EXPECT_EQ(world().begin_passkey("").code(), "no_authorization");
}

TEST_F(PasskeysTest, TenPasskeysAreEnough) {
    const std::string bearer = world().person("ten@example.com");
    for (int i = 0; i < 10; ++i) {
        SoftwareAuthenticator key = world().authenticator();
        world().passkey(key, bearer);
    }
    EXPECT_EQ(world().begin_passkey(bearer).code(), "too_many_passkeys");
}

TEST_F(PasskeysTest, BannedPeopleStayOut) {
    world().passkey(key_, world().person("banned@example.com"));
    world().database.exec("UPDATE auth.users SET banned_until = '2030-01-01' WHERE email = 'banned@example.com'");
    const Answer answer = world().sign_in_with(key_);
    EXPECT_EQ(answer.status, 403U);
    EXPECT_EQ(answer.code(), "user_banned");
}

TEST_F(PasskeysTest, MalformedAnswersAreNamed) {
    const std::string verify = "/passkeys/authentication/verify";
    const auto post = [&](boost::json::value body) {
        return world().send(http::Method::post, verify, std::move(body));
    };
    EXPECT_EQ(post(boost::json::object()).code(), "validation_failed");
    EXPECT_EQ(post({{"challenge_id", "nonsense"}, {"credential", {{"id", "x"}}}}).code(), "validation_failed");
    EXPECT_EQ(post({{"challenge_id", to_string(uuid_v4())}}).code(), "validation_failed");
    EXPECT_EQ(post({{"challenge_id", to_string(uuid_v4())}, {"credential", "text"}}).code(), "bad_json");
    const Answer begun = world().send(http::Method::post, "/passkeys/authentication/options", boost::json::object());
    EXPECT_EQ(post({{"challenge_id", begun["challenge_id"]}, {"credential", {{"id", "x"}}}}).str("msg"),
              "Invalid credential response");
}

TEST_F(PasskeysTest, SwitchedOffTheyDoNotExist) {
    AuthConfig config = MfaWorld::mfa_config();
    config.mfa.passkeys = false;
    MfaWorld world(config);
    const std::string bearer = world.person("off@example.com");
    EXPECT_EQ(world.begin_passkey(bearer).status, 404U);
    EXPECT_EQ(world.begin_passkey(bearer).code(), "passkey_disabled");
    EXPECT_EQ(world.get("/auth/v1/passkeys", bearer).code(), "passkey_disabled");
}

}  // namespace
}  // namespace tt::auth
