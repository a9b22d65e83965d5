#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using platform::testing::SoftwareAuthenticator;

class WebauthnFactorTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    std::string enroll(const std::string& bearer) {
        return world().send(http::Method::post, "/factors", {{"factor_type", "webauthn"}}, bearer).str("id");
    }
    Answer ask(const std::string& factor, const std::string& bearer) {
        return world().send(http::Method::post, "/factors/" + factor + "/challenge",
                            {{"webauthn", {{"rpId", "site.test"}}}}, bearer);
    }
    static boost::json::object options(const Answer& asked) {
        return asked["webauthn"].at("credential_options").at("publicKey").as_object();
    }
    Answer answer(const Answer& asked, const std::string& factor, const boost::json::object& credential,
                  const std::string& bearer) {
        const boost::json::object proof{{"type", asked["webauthn"].at("type")}, {"credential_response", credential}};
        return world().send(http::Method::post, "/factors/" + factor + "/verify",
                            {{"challenge_id", asked["id"]}, {"webauthn", proof}}, bearer);
    }
    /// Enrols the key of this test; the aal2 session.
    std::string enrolled(const std::string& email, std::string& factor) {
        const std::string bearer = world().person(email);
        factor = enroll(bearer);
        const Answer asked = ask(factor, bearer);
        const Answer proven = answer(asked, factor, key_.create(options(asked)), bearer);
        EXPECT_EQ(proven.status, 200U) << proven.text;
        return proven.str("access_token");
    }
    SoftwareAuthenticator key_ = world_->authenticator();
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> WebauthnFactorTest::world_;

TEST_F(WebauthnFactorTest, FirstProofMakesTheCredentialLaterOnesUseIt) {
    std::string factor;
    const std::string raised = enrolled("key@example.com", factor);
    EXPECT_EQ(MfaWorld::claims_of(raised).at("amr").at(0).at("method"), "mfa/webauthn");
    const std::string low = world().sign_in("key@example.com").str("access_token");
    const Answer asked = ask(factor, low);
    ASSERT_EQ(asked.status, 200U) << asked.text;
    EXPECT_EQ(asked.str("type"), "webauthn");
    EXPECT_EQ(asked["webauthn"].at("type"), "request");
    EXPECT_EQ(options(asked).at("allowCredentials").as_array().size(), 1U);
    const Answer proven = answer(asked, factor, key_.get(options(asked)), low);
    ASSERT_EQ(proven.status, 200U) << proven.text;
    EXPECT_EQ(MfaWorld::claims_of(proven.str("access_token")).at("aal"), "aal2");
}

TEST_F(WebauthnFactorTest, AnotherKeyProvesNothing) {
    std::string factor;
    enrolled("other@example.com", factor);
    const std::string low = world().sign_in("other@example.com").str("access_token");
    SoftwareAuthenticator stranger = world().authenticator();
    const Answer asked = ask(factor, low);
    stranger.create({{"user", {{"id", "AA"}}}, {"challenge", "AA"}});
    EXPECT_EQ(answer(asked, factor, stranger.get(options(asked)), low).code(), "mfa_verification_failed");
    key_.origin = "http://evil.test";
    EXPECT_EQ(answer(asked, factor, key_.get(options(asked)), low).code(), "mfa_verification_failed");
}

// A factor that is verified is not given another credential, and a factor is no passkey.
TEST_F(WebauthnFactorTest, CeremoniesAreNotMixed) {
    std::string factor;
    const std::string raised = enrolled("mixed@example.com", factor);
    const Answer asked = ask(factor, raised);
    const boost::json::object create{{"type", "create"}, {"credential_response", key_.get(options(asked))}};
    const Answer refused = world().send(http::Method::post, "/factors/" + factor + "/verify",
                                        {{"challenge_id", asked["id"]}, {"webauthn", create}}, raised);
    EXPECT_EQ(refused.code(), "validation_failed");
    EXPECT_EQ(world().sign_in_with(key_).code(), "webauthn_verification_failed");
    const Answer bare =
        world().send(http::Method::post, "/factors/" + factor + "/verify", {{"challenge_id", asked["id"]}}, raised);
    EXPECT_EQ(bare.code(), "validation_failed");
    EXPECT_EQ(bare.str("msg"), "WebAuthn config required");
}

