#include "services/auth-service/src/domain/mfa_policy.hpp"

#include "services/auth-service/src/domain/credential_party.hpp"
#include "services/auth-service/src/domain/recovery_code.hpp"
#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

const std::vector<std::string> admin_only{"admin"};
constexpr std::chrono::days week{7};
const Time policy_now{std::chrono::seconds(1'767'225'600)};

boost::json::object under_policy(MfaPolicyInput input) {
    input.now = policy_now;
    return boost::json::parse(metadata_under_policy(input, admin_only, week)).as_object();
}

TEST(MfaPolicy, RolesWithoutTheNeedAreLeftAlone) {
    const std::string student = R"({"roles":["student"]})";
    EXPECT_EQ(metadata_under_policy({.app_metadata = student, .aal = "aal1"}, admin_only, week), student);
    const std::string admin = R"({"roles":["admin"]})";
    EXPECT_EQ(metadata_under_policy({.app_metadata = admin, .aal = "aal2"}, admin_only, week), admin);
    EXPECT_EQ(metadata_under_policy({.app_metadata = admin, .aal = "aal1"}, {}, week), admin);
    EXPECT_FALSE(holds_role_of(R"({"roles":"admin"})", admin_only));
    EXPECT_FALSE(holds_role_of("{}", admin_only));
}

TEST(MfaPolicy, WithinTheGraceTheRoleCountsAndTheEndIsTold) {
    const auto metadata = under_policy({.app_metadata = R"({"roles":["admin","student"]})",
                                        .aal = "aal1",
                                        .grace_since = policy_now - std::chrono::days(6)});
    EXPECT_EQ(metadata.at("roles").as_array().size(), 2U);
    EXPECT_EQ(metadata.at("mfa_enroll_by"), 1'767'225'600 + 86'400);
}

TEST(MfaPolicy, AfterTheGraceTheRoleIsWithheld) {
    const auto metadata = under_policy({.app_metadata = R"({"roles":["admin","student"],"provider":"email"})",
                                        .aal = "aal1",
                                        .grace_since = policy_now - week});
    EXPECT_EQ(metadata.at("roles"), boost::json::array{"student"});
    EXPECT_EQ(metadata.at("mfa_required"), "enroll");
    EXPECT_EQ(metadata.at("provider"), "email");
}

TEST(MfaPolicy, WhoHasAFactorMustUseIt) {
    const auto metadata =
        under_policy({.app_metadata = R"({"roles":["admin"]})", .aal = "aal1", .has_second_factor = true});
    EXPECT_TRUE(metadata.at("roles").as_array().empty());
    EXPECT_EQ(metadata.at("mfa_required"), "verify");
}

TEST(CredentialParty, FollowsTheSites) {
    const auto party = credential_party(
        {"https://www.example.com", {"https://learn.www.example.com", "https://evil.com"}}, "", "Example", {});
    EXPECT_EQ(party.id, "www.example.com");
    EXPECT_EQ(party.origins, (std::vector<std::string>{"https://www.example.com", "https://learn.www.example.com"}));
    const auto parent =
        credential_party({"https://www.example.com", {"https://learn.example.com"}}, "example.com", "Example", {});
    EXPECT_EQ(parent.origins, (std::vector<std::string>{"https://www.example.com", "https://learn.example.com"}));
    EXPECT_EQ(credential_party({"https://a.test", {}}, "b.test", "x", {"https://b.test"}).origins,
              std::vector<std::string>{"https://b.test"});
    // No name ends where another begins.
    EXPECT_TRUE(credential_party({"https://notexample.com", {}}, "example.com", "x", {}).origins.empty());
}

// Browsers make no credentials on an IP address; in development the sites are also at localhost.
TEST(CredentialParty, AnAddressIsReadAsLocalhost) {
    const auto party = credential_party({"http://127.0.0.1:8000", {"http://127.0.0.1:8001"}}, "", "Example", {});
    EXPECT_EQ(party.id, "localhost");
    EXPECT_EQ(party.origins, (std::vector<std::string>{"http://localhost:8000", "http://localhost:8001"}));
}

TEST(RecoveryCode, IsReadAsItMayBeTyped) {
    EXPECT_EQ(normal_recovery_code("ABCD-efgh 2345-mnop"), "abcdefgh2345mnop");
    EXPECT_FALSE(normal_recovery_code("abcdefgh2345mno"));
    EXPECT_FALSE(normal_recovery_code("abcdefgh2345mnopq"));
    EXPECT_FALSE(normal_recovery_code("abcdefgh2345mno1"));
    EXPECT_FALSE(normal_recovery_code(""));
}

class MfaPolicyWorldTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    static boost::json::value roles_of(const Answer& session) {
        return MfaWorld::claims_of(session.str("access_token")).at("app_metadata").at("roles");
    }
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> MfaPolicyWorldTest::world_;

TEST_F(MfaPolicyWorldTest, AdministratorHasAWeekToSetUpAFactor) {
    administrator_token(world(), "grace@example.com");
    const Answer session = world().sign_in("grace@example.com");
    EXPECT_EQ(roles_of(session), boost::json::array{"admin"});
    EXPECT_EQ(world().get("/auth/v1/admin/users", session.str("access_token")).status, 200U);
    world().clock.advance(std::chrono::days(8));
    const Answer later = world().sign_in("grace@example.com");
    EXPECT_EQ(roles_of(later), boost::json::array());
    EXPECT_EQ(world().get("/auth/v1/admin/users", later.str("access_token")).code(), "not_admin");
    const TotpFactor factor = world().totp(later.str("access_token"));
    const Answer raised = world().prove(factor, later.str("access_token"));
    EXPECT_EQ(roles_of(raised), boost::json::array{"admin"});
    EXPECT_EQ(world().get("/auth/v1/admin/users", raised.str("access_token")).status, 200U);
    EXPECT_EQ(roles_of(world().sign_in("grace@example.com")), boost::json::array());
    EXPECT_EQ(roles_of(world().refresh(raised.str("refresh_token"))), boost::json::array{"admin"});
}

// A custom role is no way around the policy.
TEST_F(MfaPolicyWorldTest, ARoleThatAllowsEverythingIsHeldToIt) {
    const std::string admin = administrator_token(world(), "maker@example.com");
    for (const char* role : {R"({"name":"owner","description":"","permissions":["*"]})",
                             R"({"name":"reader","description":"","permissions":["users.read"]})"}) {
        EXPECT_EQ(world().post("/api/v1/roles", role, admin).status, 201U);
    }
    const std::string id = text_at(world().sign_up("owner@example.com").body, "/user/id");
    world().database.exec("UPDATE auth.users SET app_metadata = '{\"roles\":[\"owner\",\"reader\"]}' WHERE id = '" +
                          id + "'");
    EXPECT_EQ(roles_of(world().sign_in("owner@example.com")), (boost::json::array{"owner", "reader"}));
    world().clock.advance(std::chrono::days(8));
    EXPECT_EQ(roles_of(world().sign_in("owner@example.com")), boost::json::array{"reader"});
}

TEST(MfaPolicyOff, NobodyIsHeldToAnything) {
    AuthConfig config = MfaWorld::mfa_config();
    config.mfa.required_roles = {};
    MfaWorld world(config);
    administrator_token(world, "grace@example.com");
    world.clock.advance(std::chrono::days(8));
    const auto claims = MfaWorld::claims_of(world.sign_in("grace@example.com").str("access_token"));
    EXPECT_EQ(claims.at("app_metadata").at("roles"), boost::json::array{"admin"});
}

}  // namespace
}  // namespace tt::auth
