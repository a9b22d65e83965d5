#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace tt::auth {
namespace {

/// Anybody may sign up with anybody's address; who proves it owns the account, and nothing of the stranger's stays.
class OwnershipTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(false)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }

    Answer verify(const std::string& type, const std::string& email, const std::string& code) {
        const boost::json::object body{{"type", type}, {"email", email}, {"token", code}};
        return world().post("/auth/v1/verify", boost::json::serialize(body));
    }
    std::string code_of_mail(const std::string& email, std::size_t nth) {
        return code_in(world().mailer.wait_for_text(email, nth));
    }
    static constexpr const char* strangers = "evil stapler x";
    static constexpr const char* owners = "correct horse";
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> OwnershipTest::world_;

TEST_F(OwnershipTest, TheLastSignUpChoosesThePassword) {
    world().sign_up("late@example.com", strangers);
    world().mailer.wait_for_text("late@example.com");
    world().clock.advance(std::chrono::seconds(61));
    world().sign_up("late@example.com", owners);
    ASSERT_EQ(verify("signup", "late@example.com", code_of_mail("late@example.com", 2)).status, 200U);
    EXPECT_EQ(world().sign_in("late@example.com", strangers).code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("late@example.com", owners).status, 200U);
}

TEST_F(OwnershipTest, AMailOfAnotherSignUpConfirmsNoPassword) {
    world().sign_up("gap@example.com", strangers);
    const std::string code = code_of_mail("gap@example.com", 1);
    world().sign_up("gap@example.com", owners);  // too soon for a mail of its own
    ASSERT_EQ(verify("signup", "gap@example.com", code).status, 200U);
    EXPECT_EQ(world().sign_in("gap@example.com", strangers).code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("gap@example.com", owners).code(), "invalid_credentials") << "recovery sets one";
}

// The worker may be late: the mail is of the sign-up that asked for it, not of whatever came until it was written.
TEST_F(OwnershipTest, AMailThatIsSentLateIsStillOfItsOwnSignUp) {
    AuthWorld late(test_config(false));
    late.database.exec(R"(
        CREATE FUNCTION integ.somebody_else_signs_up() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE auth.users SET sign_up_id = gen_random_uuid();
            RETURN NEW;
        END $$;
        CREATE TRIGGER late AFTER INSERT ON integ.jobs FOR EACH ROW
            EXECUTE FUNCTION integ.somebody_else_signs_up())");
    late.sign_up("late@example.com", strangers);
    const std::string code = code_in(late.mailer.wait_for_text("late@example.com"));
    EXPECT_EQ(
        late.post("/auth/v1/verify", R"({"type":"signup","email":"late@example.com","token":")" + code + "\"}").status,
        200U);
    EXPECT_EQ(late.sign_in("late@example.com", strangers).code(), "invalid_credentials");
}

TEST_F(OwnershipTest, ASignUpLeavesWhoIsConfirmedThisMomentAlone) {
    world().sign_up("moment@example.com", owners);
    std::thread confirms([this] {
        world().database.exec(
            "BEGIN; UPDATE auth.users SET email_confirmed_at = now() WHERE email = 'moment@example.com'; "
            "SELECT pg_sleep(1.5); COMMIT");
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(world().sign_up("moment@example.com", strangers).status, 200U);
    confirms.join();
    EXPECT_EQ(world().sign_in("moment@example.com", owners).status, 200U);
    EXPECT_EQ(world().sign_in("moment@example.com", strangers).code(), "invalid_credentials");
}

// A code by message is asked for by the owner; the password was chosen by whoever signed up.
TEST_F(OwnershipTest, ACodeForAPhoneConfirmsNobodysPassword) {
    AuthConfig config = test_config(false);
    config.phone_enabled = true;
    config.sms_provider = "inbox";
    AuthWorld phones(config);
    phones.post("/auth/v1/signup", R"({"phone":"34600111222","password":"evil stapler x"})");
    phones.mailer.wait_for_text("34600111222@phone.invalid");
    phones.clock.advance(std::chrono::seconds(61));
    phones.post("/auth/v1/otp", R"({"phone":"34600111222"})");
    const std::string code = code_in(phones.mailer.wait_for_text("34600111222@phone.invalid", 2));
    EXPECT_EQ(phones.post("/auth/v1/verify", R"({"type":"sms","phone":"34600111222","token":")" + code + "\"}").status,
              200U);
    EXPECT_EQ(
        phones.post("/auth/v1/token?grant_type=password", R"({"phone":"34600111222","password":"evil stapler x"})")
            .code(),
        "invalid_credentials");
}

TEST_F(OwnershipTest, ADoubleClickIsOneSignUp) {
    world().sign_up("double@example.com", owners);
    const std::string code = code_of_mail("double@example.com", 1);
    world().sign_up("double@example.com", owners);
    ASSERT_EQ(verify("signup", "double@example.com", code).status, 200U);
    EXPECT_EQ(world().sign_in("double@example.com", owners).status, 200U);
}

TEST_F(OwnershipTest, MagicLinksAndRecoveryDropAStrangersPassword) {
    for (const char* route : {"otp", "recover"}) {
        const std::string email = std::string(route) + "-victim@example.com";
        world().sign_up(email, strangers);
        world().mailer.wait_for_text(email);
        world().post(std::string("/auth/v1/") + route, R"({"email":")" + email + "\"}");
        const std::string type = std::string(route) == "otp" ? "email" : "recovery";
        ASSERT_EQ(verify(type, email, code_of_mail(email, 2)).status, 200U) << route;
        EXPECT_EQ(world().sign_in(email, strangers).code(), "invalid_credentials") << route;
    }
}

TEST_F(OwnershipTest, AConfirmedAccountKeepsItsPassword) {
    world().sign_up("keeps@example.com", owners);
    ASSERT_EQ(verify("signup", "keeps@example.com", code_of_mail("keeps@example.com", 1)).status, 200U);
    world().clock.advance(std::chrono::seconds(61));
    world().sign_up("keeps@example.com", strangers);
    world().post("/auth/v1/otp", R"({"email":"keeps@example.com"})");
    ASSERT_EQ(verify("email", "keeps@example.com", code_of_mail("keeps@example.com", 3)).status, 200U);
    EXPECT_EQ(world().sign_in("keeps@example.com", owners).status, 200U);
}

}  // namespace
}  // namespace tt::auth