TEST_F(WebauthnFactorTest, KeyOfSomebodyElseIsNotTakenOver) {
    std::string factor;
    enrolled("owner@example.com", factor);
    const std::string other = world().person("taker@example.com");
    const std::string second = enroll(other);
    const Answer asked = ask(second, other);
    EXPECT_EQ(answer(asked, second, key_.create(options(asked)), other).code(), "webauthn_credential_exists");
}

TEST_F(WebauthnFactorTest, RemovedFactorFreesItsKey) {
    std::string factor;
    const std::string raised = enrolled("free@example.com", factor);
    ASSERT_EQ(world().send(http::Method::delete_, "/factors/" + factor, nullptr, raised).status, 200U);
    EXPECT_EQ(world().count("auth.webauthn_owners o JOIN auth.users u ON u.id = o.user_id WHERE u.email = "
                            "'free@example.com'"),
              "0");
    const std::string again = enroll(raised);
    const Answer asked = ask(again, raised);
    EXPECT_EQ(answer(asked, again, key_.create(options(asked)), raised).status, 200U);
}

// Phones: the code goes by message, is hashed, and is good once.
TEST_F(WebauthnFactorTest, PhoneFactorByMessage) {
    const std::string bearer = world().person("phone@example.com");
    const boost::json::object wish{{"factor_type", "phone"}, {"phone", "+49 151 2345678"}, {"friendly_name", "mobile"}};
    const Answer made = world().send(http::Method::post, "/factors", wish, bearer);
    ASSERT_EQ(made.status, 200U) << made.text;
    EXPECT_EQ(made.str("phone"), "491512345678");
    const std::string id = made.str("id");
    const std::string challenge = world().challenge(id, bearer);
    const Answer early =
        world().send(http::Method::post, "/factors/" + id + "/challenge", boost::json::object(), bearer);
    EXPECT_EQ(early.status, 429U);
    EXPECT_EQ(early.code(), "over_sms_send_rate_limit");
    const std::string text = world().mailer.wait_for_text("491512345678@phone.invalid");
    const auto digits = text.find_last_of("0123456789");
    ASSERT_NE(digits, std::string::npos) << text;
    const std::string code = text.substr(digits - 5, 6);
    EXPECT_EQ(world().verify(id, challenge, code == "000000" ? "000001" : "000000", bearer).str("msg"),
              "Invalid MFA Phone code entered");
    const Answer proven = world().verify(id, challenge, code, bearer);
    ASSERT_EQ(proven.status, 200U) << proven.text;
    EXPECT_EQ(MfaWorld::claims_of(proven.str("access_token")).at("amr").at(0).at("method"), "mfa/phone");
    EXPECT_EQ(world().verify(id, challenge, code, proven.str("access_token")).code(), "mfa_ip_address_mismatch");
}

TEST_F(WebauthnFactorTest, KindsThatAreOffAreRefused) {
    AuthConfig config = MfaWorld::mfa_config();
    config.mfa.phone = false;
    config.mfa.webauthn = false;
    config.mfa.totp = false;
    MfaWorld world(config);
    const std::string bearer = world.person("off@example.com");
    for (const std::string type : {"totp", "phone", "webauthn"}) {
        const Answer answer = world.send(http::Method::post, "/factors", {{"factor_type", type}}, bearer);
        EXPECT_EQ(answer.status, 422U);
        EXPECT_EQ(answer.code(), "mfa_" + type + "_enroll_not_enabled");
    }
}

}  // namespace
}  // namespace tt::auth
