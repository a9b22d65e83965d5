#include "platform/crypto/encoding.hpp"
#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class TotpTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> TotpTest::world_;

TEST_F(TotpTest, EnrolmentShowsSecretAddressAndPicture) {
    const std::string bearer = world().person("enrol@example.com");
    const Answer made = world().enroll(bearer, "Phone app");
    ASSERT_EQ(made.status, 200U) << made.text;
    EXPECT_EQ(made.str("type"), "totp");
    EXPECT_EQ(made.str("friendly_name"), "Phone app");
    const auto& totp = made["totp"].as_object();
    EXPECT_TRUE(totp.at("qr_code").as_string().starts_with("<svg "));
    const std::string uri(totp.at("uri").as_string());
    EXPECT_TRUE(uri.starts_with("otpauth://totp/site.test:enrol%40example.com?")) << uri;
    EXPECT_NE(uri.find("secret=" + std::string(totp.at("secret").as_string())), std::string::npos);
    EXPECT_EQ(made.headers.find("Cache-Control"), "no-store");
    const Answer user = world().get("/auth/v1/user", bearer);
    EXPECT_EQ(user["factors"].at(0).at("status"), "unverified");
    EXPECT_EQ(user.text.find(std::string(totp.at("secret").as_string())), std::string::npos);
}

// The secret lies sealed, bound to its row.
TEST_F(TotpTest, SecretIsSealedInTheDatabase) {
    const TotpFactor factor = world().totp(world().person("sealed@example.com"));
    const std::string sealed =
        world().database.scalar("SELECT encode(secret, 'hex') FROM auth.factors WHERE id = '" + factor.id + "'");
    EXPECT_EQ(sealed.find(crypto::hex_encode(factor.secret)), std::string::npos);
    EXPECT_GT(sealed.size(), 2 * factor.secret.size());
}

TEST_F(TotpTest, RightCodeRaisesTheSession) {
    const Answer session = world().sign_up("raise@example.com");
    const std::string bearer = session.str("access_token");
    const TotpFactor factor = world().totp(bearer);
    const Answer proven = world().prove(factor, bearer);
    ASSERT_EQ(proven.status, 200U) << proven.text;
    const auto claims = MfaWorld::claims_of(proven.str("access_token"));
    EXPECT_EQ(claims.at("aal"), "aal2");
    EXPECT_EQ(claims.at("amr").at(0).at("method"), "totp");
    EXPECT_EQ(claims.at("amr").at(1).at("method"), "password");
    EXPECT_EQ(claims.at("session_id"), MfaWorld::claims_of(bearer).at("session_id"));
    EXPECT_EQ(proven["user"].at("factors").at(0).at("status"), "verified");
    // The counter moved by two: the token of before is no parent of the new one, and outside the window it is theft.
    world().clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(world().refresh(session.str("refresh_token")).code(), "refresh_token_already_used");
    EXPECT_EQ(world().mailer.wait_for_text("raise@example.com").find("A second factor was added"), 0U);
}

// S039: what was signed in with the password alone ends.
TEST_F(TotpTest, OtherSessionsOfAal1End) {
    const std::string here = world().person("others@example.com");
    const Answer there = world().sign_in("others@example.com");
    const TotpFactor factor = world().totp(here);
    ASSERT_EQ(world().prove(factor, here).status, 200U);
    EXPECT_EQ(world().refresh(there.str("refresh_token")).code(), "refresh_token_not_found");
}

// S018, ASVS 6.5.1: a code works once; those of t-2 and t+2 never.
TEST_F(TotpTest, CodeIsGoodOnce) {
    const std::string bearer = world().person("once@example.com");
    const TotpFactor factor = world().totp(bearer);
    world().clock.advance(std::chrono::seconds(90));
    const std::string code = world().code_of(factor);
    const std::string first = world().challenge(factor.id, bearer);
    const std::string second = world().challenge(factor.id, bearer);
    const Answer proven = world().verify(factor.id, first, code, bearer);
    ASSERT_EQ(proven.status, 200U) << proven.text;
    const std::string raised = proven.str("access_token");
    const Answer again = world().verify(factor.id, second, code, raised);
    EXPECT_EQ(again.code(), "mfa_verification_failed");
    EXPECT_EQ(again.str("msg"), "Invalid TOTP code entered");
    EXPECT_EQ(world().verify(factor.id, second, world().code_of(factor, -1), raised).code(), "mfa_verification_failed");
    world().clock.advance(std::chrono::seconds(90));
    const std::string third = world().challenge(factor.id, raised);
    for (const int off : {-2, 2}) {
        EXPECT_EQ(world().verify(factor.id, third, world().code_of(factor, off), raised).code(),
                  "mfa_verification_failed")
            << off;
    }
    EXPECT_EQ(world().verify(factor.id, third, world().code_of(factor, -1), raised).status, 200U);
}

