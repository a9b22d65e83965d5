#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using platform::testing::SoftwareAuthenticator;

/// What becomes of sessions when the proof they rest on is taken away.
class RemovedProofTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    Answer handed_over(const std::string& bearer) {
        const Answer made = world().post("/api/v1/session-handoff", "", bearer);
        return world().post("/api/v1/session-handoff/exchange", R"({"code":")" + made.str("code") + "\"}");
    }
    Answer admin_delete(const std::string& bearer, const std::string& rest) {
        const std::string user(MfaWorld::claims_of(bearer).at("sub").as_string());
        return world().send(http::Method::delete_, "/admin/users/" + user + rest, {}, service_key());
    }
    static std::string aal_of(const Answer& session) {
        return std::string(MfaWorld::claims_of(session.str("access_token")).at("aal").as_string());
    }
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> RemovedProofTest::world_;

TEST_F(RemovedProofTest, AnAdministratorsRemovalEndsWhatTheFactorHadRaised) {
    TotpFactor factor;
    const std::string raised = world().person_with_factor("lost@example.com", &factor);
    const Answer there = handed_over(raised);
    ASSERT_EQ(aal_of(there), "aal2");
    ASSERT_EQ(admin_delete(raised, "/factors/" + factor.id).status, 200U);
    EXPECT_EQ(world().get("/auth/v1/user", raised).code(), "session_not_found");
    EXPECT_EQ(world().refresh(there.str("refresh_token")).code(), "refresh_token_not_found");
    const std::string id(MfaWorld::claims_of(raised).at("session_id").as_string());
    EXPECT_EQ(world().count("auth.revocations WHERE subject = '" + id + "'"), "1") << "gateways are told";
}

TEST_F(RemovedProofTest, AHandedOverSessionIsLoweredWithTheFactor) {
    TotpFactor factor;
    const Answer there = handed_over(world().person_with_factor("over@example.com", &factor));
    ASSERT_EQ(aal_of(there), "aal2");
    ASSERT_EQ(world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, there.str("access_token")).status,
              200U);
    const Answer refreshed = world().refresh(there.str("refresh_token"));
    ASSERT_EQ(refreshed.status, 200U) << refreshed.text;
    EXPECT_EQ(aal_of(refreshed), "aal1");
}

TEST_F(RemovedProofTest, TheSessionsOfARemovedPasskeyEnd) {
    SoftwareAuthenticator key = world().authenticator();
    const std::string bearer = world().person("keys@example.com");
    const std::string id = world().passkey(key, bearer);
    const Answer by_key = world().sign_in_with(key);
    ASSERT_EQ(aal_of(by_key), "aal2");
    ASSERT_EQ(world().send(http::Method::delete_, "/passkeys/" + id, nullptr, bearer).status, 204U);
    EXPECT_EQ(world().refresh(by_key.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().get("/auth/v1/user", bearer).status, 200U) << "the caller's own goes on";
}

TEST_F(RemovedProofTest, AlsoWhenAnAdministratorRemovesIt) {
    SoftwareAuthenticator key = world().authenticator();
    const std::string bearer = world().person("admin-keys@example.com");
    const std::string id = world().passkey(key, bearer);
    const Answer by_key = world().sign_in_with(key);
    ASSERT_EQ(admin_delete(bearer, "/passkeys/" + id).status, 204U);
    EXPECT_EQ(world().refresh(by_key.str("refresh_token")).code(), "refresh_token_not_found");
    EXPECT_EQ(world().get("/auth/v1/user", bearer).status, 200U) << "it was opened by a password";
}

}  // namespace
}  // namespace tt::auth
