#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using platform::testing::SoftwareAuthenticator;

class AdminFactorsTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    static std::string id_of(const std::string& bearer) {
        return std::string(MfaWorld::claims_of(bearer).at("sub").as_string());
    }
    Answer admin(http::Method method, const std::string& user, const std::string& rest, boost::json::value body = {}) {
        return world().send(method, "/admin/users/" + user + rest, std::move(body), service_key());
    }
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> AdminFactorsTest::world_;

TEST_F(AdminFactorsTest, ListsRenamesAndRemovesFactors) {
    TotpFactor factor;
    const std::string raised = world().person_with_factor("lost@example.com", &factor);
    const std::string user = id_of(raised);
    const Answer list = admin(http::Method::get, user, "/factors");
    ASSERT_EQ(list.status, 200U) << list.text;
    ASSERT_EQ(list.body.as_array().size(), 1U);
    EXPECT_EQ(text_at(list.body, "/0/id"), factor.id);
    EXPECT_FALSE(list.body.at(0).as_object().contains("secret"));
    const Answer renamed = admin(http::Method::put, user, "/factors/" + factor.id, {{"friendly_name", "old phone"}});
    EXPECT_EQ(renamed.str("friendly_name"), "old phone");
    EXPECT_EQ(admin(http::Method::delete_, user, "/factors/" + factor.id).str("id"), factor.id);
    EXPECT_EQ(admin(http::Method::get, user, "/factors").text, "[]");
    EXPECT_EQ(admin(http::Method::delete_, user, "/factors/" + factor.id).code(), "mfa_factor_not_found");
    EXPECT_EQ(world().count("auth.audit_entries WHERE action = 'factor_deleted' AND actor_kind = 'service' AND "
                            "subject_id = '" +
                            user + "'"),
              "1");
}

// Recovery codes are never the only factor: they go with the last other one.
TEST_F(AdminFactorsTest, RecoveryCodesGoWithTheLastFactor) {
    TotpFactor factor;
    const std::string raised = world().person_with_factor("codes@example.com", &factor);
    world().send(http::Method::post, "/factors/recovery-codes", boost::json::object(), raised);
    EXPECT_EQ(admin(http::Method::get, id_of(raised), "/factors").body.as_array().size(), 2U);
    ASSERT_EQ(admin(http::Method::delete_, id_of(raised), "/factors/" + factor.id).status, 200U);
    EXPECT_EQ(admin(http::Method::get, id_of(raised), "/factors").text, "[]");
    EXPECT_EQ(world().count("auth.recovery_codes WHERE user_id = '" + id_of(raised) + "'"), "0");
}

TEST_F(AdminFactorsTest, ListsAndRemovesPasskeys) {
    const std::string bearer = world().person("keys@example.com");
    SoftwareAuthenticator key = world().authenticator();
    const std::string id = world().passkey(key, bearer);
    const Answer list = admin(http::Method::get, id_of(bearer), "/passkeys");
    EXPECT_EQ(text_at(list.body, "/0/id"), id);
    EXPECT_EQ(admin(http::Method::delete_, id_of(bearer), "/passkeys/" + id).status, 204U);
    EXPECT_EQ(admin(http::Method::delete_, id_of(bearer), "/passkeys/" + id).status, 404U);
    EXPECT_EQ(world().sign_in_with(key).code(), "webauthn_verification_failed");
}

TEST_F(AdminFactorsTest, OnlyForAdministratorsAndKnownPeople) {
    const std::string bearer = world().person("nobody@example.com");
    const std::string user = id_of(bearer);
    for (const std::string path : {"/factors", "/passkeys"}) {
        const std::string target = "/admin/users/" + user + path;
        EXPECT_EQ(world().send(http::Method::get, target, nullptr, bearer).code(), "not_admin") << path;
        EXPECT_EQ(world().send(http::Method::get, target, nullptr).code(), "no_authorization") << path;
        EXPECT_EQ(admin(http::Method::get, to_string(uuid_v4()), path).code(), "user_not_found") << path;
        EXPECT_EQ(admin(http::Method::get, "nonsense", path).status, 404U) << path;
    }
}

TEST_F(AdminFactorsTest, ATooLongNameIsRefused) {
    const std::string bearer = world().person("names@example.com");
    const TotpFactor factor = world().totp(bearer);
    const auto rename = [&](const std::string& name) {
        return world().send(http::Method::put, "/admin/users/" + id_of(bearer) + "/factors/" + factor.id,
                            {{"friendly_name", name}}, service_key());
    };
    EXPECT_EQ(rename(std::string(120, 'x')).status, 200U);
    EXPECT_EQ(rename(std::string(121, 'x')).code(), "validation_failed");
}

}  // namespace
}  // namespace tt::auth