// Sixteen parallel uses of one code: one gets through.
TEST_F(TotpTest, ParallelUsesOfOneCodeGiveOneSession) {
    const std::string bearer = world().person("race@example.com");
    const TotpFactor factor = world().totp(bearer);
    world().clock.advance(std::chrono::seconds(60));
    const std::string challenge_id = world().challenge(factor.id, bearer);
    const boost::json::object body{{"challenge_id", challenge_id}, {"code", world().code_of(factor)}};
    const auto answers = world().call_at_once(
        {http::Method::post, "/auth/v1/factors/" + factor.id + "/verify", boost::json::serialize(body), bearer}, 5);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& a) { return a.status == 200; }), 1);
}

TEST_F(TotpTest, ChallengeIsAnsweredOnceInTimeAndFromTheSameAddress) {
    const std::string bearer = world().person("challenge@example.com");
    const TotpFactor factor = world().totp(bearer);
    const std::string used = world().challenge(factor.id, bearer);
    world().clock.advance(std::chrono::seconds(30));
    const std::string raised = world().verify(factor.id, used, world().code_of(factor), bearer).str("access_token");
    world().clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(world().verify(factor.id, used, world().code_of(factor), raised).code(), "mfa_ip_address_mismatch");
    const std::string moved = world().challenge(factor.id, raised);
    world().database.exec("UPDATE auth.factor_challenges SET ip = '10.0.0.9' WHERE id = '" + moved + "'");
    EXPECT_EQ(world().verify(factor.id, moved, world().code_of(factor), raised).code(), "mfa_ip_address_mismatch");
    const std::string late = world().challenge(factor.id, raised);
    world().clock.advance(std::chrono::seconds(301));
    EXPECT_EQ(world().verify(factor.id, late, world().code_of(factor), raised).code(), "mfa_challenge_expired");
    const Answer unknown = world().verify(factor.id, to_string(uuid_v4()), "123456", raised);
    EXPECT_EQ(unknown.status, 422U);
    EXPECT_EQ(unknown.code(), "mfa_factor_not_found");
}

// Five wrong codes lock the factor for fifteen minutes, from wherever.
TEST_F(TotpTest, FiveWrongCodesLockTheFactor) {
    const std::string bearer = world().person("lock@example.com");
    const TotpFactor factor = world().totp(bearer);
    world().clock.advance(std::chrono::seconds(60));
    const std::string challenge_id = world().challenge(factor.id, bearer);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(world().verify(factor.id, challenge_id, "000000", bearer).code(), "mfa_verification_failed") << i;
    }
    const Answer locked = world().verify(factor.id, challenge_id, world().code_of(factor), bearer);
    EXPECT_EQ(locked.status, 429U);
    EXPECT_EQ(locked.code(), "over_request_rate_limit");
    EXPECT_TRUE(locked.headers.contains("Retry-After"));
    world().clock.advance(std::chrono::seconds(901));
    const std::string fresh = world().sign_in("lock@example.com").str("access_token");
    EXPECT_EQ(world().prove(factor, fresh).status, 200U);
}

TEST_F(TotpTest, EnrolmentScenarioTable) {
    const std::string bearer = world().person("table@example.com");
    world().totp(bearer, "mine");
    struct Row {
        boost::json::object body;
        unsigned status;
        const char* code;
    };
    const Row rows[] = {
        {{{"factor_type", "smoke"}}, 400, "validation_failed"},
        {{{"factor_type", "recovery_code"}}, 400, "validation_failed"},
        {{{"factor_type", 7}}, 400, "bad_json"},
        {{{"factor_type", "totp"}, {"friendly_name", "mine"}}, 422, "mfa_factor_name_conflict"},
        {{{"factor_type", "totp"}, {"friendly_name", std::string(121, 'x')}}, 400, "validation_failed"},
        {{{"factor_type", "phone"}}, 400, "validation_failed"},
        {{{"factor_type", "phone"}, {"phone", "nonsense"}}, 400, "validation_failed"},
    };
    for (const Row& row : rows) {
        const Answer answer = world().send(http::Method::post, "/factors", row.body, bearer);
        EXPECT_EQ(answer.status, row.status) << boost::json::serialize(row.body) << answer.text;
        EXPECT_EQ(answer.code(), row.code) << boost::json::serialize(row.body);
    }
    EXPECT_EQ(world().enroll("").code(), "no_authorization");
}

TEST_F(TotpTest, TenFactorsAreEnough) {
    const std::string bearer = world().person("ten@example.com");
    for (int i = 0; i < 10; ++i) {
        ASSERT_EQ(world().enroll(bearer, "f" + std::to_string(i)).status, 200U) << i;
    }
    EXPECT_EQ(world().enroll(bearer, "one more").code(), "too_many_enrolled_mfa_factors");
    // What was begun and left makes room.
    world().clock.advance(std::chrono::seconds(301));
    EXPECT_EQ(world().enroll(bearer, "one more").status, 200U);
}

// Somebody else's factor does not exist.
TEST_F(TotpTest, ForeignFactorsAreUnknown) {
    const std::string mine = world().person("mine@example.com");
    const TotpFactor theirs = world().totp(world().person("theirs@example.com"));
    EXPECT_EQ(
        world().send(http::Method::post, "/factors/" + theirs.id + "/challenge", boost::json::object(), mine).status,
        404U);
    EXPECT_EQ(world().verify(theirs.id, to_string(uuid_v4()), "123456", mine).status, 404U);
    EXPECT_EQ(world().send(http::Method::delete_, "/factors/" + theirs.id, nullptr, mine).code(),
              "mfa_factor_not_found");
    EXPECT_EQ(world().send(http::Method::delete_, "/factors/nonsense", nullptr, mine).code(), "validation_failed");
}

// S019, S020, §3 row 23, ASVS 7.5.1: what needs aal2, and a sign-in that is not stale.
TEST_F(TotpTest, ChangingFactorsNeedsAal2AndAFreshProof) {
    TotpFactor factor;
    const std::string raised = world().person_with_factor("aal@example.com", &factor);
    const std::string low = world().sign_in("aal@example.com").str("access_token");
    const Answer enrolled = world().enroll(low, "second");
    EXPECT_EQ(enrolled.status, 403U);
    EXPECT_EQ(enrolled.code(), "insufficient_aal");
    const Answer removed = world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, low);
    EXPECT_EQ(removed.status, 422U);
    EXPECT_EQ(removed.code(), "insufficient_aal");
    world().clock.advance(std::chrono::seconds(601));
    EXPECT_EQ(world().enroll(raised, "second").code(), "reauthentication_needed");
    EXPECT_EQ(world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, raised).code(),
              "reauthentication_needed");
    const std::string fresh = world().prove(factor, raised).str("access_token");
    EXPECT_EQ(world().enroll(fresh, "second").status, 200U);
}

// S019: an unverified factor gives no aal2 and asks for none.
TEST_F(TotpTest, UnverifiedFactorChangesNothing) {
    const std::string bearer = world().person("unverified@example.com");
    const TotpFactor factor = world().totp(bearer);
    EXPECT_EQ(MfaWorld::claims_of(bearer).at("aal"), "aal1");
    EXPECT_EQ(world().send(http::Method::post, "/factors/recovery-codes", boost::json::object(), bearer).code(),
              "mfa_recovery_codes_sole_factor");
    EXPECT_EQ(world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, bearer).str("id"), factor.id);
    EXPECT_FALSE(world().get("/auth/v1/user", bearer).body.as_object().contains("factors"));
}

TEST_F(TotpTest, RemovingTheFactorLowersTheSessionAndEndsOthers) {
    TotpFactor factor;
    const std::string bearer = world().person("remove@example.com");
    factor = world().totp(bearer);
    const Answer raised = world().prove(factor, bearer);
    const std::string low = world().sign_in("remove@example.com").str("access_token");
    const Answer other = world().prove(factor, low);  // ends the first one? no: that is aal2 already
    ASSERT_EQ(world().refresh(raised.str("refresh_token")).status, 200U);
    ASSERT_EQ(world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, other.str("access_token")).status,
              200U);
    EXPECT_NE(world().refresh(raised.str("refresh_token")).status, 200U);
    const Answer next = world().refresh(other.str("refresh_token"));
    const auto claims = MfaWorld::claims_of(next.str("access_token"));
    EXPECT_EQ(claims.at("aal"), "aal1");
    EXPECT_EQ(claims.at("amr").as_array().size(), 1U);
    EXPECT_NE(world().mailer.wait_for_text("remove@example.com", 2).find("removed"), std::string::npos);
}

// S016: whoever recovers an account by mail has one factor, and cannot get around the other.
TEST_F(TotpTest, RecoverySessionStaysAal1) {
    TotpFactor factor;
    world().person_with_factor("recover@example.com", &factor);
    const std::size_t mails = world().mailer.sent_to("recover@example.com").size();
    world().post("/auth/v1/recover", R"({"email":"recover@example.com"})");
    const std::string text = world().mailer.wait_for_text("recover@example.com", std::max<std::size_t>(mails, 1) + 1);
    const auto at = text.find("code: ");
    ASSERT_NE(at, std::string::npos) << text;
    const boost::json::object proof{
        {"type", "recovery"}, {"email", "recover@example.com"}, {"token", text.substr(at + 6, 6)}};
    const Answer session = world().post("/auth/v1/verify", boost::json::serialize(proof));
    ASSERT_EQ(session.status, 200U) << session.text;
    const std::string bearer = session.str("access_token");
    EXPECT_EQ(MfaWorld::claims_of(bearer).at("aal"), "aal1");
    const Answer password = world().send(http::Method::put, "/user", {{"password", "nine battery staples"}}, bearer);
    EXPECT_EQ(password.status, 401U);
    EXPECT_EQ(password.code(), "insufficient_aal");
    EXPECT_EQ(world().enroll(bearer, "mine").code(), "insufficient_aal");
    EXPECT_EQ(world().begin_passkey(bearer).code(), "insufficient_aal");
    const std::string raised = world().prove(factor, bearer).str("access_token");
    EXPECT_EQ(world().send(http::Method::put, "/user", {{"password", "nine battery staples"}}, raised).status, 200U);
}

TEST_F(TotpTest, AttemptsAreInTheAuditLog) {
    const std::string bearer = world().person("audit@example.com");
    const TotpFactor factor = world().totp(bearer);
    const std::string wrong = world().challenge(factor.id, bearer);
    world().verify(factor.id, wrong, "000000", bearer);
    ASSERT_EQ(world().prove(factor, bearer).status, 200U);
    const std::string where = "auth.audit_entries WHERE target = '" + factor.id + "' AND action = ";
    EXPECT_EQ(world().count(where + "'factor_in_progress'"), "1");
    EXPECT_EQ(world().count(where + "'verification_attempted' AND outcome = 'failure'"), "1");
    EXPECT_EQ(world().count(where + "'verification_attempted' AND outcome = 'success'"), "1");
}

// What is drawn for the app must fit into a QR code.
TEST_F(TotpTest, AnIssuerThatIsTooLongForTheCodeIsRefused) {
    const std::string bearer = world().person("issuer@example.com");
    const auto enroll = [&](const std::string& issuer) {
        return world().send(http::Method::post, "/factors", {{"factor_type", "totp"}, {"issuer", issuer}}, bearer);
    };
    std::string cyrillic;
    for (int i = 0; i < 120; ++i) cyrillic += "\xD0\x96";
    const Answer refused = enroll(cyrillic);
    EXPECT_EQ(refused.status, 400U) << refused.text;
    EXPECT_EQ(refused.code(), "validation_failed");
    EXPECT_EQ(world().count("auth.factors WHERE user_id = (SELECT id FROM auth.users WHERE email = "
                            "'issuer@example.com')"),
              "0");
    EXPECT_EQ(enroll(std::string(120, 'x')).status, 200U);
}

}  // namespace
}  // namespace tt::auth
